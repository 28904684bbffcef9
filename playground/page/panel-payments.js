// @ts-check
/** The provider's desk: every payment with its state, the payer's decisions, and notifications sent again, late or forged. */

import { api } from "./api.js";
import { withRefusal } from "./dialogs.js";
import { byId, field, h, hidden } from "./dom.js";
import { dayTime, moment, plural, time } from "./format.js";
import { DECLINES, METHODS, REASONS, STATES, inWords, sum } from "./money.js";
import { attempt, toast } from "./toasts.js";

const EVENTS = {
  "payment.succeeded": "платёж прошёл",
  "payment.canceled": "платёж отменён",
  "payment.waiting_for_capture": "деньги удержаны",
  "refund.succeeded": "возврат прошёл",
};
const TIMES = [1, 2, 5, 20];

export class PaymentsPanel {
  /** @param {{now: () => Date, waiting: (count: number) => void}} does `waiting`: how many wait for their payer */
  constructor(does) {
    this.does = does;
    this.list = h("div");
    byId("panel-payments").append(
      h("h3", null, "Платежи"),
      h("p.hint", null, "Новые сверху. Клиент платит на странице по ссылке из чата, здесь можно решить за него."),
      this.list,
    );
    /** The state a card's upper part was drawn in; the form of notifications below it stays. @type {Map<string, {state: string, card: any, top: any}>} */
    this.cards = new Map();
  }

  show() {
    this.refresh();
  }

  async refresh() {
    await attempt(async () => {
      const payments = await api.payments();
      this.does.waiting(payments.filter((one) => one.status === "pending").length);
      this.#draw(payments.reverse());
    });
  }

  /** @param {any[]} payments */
  #draw(payments) {
    if (!payments.length) {
      this.cards.clear();
      this.list.replaceChildren(h("p.nothing", null, "Платежей ещё нет. Продлите полис в чате до оплаты."));
      return;
    }
    const cards = new Map(payments.map((one) => [one.id, this.#kept(one)]));
    this.cards = cards;
    const list = this.list.querySelector("ul") ?? h("ul.cards");
    const wanted = [...cards.values()].map(({ card }) => card);
    if (wanted.some((card, at) => list.children[at] !== card) || list.children.length !== wanted.length) list.replaceChildren(...wanted);
    if (list.parentElement !== this.list) this.list.replaceChildren(list);
  }

  /** @param {any} payment */
  #kept(payment) {
    const { now, ...lasting } = payment;
    const state = JSON.stringify(lasting);
    const known = this.cards.get(payment.id);
    if (known?.state === state) return known;
    const top = known?.top ?? h("div");
    const card = known?.card ?? h("li.card", { tabindex: -1 }, top, this.#tell(payment));
    const focused = top.contains(document.activeElement);
    top.replaceChildren(...this.#top(payment));
    if (focused) card.focus();
    return { state, card, top };
  }

  /** @param {any} payment @returns {any[]} */
  #top(payment) {
    const at = moment(payment.created_at);
    const reason = payment.cancellation_details?.reason;
    return [
      h(
        "p.card-head",
        null,
        h("b", null, sum(payment.amount)),
        h("time", null, dayTime(at, this.does.now())),
        h("span.status", { "data-status": payment.status }, inWords(STATES, payment.status)),
      ),
      payment.description ? h("p.card-text", null, payment.description) : "",
      h("p.hint", null, this.#story(payment, reason)),
      payment.status === "pending" ? this.#decide(payment) : "",
    ];
  }

  /** One line about how it stands. @param {any} payment @param {string | undefined} reason */
  #story(payment, reason) {
    const refunds = payment.refunds.map((/** @type {any} */ one) => `возврат ${sum(one.amount)}`);
    return [
      payment.status === "pending" ? `ссылка до ${time(moment(payment.until))}` : null,
      payment.paid ? inWords(METHODS, payment.payment_method?.type) : null,
      reason ? inWords(REASONS, reason) : null,
      ...refunds,
      payment.under_way ? `в пути: ${plural(payment.under_way, "уведомление", "уведомления", "уведомлений")}` : null,
    ]
      .filter(Boolean)
      .join(" · ");
  }

  /** The payer's choice, without the payer's page. @param {any} payment */
  #decide(payment) {
    const pay = (/** @type {string} */ method) => attempt(async () => {
      await api.pay(payment.id, method);
      toast(`Оплачено: ${sum(payment.amount)}`);
    });
    const reasons = DECLINES.map((one) => h("option", { value: one }, inWords(REASONS, one)));
    const reason = h("select", null, reasons);
    const decline = h("button.plain", { type: "submit" }, "Отклонить");
    const form = h("form", null, field("Отклонить: почему", reason), h("div.actions", null, decline));
    withRefusal(form, decline, async () => {
      await api.decline(payment.id, reason.value);
      toast(`Отклонено: ${inWords(REASONS, reason.value).toLowerCase()}`);
    });
    return h(
      "div.decide",
      null,
      h(
        "div.actions",
        null,
        payment.methods.map((/** @type {string} */ one) =>
          h("button.primary", { type: "button", onclick: () => pay(one) }, one === "sbp" ? "Оплатить по СБП" : "Оплатить картой"),
        ),
        h("a.plain", { href: payment.link, target: "_blank", rel: "noopener" }, "Страница оплаты", hidden(", в новой вкладке")),
      ),
      form,
    );
  }

  /** Notifications: again and again, late, or somebody else's lie. @param {any} payment */
  #tell(payment) {
    const events = h("select", null, Object.entries(EVENTS).map(([key, name]) => h("option", { value: key }, name)));
    const times = h("select", null, TIMES.map((one) => h("option", { value: one }, plural(one, "раз", "раза", "раз"))));
    const again = h("button.plain", { type: "submit" }, "Отправить ещё раз");
    const forge = h("button.plain", { type: "button" }, "Подделать");
    const form = h("form", null, h("div.two", null, field("Событие", events), field("Сколько", times)), h("div.actions", null, forge, again));
    const send = async (/** @type {boolean} */ forged) => {
      await api.notify(payment.id, { event: events.value, times: Number(times.value), forged });
      toast(forged ? "Подделка отправлена: бот не должен поверить" : "Уведомление отправлено ещё раз");
    };
    withRefusal(form, again, () => send(false));
    forge.addEventListener("click", () => attempt(() => send(true)));
    return h("details.more", null, h("summary", null, "Уведомления боту"), form);
  }
}
