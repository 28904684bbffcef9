// @ts-check
/** The insurer's employee: answers questions, decides checks, moves claims, changes policies; the change reaches the bot by the core's event. */

import { api } from "./api.js";
import { applicationCard, autoSwitch, checkCard } from "./desk-applications.js";
import { claimCard, claimSwitch } from "./desk-claims.js";
import { policyCard } from "./desk-policies.js";
import { withRefusal } from "./dialogs.js";
import { byId, field, h } from "./dom.js";
import { dayTime, moment } from "./format.js";
import { attempt, toast } from "./toasts.js";

export class DeskPanel {
  /**
   * @param {{now: () => Date, person: () => import("./api.js").Person | undefined, waiting: (count: number) => void}} does
   */
  constructor(does) {
    this.does = does;
    this.place = byId("panel-desk");
    this.questions = h("div");
    this.checks = h("div");
    this.applications = h("div");
    this.claims = h("div");
    this.policies = h("div");
    this.place.append(
      h("h3", null, "Вопросы клиентов"),
      this.questions,
      h("h3", null, "Проверка данных"),
      this.checks,
      h("h3", null, "Заявки"),
      this.applications,
      h("h3", null, "Страховые случаи"),
      this.claims,
      h("h3", null, "Полисы"),
      this.policies,
    );
    /** What a list showed last: an unchanged one is left alone, with whatever is being typed in it. @type {Map<Node, string>} */
    this.drawn = new Map();
  }

  async refresh() {
    await attempt(async () => {
      const desk = await api.desk();
      const waiting = desk.questions.filter((/** @type {any} */ one) => !one.answer);
      const filed = desk.claims.filter((/** @type {any} */ one) => one.number && one.status === "received");
      this.does.waiting(waiting.length + (desk.auto ? 0 : desk.checks.length) + (desk.claimsAuto ? 0 : filed.length));
      this.#drawOnce(this.questions, desk.questions, () => this.#questions(desk.questions, waiting));
      const phone = this.does.person()?.phone;
      const own = new Set(desk.customers.filter((/** @type {any} */ one) => one.phone === phone).map((/** @type {any} */ one) => one.customerId));
      this.#drawOnce(this.checks, [desk.checks, desk.auto], () => this.#checks(desk));
      this.#drawOnce(this.applications, [desk.applications, phone], () => this.#applications(desk.applications, own));
      this.#drawOnce(this.claims, [desk.claims, desk.claimsAuto, phone], () => this.#claims(desk, own));
      this.#drawOnce(this.policies, [desk.policies, phone], () => this.#policies(desk.policies, own));
    });
  }

  /** @param {HTMLElement} place @param {any} data @param {() => import("./dom.js").Child[]} draw */
  #drawOnce(place, data, draw) {
    const signature = JSON.stringify(data);
    if (this.drawn.get(place) === signature) return;
    this.drawn.set(place, signature);
    const open = new Set([...place.querySelectorAll("details[open]")].map((one) => /** @type {HTMLElement} */ (one).dataset.key));
    place.replaceChildren(h("div", null, ...draw()));
    for (const one of place.querySelectorAll("details")) if (open.has(one.dataset.key)) one.open = true;
  }

  /** @param {any[]} questions @param {any[]} waiting */
  #questions(questions, waiting) {
    const answered = questions.filter((one) => one.answer).reverse();
    return [
      waiting.length
        ? h("ul.cards", null, waiting.map((one) => this.#question(one)))
        : h("p.nothing", null, "Новых вопросов нет. Спросите что-нибудь у бота через /support."),
      answered.length
        ? h(
            "details.more",
            { "data-key": "answered" },
            h("summary", null, `Отвеченные (${answered.length})`),
            h("ul.cards", null, answered.map((one) => this.#answered(one))),
          )
        : null,
    ];
  }

  /** @param {any} question */
  #question(question) {
    const send = h("button.primary", { type: "submit" }, "Ответить");
    const text = h("textarea", { name: "answer", rows: 3, required: true });
    const form = h("form", null, field(`Ответ на ${question.number}`, text), h("div.actions", null, send));
    withRefusal(form, send, async () => {
      await api.answer(question.number, text.value.trim());
      toast(`Ответ на ${question.number} отправлен`);
      await this.refresh();
    });
    return h("li.card.newest", null, this.#head(question), h("blockquote.card-text", null, question.text), form);
  }

  /** @param {any} question */
  #answered(question) {
    return h(
      "li.card",
      null,
      this.#head(question),
      h("blockquote.card-text", null, question.text),
      h("p.card-text", null, question.answer.answer ?? question.answer),
    );
  }

  /** @param {any} question */
  #head(question) {
    const date = dayTime(moment(question.askedAt), this.does.now());
    const who = question.customer ?? "Незнакомый человек";
    return h("p.card-head", null, h("b", null, question.number), h("span", null, who), h("time", null, date));
  }

  /** @param {any} desk */
  #checks(desk) {
    const refresh = () => this.refresh();
    return [
      autoSwitch(desk.auto, refresh),
      desk.checks.length
        ? h("ul.cards", null, desk.checks.map((/** @type {any} */ one) => checkCard(one, refresh)))
        : h("p.nothing", null, "Ничего не ждёт проверки."),
    ];
  }

  /** Newest first. @param {any[]} applications @param {Set<string>} own customers with the chosen person's phone */
  #applications(applications, own) {
    const card = (/** @type {any} */ one) => applicationCard(one, () => this.refresh());
    return ownFirst([...applications].reverse(), own, card, "Заявок нет. Продлите полис в чате.");
  }

  /** Newest first. @param {any} desk @param {Set<string>} own customers with the chosen person's phone */
  #claims(desk, own) {
    const does = { refresh: () => this.refresh(), now: this.does.now };
    const card = (/** @type {any} */ one) => claimCard(one, does);
    const nothing = "У этого человека дел нет. Сообщите о случае в чате.";
    return [claimSwitch(desk.claimsAuto, does.refresh), ...ownFirst([...desk.claims].reverse(), own, card, nothing)];
  }

  /** @param {any[]} policies @param {Set<string>} own customers with the chosen person's phone */
  #policies(policies, own) {
    return ownFirst(policies, own, (one) => policyCard(one, () => this.refresh()), "У этого человека полисов нет.");
  }
}

/**
 * The chosen person's first, the others folded.
 *
 * @param {any[]} rows
 * @param {Set<string>} own
 * @param {(row: any) => HTMLElement} card
 * @param {string} nothing what to say when the chosen person has none
 */
function ownFirst(rows, own, card, nothing) {
  const mine = rows.filter((one) => own.has(one.customerId));
  const others = rows.filter((one) => !own.has(one.customerId));
  return [
    mine.length ? h("ul.cards", null, mine.map(card)) : h("p.nothing", null, nothing),
    others.length
      ? h(
          "details.more",
          { "data-key": "others" },
          h("summary", null, `Остальные клиенты (${others.length})`),
          h("ul.cards", null, others.map(card)),
        )
      : null,
  ];
}
