// @ts-check
/** The payer's page: what, how much, until when; pay, be declined, or leave. Its state is always the server's. */

import { api } from "./api.js";
import { withRefusal } from "./dialogs.js";
import { byId, field, h, icon } from "./dom.js";
import { dayTime, moment, time } from "./format.js";
import { listen, oneAtATime } from "./live.js";
import { DECLINES, METHODS, REASONS, inWords, sum, wayBack } from "./money.js";

const SECOND = 1000;
const id = decodeURIComponent(location.pathname.split("/").at(-1) ?? "");
const place = byId("pay");
const hints = { bank_card: "тестовая карта •••• 4444", sbp: "через приложение банка" };

/** What is shown: a state is drawn once, so that a choice just made stays. */
let shown = "";
/** The playground's clock minus this machine's, in milliseconds. */
let offset = 0;

const now = () => new Date(Date.now() + offset);

const refresh = oneAtATime(async () => {
  try {
    draw(await api.payment(id));
  } catch (error) {
    const { status, message, hint } = /** @type {import("./api.js").ApiError} */ (error);
    if (status === 404) say("bad", "close", "Такого платежа нет", "Ссылка неверна, или песочницу начали заново.", "/");
    else if (!shown) say("bad", "close", message, hint, null);
  }
});

/** @param {any} payment */
function draw(payment) {
  offset = +moment(payment.now) - Date.now();
  const state = [payment.status, payment.until, payment.refunded_amount?.value].join();
  if (state === shown) return tick(payment);
  const first = !shown;
  shown = state;
  if (payment.status === "pending") open(payment);
  else over(payment);
  if (!first) place.querySelector("h1")?.focus();
}

/** A link that still works. @param {any} payment */
function open(payment) {
  document.title = `Оплата ${sum(payment.amount)} — Тихая гавань, песочница`;
  const until = moment(payment.until);
  show(
    h("div", null, h("h1", { tabindex: -1 }, sum(payment.amount)), h("p.pay-what", null, payment.description)),
    h(
      "p.pay-until",
      null,
      h("span", null, "Оплатите до ", h("time", { datetime: until.toISOString() }, dayTime(until, now()).replace("сегодня, ", ""))),
      h("span.left", { id: "left", "aria-hidden": "true" }),
    ),
    payForm(payment),
    h("a.leave", { href: wayBack(payment.return_url) }, "Вернуться в чат, не заплатив"),
    declineForm(payment),
  );
  tick(payment);
}

/** @param {any} payment */
function payForm(payment) {
  const ways = payment.methods.map((/** @type {string} */ method, /** @type {number} */ at) =>
    h(
      "label.way",
      null,
      h("input", { type: "radio", name: "method", value: method, checked: at === 0 }),
      h("span", null, h("b", null, inWords(METHODS, method)), h("span", null, inWords(hints, method))),
    ),
  );
  const pay = h("button.primary.big", { type: "submit" }, `Оплатить ${sum(payment.amount)}`);
  const form = h("form", { id: "pay-form" }, h("fieldset.ways", null, h("legend", null, "Чем платите"), ways), pay);
  withRefusal(form, pay, async () => {
    await api.pay(id, String(new FormData(form).get("method")));
    await refresh();
  });
  return form;
}

/** @param {any} payment */
function declineForm(payment) {
  const reasons = DECLINES.filter((reason) => payment.reasons.includes(reason));
  const reason = h("select", { name: "reason" }, reasons.map((one) => h("option", { value: one }, inWords(REASONS, one))));
  const decline = h("button.plain", { type: "submit" }, "Отклонить платёж");
  const form = h("form", null, field("Почему", reason), h("div.actions", null, decline));
  withRefusal(form, decline, async () => {
    await api.decline(id, reason.value);
    await refresh();
  });
  return h("details.otherwise", null, h("summary", null, "Сделать так, чтобы оплата не прошла"), form);
}

/** Paid, declined or expired. @param {any} payment */
function over(payment) {
  const back = wayBack(payment.return_url);
  const reason = payment.cancellation_details?.reason;
  const given = Number(payment.refunded_amount?.value ?? 0);
  const facts = h("dl.facts", null, h("dt", null, "Сумма"), h("dd", null, sum(payment.amount)));
  const add = (/** @type {string} */ name, /** @type {string} */ value) => facts.append(h("dt", null, name), h("dd", null, value));
  if (payment.description) add("За что", payment.description);
  if (payment.payment_method && payment.paid) add("Чем", payment.payment_method.title ?? inWords(METHODS, payment.payment_method.type));
  if (payment.captured_at) add("Когда", dayTime(moment(payment.captured_at), now()));
  if (given) add("Возвращено", sum(payment.refunded_amount));
  if (payment.status === "succeeded") {
    if (!given) return say("good", "check", "Оплачено", "Спасибо! Ответ придёт в чат.", back, facts);
    const whole = given === Number(payment.amount.value);
    const words = whole ? "Вся сумма отправлена обратно." : "Часть суммы отправлена обратно.";
    return say("good", "check", whole ? "Деньги возвращены" : "Оплачено, есть возврат", words, back, facts);
  }
  if (payment.status === "waiting_for_capture") {
    return say("wait", "check", "Деньги удержаны", `Магазин подтвердит списание до ${time(moment(payment.expires_at))}.`, back, facts);
  }
  if (reason?.startsWith("expired")) {
    return say("bad", "close", "Ссылка больше не действует", `${inWords(REASONS, reason)}. Деньги не списаны. Новую ссылку даст чат.`, back, facts);
  }
  return say("bad", "close", "Оплата не прошла", `${inWords(REASONS, reason)}. Деньги не списаны.`, back, facts);
}

/**
 * An outcome and the way back.
 *
 * @param {string} tone @param {"check" | "close"} sign @param {string} title @param {string} words
 * @param {string | null} back @param {...import("./dom.js").Child} more
 */
function say(tone, sign, title, words, back, ...more) {
  shown ||= title;
  document.title = `${title} — Тихая гавань, песочница`;
  show(
    h("span.outcome", { class: tone }, icon(sign)),
    h("div", null, h("h1.words", { tabindex: -1 }, title), h("p.pay-what", null, words)),
    ...more,
    back ? h("a.primary.big", { href: back }, "Вернуться в чат") : null,
  );
}

/** @param {...import("./dom.js").Child} children */
function show(...children) {
  place.replaceChildren(...children.filter(Boolean));
  place.removeAttribute("aria-busy");
}

/** The time that is left, beside the hour itself. @param {any} payment */
function tick(payment) {
  const left = document.getElementById("left");
  if (!left) return;
  const seconds = Math.max(0, Math.round((+moment(payment.until) - +now()) / SECOND));
  const parts = [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0"));
  left.textContent = `осталось ${parts.join(":")}`;
  clearTimeout(timer);
  timer = setTimeout(() => (seconds ? tick(payment) : refresh()), SECOND);
}
let timer = 0;

listen({
  change: ({ kind }) => kind === "payments" || kind === "clock" ? refresh() : undefined,
  open: refresh,
  lost: () => undefined,
});
