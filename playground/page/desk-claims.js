// @ts-check
/** The insurer's employee and the claims: what was told, which files have come, and where the claim goes next. */

import { api } from "./api.js";
import { fileList } from "./desk-files.js";
import { withRefusal } from "./dialogs.js";
import { field, h } from "./dom.js";
import { dayTime, moment, plainDate } from "./format.js";
import { attempt, toast } from "./toasts.js";

const EVENTS = {
  guilty: "клиент виноват",
  injured: "клиент пострадал",
  damage: "повреждение",
  theft: "угон",
  total: "полная гибель",
  glass: "стекло",
  event: "страховое событие",
};
const STATES = {
  received: "принято",
  review: "на рассмотрении",
  clarification: "ждём документы",
  inspection: "осмотр",
  repair: "ремонт",
  payout: "выплата",
  closed: "завершено",
  refused: "отказ",
};
/** What an employee does to bring a claim into a state. */
const DEEDS = {
  review: "Взять на рассмотрение",
  clarification: "Запросить документы",
  inspection: "Назначить осмотр",
  repair: "Направить на ремонт",
  payout: "Назначить выплату",
  closed: "Завершить",
  refused: "Отказать",
};
/** What mostly comes next. @type {Record<string, string>} */
const USUAL = {
  received: "review",
  review: "inspection",
  clarification: "review",
  inspection: "repair",
  repair: "closed",
  payout: "closed",
};
/** How a state looks: the colours of other cards that mean the same. @type {Record<string, string>} */
const LOOKS = {
  received: "pending",
  clarification: "pending",
  review: "active",
  inspection: "active",
  repair: "active",
  payout: "active",
  refused: "terminated",
};
const FORMS = { contracted: "Станция по договору", dealer: "Официальный дилер", own: "Выбор клиента" };
const roubles = new Intl.NumberFormat("ru-RU", { style: "currency", currency: "RUB" });

/** @param {Record<string, string>} table @param {string} key */
const named = (table, key) => table[key] ?? key;

/** The switch of the automatic review. @param {boolean} auto @param {() => Promise<void>} refresh */
export function claimSwitch(auto, refresh) {
  const box = h("input", { type: "checkbox", checked: auto });
  box.addEventListener("change", () =>
    attempt(async () => {
      await api.autoClaims(box.checked);
      toast(box.checked ? "Новые дела берутся в работу сами" : "Новые дела ждут вас");
      await refresh();
    }),
  );
  return h("label.check", null, box, "Новое дело берётся в работу само");
}

/** A claim: its state at a glance, everything else folded. @param {any} claim @param {{refresh: () => Promise<void>, now: () => Date}} does */
export function claimCard(claim, does) {
  return h(
    "li.card",
    null,
    h(
      "details",
      { "data-key": claim.claimId },
      h("summary", null, glance(claim)),
      told(claim),
      documents(claim),
      fileList(claim.files, (sha256) => api.claimFile(claim.id, sha256)),
      facts(claim, does.now()),
      claim.next.length ? moving(claim, does.refresh) : null,
    ),
  );
}

/** @param {any} claim */
function glance(claim) {
  const what = [claim.number ?? "не из кабинета", named(EVENTS, claim.event), plainDate(claim.happenedOn)].join(" · ");
  const came = claim.files.filter((/** @type {any} */ one) => one.received).length;
  const count = claim.files.length ? ` · файлов ${came === claim.files.length ? came : `${came} из ${claim.files.length}`}` : "";
  return [
    h(
      "span.card-head",
      null,
      h("b", null, claim.claimNumber),
      h("span", null, claim.customer),
      h("span.status", { "data-status": LOOKS[claim.status] }, named(STATES, claim.status)),
    ),
    h("span.hint", null, what),
    h("span.hint", null, `Полис ${claim.policy}${count}`),
  ];
}

/** @param {any} claim */
const told = (claim) => (claim.story ? h("blockquote.card-text", null, claim.story) : null);

/** What is missing. @param {any} claim */
function documents(claim) {
  if (!claim.documents.length) return null;
  const line = (/** @type {any} */ one) => h("li", null, `${one.received ? "✓ пришло" : "ждём"}: ${one.title}`);
  const by = claim.requiredBy && h("p.hint", null, `Последний день: ${plainDate(claim.requiredBy)}`);
  return [h("ul.plain-list", null, claim.documents.map(line)), by];
}

/** What was decided so far. @param {any} claim @param {Date} now */
function facts(claim, now) {
  const { inspection, direction, payout, refusal } = claim;
  const lines = [
    claim.comment && `Клиенту: ${claim.comment}`,
    inspection && `Осмотр: ${dayTime(moment(inspection.at), now)}, ${inspection.address}`,
    direction && `Ремонт: ${direction.station.name}, ${direction.station.address}`,
    payout && `Выплата: ${roubles.format(Number(payout.amount.amount))}${payout.paidOn ? `, перечислена ${plainDate(payout.paidOn)}` : ""}`,
    refusal && `Отказ: ${refusal.reason}${refusal.clause ? ` (${refusal.clause})` : ""}`,
  ];
  return lines.filter(Boolean).map((line) => h("p.card-text", null, line));
}

/** Into the next state, with what it needs; empty fields are filled in by the playground. @param {any} claim @param {() => Promise<void>} refresh */
function moving(claim, refresh) {
  const next = claim.next.filter((/** @type {string} */ state) => state in DEEDS);
  const usual = next.includes(USUAL[claim.status]) ? USUAL[claim.status] : next.at(-1);
  const choice = h(
    "select",
    null,
    next.map((/** @type {string} */ state) => h("option", { value: state, selected: state === usual }, deed(claim, state))),
  );
  const comment = h("textarea", { rows: 2, maxlength: 1000 });
  const needs = wants(claim);
  const place = h("div.fields");
  const send = h("button.primary", { type: "submit" }, "Перевести");
  const show = () => place.replaceChildren(...(needs[choice.value]?.fields ?? []));
  choice.addEventListener("change", show);
  show();
  const form = h("form", null, field("Что сделать", choice), place, field("Пояснение клиенту", comment), h("div.actions", null, send));
  withRefusal(form, send, async () => {
    const order = { status: choice.value, comment: comment.value.trim() || null, ...needs[choice.value]?.said() };
    await api.claim(claim.id, order);
    toast(`${claim.claimNumber}: ${named(STATES, choice.value)}`);
    await refresh();
  });
  return form;
}

/** @param {any} claim @param {string} state */
const deed = (claim, state) => (state === claim.status ? `Изменить: ${named(STATES, state)}` : named(DEEDS, state));

/**
 * What each state needs: its fields, and what they say.
 *
 * @param {any} claim
 * @returns {Record<string, {fields: HTMLElement[], said: () => any}>}
 */
function wants(claim) {
  const titles = h("textarea", { rows: 3, placeholder: "Извещение о ДТП, оборотная сторона" });
  const by = h("input", { type: "date" });
  const at = h("input", { type: "datetime-local" });
  const address = h("input", { type: "text", maxlength: 1000, placeholder: claim.inspection?.address ?? "Наш двор осмотра" });
  const form = h("select", null, Object.entries(FORMS).map(([key, name]) => h("option", { value: key }, name)));
  const station = h("input", { type: "text", maxlength: 1000, placeholder: "Станция из нашего списка" });
  const amount = h("input", { type: "text", inputmode: "decimal", placeholder: "Ущерб за вычетом франшизы" });
  const paid = h("input", { type: "date" });
  const reason = h("textarea", { rows: 2, maxlength: 1000 });
  const clause = h("input", { type: "text", maxlength: 1000, placeholder: "40-ФЗ, статья 12, пункт 20" });
  const words = (/** @type {any} */ input) => input.value.trim() || null;
  return {
    clarification: {
      fields: [
        field("Какие документы нужны", titles, "Каждый с новой строки. Пусто — два обычных."),
        field("Последний день", by, "Пусто — без срока."),
      ],
      said: () => ({
        documents: titles.value.split("\n").map((/** @type {string} */ line) => line.trim()).filter(Boolean),
        requiredBy: words(by),
      }),
    },
    inspection: {
      fields: [field("Когда, по Москве", at, "Пусто — через два дня."), field("Где", address)],
      said: () => ({ inspection: pruned({ at: at.value ? `${at.value}:00+03:00` : null, address: words(address) }) }),
    },
    repair: {
      fields: [field("Чья станция", form), field("Название станции", station)],
      said: () => ({ form: form.value, station: words(station) }),
    },
    payout: {
      fields: [h("div.two", null, field("Сумма, ₽", amount), field("Перечислено", paid))],
      said: () => ({ amount: words(amount), paidOn: words(paid) }),
    },
    refused: {
      fields: [field("Причина", reason), field("Пункт закона или правил", clause)],
      said: () => ({ reason: words(reason), clause: words(clause) }),
    },
  };
}

/** Without what was not said. @param {Record<string, string | null>} values */
const pruned = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
