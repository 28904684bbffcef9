// @ts-check
/** The insurer's employee and the applications: checks that wait for an outcome, prices, refusals. */

import { api } from "./api.js";
import { fileList } from "./desk-files.js";
import { withRefusal } from "./dialogs.js";
import { field, h } from "./dom.js";
import { plainDate, plural } from "./format.js";
import { attempt, toast } from "./toasts.js";

const STATES = {
  checking: "проверяется",
  mismatch: "расхождение",
  unreliable: "недостоверно",
  priced: "есть цена",
  accepted: "ждёт оплаты",
  issued: "полис выдан",
  refused: "отказ",
  cancelled: "отменена",
};
/** How a state looks: the colours of other cards that mean the same. @type {Record<string, string>} */
const LOOKS = {
  checking: "pending",
  mismatch: "pending",
  accepted: "pending",
  priced: "active",
  issued: "active",
  unreliable: "terminated",
  refused: "terminated",
};
const LIVE = ["checking", "mismatch", "unreliable", "priced", "accepted"];
const DOUBTFUL = ["mismatch", "unreliable"];
const OUTCOMES = { passed: "данные подтверждены", mismatch: "отмечено расхождение", unreliable: "данные недостоверны" };
/** Data of a driver, by their name in the application. */
const OF_DRIVER = { licence: "удостоверение", licensedSince: "стаж", birthDate: "дата рождения", name: "фамилия и имя" };
const OF_ALL = { usagePeriods: "Периоды использования", "diagnosticCard/number": "Диагностическая карта" };

const roubles = new Intl.NumberFormat("ru-RU", { style: "currency", currency: "RUB" });

/** @param {any} application */
const gist = (application) => [
  h("p.hint", null, `Полис ${application.policy}`),
  h("p.hint", null, `с ${plainDate(application.start)} по ${plainDate(application.end)} · ${whoDrives(application)}`),
];

/** @param {any} application */
function whoDrives({ drivers }) {
  return drivers.length ? plural(drivers.length, "водитель", "водителя", "водителей") : "водители без ограничений";
}

/** The switch of the automatic outcome. @param {boolean} auto @param {() => Promise<void>} refresh */
export function autoSwitch(auto, refresh) {
  const box = h("input", { type: "checkbox", checked: auto });
  box.addEventListener("change", () =>
    attempt(async () => {
      await api.autoChecks(box.checked);
      toast(box.checked ? "Проверки проходят сами" : "Проверки ждут вашего решения");
      await refresh();
    }),
  );
  return h("label.check", null, box, "Проходит сама за несколько секунд");
}

/** A check to be decided. @param {any} check @param {() => Promise<void>} refresh */
export function checkCard(check, refresh) {
  return h("li.card.newest", null, head(check), gist(check), copies(check), decision(check, refresh));
}

/** An application: its state at a glance, what can be done about it folded. @param {any} application @param {() => Promise<void>} refresh */
export function applicationCard(application, refresh) {
  const live = LIVE.includes(application.status);
  const words = application.reason ?? (DOUBTFUL.includes(application.status) && application.check.comment);
  const glance = [
    head(application),
    gist(application),
    application.price && h("p.hint", null, `${roubles.format(Number(application.price))}${application.paid ? ", деньги пришли" : ""}`),
    application.issuedPolicy && h("p.hint", null, `Новый полис ${application.issuedPolicy}`),
    words && h("p.card-text", null, words),
  ];
  if (!live) return h("li.card", null, glance, copies(application));
  return h(
    "li.card",
    null,
    h(
      "details",
      { "data-key": application.number },
      h("summary", null, glance),
      copies(application),
      DOUBTFUL.includes(application.status) ? decision(application, refresh) : null,
      ["priced", "accepted"].includes(application.status) ? price(application, refresh) : null,
      ending(application, refresh),
    ),
  );
}

/** Copies of documents the client has sent. @param {any} application */
const copies = (application) => fileList(application.files, (sha256) => api.applicationFile(application.number, sha256));

/** @param {any} application */
function head(application) {
  return h(
    "p.card-head",
    null,
    h("b", null, application.number),
    h("span", null, application.customer),
    h("span.status", { "data-status": LOOKS[application.status] }, /** @type {any} */ (STATES)[application.status] ?? application.status),
  );
}

/** Confirmed, or what is wrong. @param {any} application @param {() => Promise<void>} refresh */
function decision(application, refresh) {
  const what = h(
    "select",
    null,
    application.drivers.map((/** @type {string} */ name, /** @type {number} */ at) =>
      h(
        "optgroup",
        { label: name },
        Object.entries(OF_DRIVER).map(([key, said]) => h("option", { value: `drivers/${at}/${key}` }, `${name.split(" ")[0]}: ${said}`)),
      ),
    ),
    h("optgroup", { label: "Договор" }, Object.entries(OF_ALL).map(([key, said]) => h("option", { value: key }, said))),
  );
  const comment = h("input", { type: "text", maxlength: 1000, placeholder: "В базе другой номер" });
  const passed = h("button.primary", { type: "submit" }, "Подтвердить");
  const mismatch = h("button.plain", { type: "submit", value: "mismatch" }, "Расхождение");
  const unreliable = h("button.danger", { type: "submit", value: "unreliable" }, "Недостоверно");
  const decide = async (/** @type {{outcome: string, fields?: string[], comment?: string | null}} */ check) => {
    await api.decide(application.number, check);
    toast(`${application.number}: ${/** @type {any} */ (OUTCOMES)[check.outcome]}`);
    await refresh();
  };
  const yes = h("form", null, passed);
  withRefusal(yes, passed, () => decide({ outcome: "passed" }));
  const no = h("form", null, field("Что не сходится", what), field("Пояснение клиенту", comment), h("div.actions", null, mismatch, unreliable));
  let pressed = "";
  no.addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
    pressed = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value || "mismatch";
  });
  withRefusal(no, mismatch, () => decide({ outcome: pressed, fields: [what.value], comment: comment.value.trim() || null }));
  return [yes, no];
}

/** Another price. @param {any} application @param {() => Promise<void>} refresh */
function price(application, refresh) {
  const amount = h("input", { type: "text", inputmode: "decimal", value: application.price.replace(".", ","), required: true });
  const save = h("button.primary", { type: "submit" }, "Изменить цену");
  const form = h("form", null, field("Цена, ₽", amount, "Принятую цену клиент подтвердит заново."), h("div.actions", null, save));
  withRefusal(form, save, async () => {
    await api.application(application.number, { price: amount.value.replace(/\s/g, "") });
    toast(`Цена ${application.number} изменена`);
    await refresh();
  });
  return form;
}

/** Refuse it. @param {any} application @param {() => Promise<void>} refresh */
function ending(application, refresh) {
  const reason = h("input", { type: "text", maxlength: 1000, placeholder: "Страховщик отказал в оформлении полиса." });
  const refuse = h("button.danger", { type: "submit" }, "Отказать");
  const form = h("form", null, field("Причина для клиента", reason), h("div.actions", null, refuse));
  withRefusal(form, refuse, async () => {
    await api.application(application.number, { status: "refused", reason: reason.value.trim() });
    toast(`В заявке ${application.number} отказано`);
    await refresh();
  });
  return form;
}
