// @ts-check
/** The insurer's employee and the contracts: status, last day, money. */

import { api } from "./api.js";
import { withRefusal } from "./dialogs.js";
import { field, h } from "./dom.js";
import { plainDate } from "./format.js";
import { toast } from "./toasts.js";

const PRODUCTS = {
  osago: "ОСАГО",
  kasko: "КАСКО",
  dms: "ДМС",
  property: "Имущество",
  travel: "Путешествие",
  life: "Жизнь",
  accident: "Несчастный случай",
};
const STATUSES = { issued: "оформлен", active: "действует", expired: "закончился", terminated: "расторгнут" };

/** @param {Record<string, string>} table @param {string} key */
const named = (table, key) => table[key] ?? key;

/** A contract, its changes folded. @param {any} policy @param {() => Promise<void>} refresh */
export function policyCard(policy, refresh) {
  return h(
    "li.card",
    null,
    h(
      "details",
      { "data-key": policy.policyId },
      h(
        "summary",
        null,
        h(
          "span.card-head",
          null,
          h("b", null, named(PRODUCTS, policy.product)),
          h("span", null, policy.customer),
          h("span.status", { "data-status": policy.status }, named(STATUSES, policy.status)),
        ),
        h("span.hint", null, [policy.number, policy.object].filter(Boolean).join(" · ")),
        h("span.hint", null, `с ${plainDate(policy.start)} по ${plainDate(policy.end)}${policy.paid ? "" : ", не оплачен"}`),
      ),
      editor(policy, refresh),
    ),
  );
}

/** @param {any} policy @param {() => Promise<void>} refresh */
function editor(policy, refresh) {
  const status = h(
    "select",
    null,
    h("option", { value: "" }, "по датам"),
    Object.entries(STATUSES).map(([key, name]) => h("option", { value: key }, name)),
  );
  const end = h("input", { type: "date", value: policy.end, required: true });
  const paid = h("input", { type: "checkbox", checked: policy.paid });
  const save = h("button.primary", { type: "submit" }, "Сохранить");
  const form = h(
    "form",
    null,
    h("div.two", null, field("Состояние", status), field("Последний день", end)),
    h("label.check", null, paid, "Оплачен полностью"),
    h("div.actions", null, save),
  );
  withRefusal(form, save, async () => {
    await api.policy(policy.number, changed(policy, status.value, end.value, paid.checked));
    toast(`Полис ${policy.number} изменён`);
    await refresh();
  });
  return form;
}

/**
 * Only what was really changed goes to the desk.
 *
 * @param {any} policy
 * @param {string} status empty: it follows from the dates and the money
 * @param {string} end
 * @param {boolean} paid
 */
function changed(policy, status, end, paid) {
  /** @type {Record<string, string | boolean>} */
  const change = {};
  if (status && status !== policy.status) change.status = status;
  if (end !== policy.end) change.end = end;
  if (paid !== policy.paid) change.paid = paid;
  if (!Object.keys(change).length) throw new Error("Ничего не изменено");
  return change;
}
