// @ts-check
/** One employee's view of a staff group: the list of topics, or one topic with its card, its messages and a field to write in. */

import { api } from "./api.js";
import { ChatView } from "./chat.js";
import { modal } from "./dialogs.js";
import { freshId, h, icon } from "./dom.js";
import { menu } from "./menu.js";
import { StaffComposer } from "./staff-composer.js";
import { groupMenu, topicMenu } from "./staff-menus.js";
import { TopicList } from "./staff-topics.js";
import { attempt } from "./toasts.js";

/** @typedef {import("./staff-room.js").Place} Place @typedef {import("./api.js").Topic} Topic @typedef {import("./api.js").Message} Message */

export class StaffPane {
  /**
   * @param {import("./staff-room.js").StaffRoom} room
   * @param {{operator: number, topic: Place | null}} kept
   * @param {{now: () => Date, visit: (user: number) => void, moved: () => void, refresh: () => void, group: (group: number) => void,
   *   close: () => void}} does
   */
  constructor(room, kept, does) {
    this.room = room;
    this.does = does;
    this.operator = kept.operator;
    this.topic = kept.topic;
    this.shown = "";
    this.#build();
    this.composer = new StaffComposer({
      act: (deed, body) => this.#act(deed, body),
      own: () => this.#chat().list().findLast((one) => this.#mine(one) && one.text),
      clients: () => this.room.topic(this.topic ?? "general")?.client ?? null,
    });
    this.stage.append(this.composer.element);
    if (this.topic !== null) this.room.open(this.topic);
  }

  #build() {
    const part = (/** @type {string} */ name, /** @type {object} */ more = {}) => h(name, more);
    this.back = h("button.icon-button", { type: "button", "aria-label": "К списку тем", title: "К списку тем", onclick: () => this.enter(null) }, icon("back"));
    this.title = h("h3", { id: freshId("pane") });
    this.under = part("p");
    const dots = h("button.icon-button", { type: "button", "aria-label": "Действия с группой и темой", title: "Действия" }, icon("more"));
    dots.firstElementChild.classList.add("dots");
    this.closer = h("button.icon-button", { type: "button", "aria-label": "Убрать этого сотрудника", title: "Убрать", onclick: () => this.does.close() }, icon("close"));
    this.select = h("select", { "aria-label": "Кто пишет", onchange: () => this.become(Number(this.select.value)) });
    this.topics = new TopicList(this.room, (topic) => this.enter(topic));
    this.pin = h("button.pinned-bar", { type: "button", hidden: true });
    this.log = part("div.log", { role: "log", "aria-label": "Сообщения темы", tabindex: "0" });
    this.empty = part("div", { hidden: true });
    const messages = part("ol.messages", { role: "list" });
    this.log.append(this.empty, messages);
    const down = h("button.down", { type: "button", hidden: true }, icon("down"), "Вниз", h("span.count"));
    this.stage = h("div.pane-stage", null, this.pin, h("div.water", null, this.log, down));
    this.element = h(
      "section.pane.phone",
      { "aria-labelledby": this.title.id },
      h("header.pane-head", null, this.back, h("div.title", null, this.title, this.under), h("div.menu-place", null, dots), this.closer),
      h("div.pane-who", null, h("span", { "aria-hidden": "true" }, "Пишет"), this.select),
      this.topics.element,
      this.stage,
    );
    menu(dots, () => (this.topic === null || this.topic === "general" ? groupMenu(this) : topicMenu(this)));
    this.view = new ChatView(
      {
        tap: (message_id, row, col) => attempt(() => this.#tap(message_id, row, col)).then(() => undefined),
        command: (text) => this.#act("text", { text }).then(() => undefined),
        empty: () => h("p.nothing", null, "Здесь ещё ничего не писали."),
        now: () => this.does.now(),
        seen: () => this.#look(),
        mine: (message) => this.#mine(message),
        aside: (message) => this.#aside(message),
      },
      { log: this.log, list: messages, down, empty: this.empty },
    );
  }

  /** The only pane cannot be closed. @param {boolean} yes */
  alone(yes) {
    this.closer.hidden = yes;
  }

  /** Back to the list without asking anything: another group is coming. */
  leave() {
    this.topic = null;
  }

  /** Another topic; null is the list. @param {Place | null} topic */
  enter(topic) {
    this.topic = topic;
    this.composer.reset();
    if (topic !== null) this.view.show(this.room.open(topic));
    this.does.moved();
    this.draw();
    this.does.refresh();
    const typing = matchMedia("(pointer: fine)").matches ? this.composer.input : this.log; // no keyboard over a small screen unasked
    (topic === null ? this.topics.first() : typing)?.focus({ preventScroll: true });
  }

  /** Another employee takes the pane. @param {number} operator */
  become(operator) {
    this.operator = operator;
    this.composer.reset();
    this.does.moved();
    if (this.topic !== null) this.view.show(this.#chat());
    this.draw();
  }

  /** In step with the room. @returns {boolean} whether the topic on view is there no more */
  draw() {
    const { room } = this;
    if (!room.staff) return false;
    const lost = typeof this.topic === "number" && !room.topic(this.topic);
    if (lost) this.topic = null;
    this.#draw(room.staff);
    return lost;
  }

  /** @param {import("./api.js").StaffGroup} staff */
  #draw(staff) {
    const { room } = this;
    if (!room.operator(this.operator)?.present) this.operator = room.present()[0]?.id ?? 0;
    this.#drawOperators();
    const topic = typeof this.topic === "number" ? room.topic(this.topic) : undefined;
    this.title.textContent = this.topic === null ? staff.title : topic ? `${topic.icon} ${topic.name}`.trim() : "General";
    this.under.textContent = this.#subtitle(topic);
    this.back.hidden = this.topic === null;
    this.topics.element.hidden = this.topic !== null;
    this.stage.hidden = this.topic === null;
    if (this.topic === null) return this.topics.draw(this.operator);
    const chat = this.#chat();
    if (this.view.chat === chat) this.view.update();
    else this.view.show(chat);
    this.#drawPinned(chat);
    this.composer.setClosed(Boolean(topic?.closed) && !this.leads());
  }

  /** Whether the operator is an administrator. */
  leads() {
    return ["creator", "administrator"].includes(this.room.operator(this.operator)?.status ?? "");
  }

  /** @param {Topic | undefined} topic */
  #subtitle(topic) {
    const { groups } = /** @type {import("./api.js").StaffGroup} */ (this.room.staff);
    if (this.topic === null) return groups.length > 1 ? `одна из групп: всего ${groups.length}` : "группа сотрудников, темы клиентов";
    return topic?.closed ? "тема закрыта" : this.room.staff?.title;
  }

  #drawOperators() {
    const present = this.room.present();
    const shown = JSON.stringify([present, this.operator]);
    if (this.select.dataset.shown === shown) return;
    this.select.dataset.shown = shown;
    this.select.replaceChildren(
      ...present.map((one) => h("option", { value: one.id, selected: one.id === this.operator }, `${one.name} · ${standing(one)}`)),
    );
    this.select.value = String(this.operator);
  }

  /** @param {import("./chats.js").Chat} chat */
  #drawPinned(chat) {
    const pinned = chat.list().findLast((one) => one.pinned);
    this.pin.hidden = !pinned;
    if (!pinned) return;
    this.pin.replaceChildren(icon("pin"), h("span", null, h("b", null, "Закреплено"), (pinned.text || pinned.caption || "сообщение").slice(0, 160)));
    this.pin.onclick = () => this.view.reveal(pinned.message_id);
  }

  #chat() {
    return this.room.open(this.topic ?? "general");
  }

  /** @param {Message} message */
  #mine(message) {
    return message.operator === this.operator;
  }

  #look() {
    if (this.topic === null || document.hidden || !this.element.checkVisibility() || !this.#chat().loaded) return;
    this.room.look(this.operator, this.topic);
  }

  /** @param {number} message_id @param {number} row @param {number} col */
  async #tap(message_id, row, col) {
    const done = await this.#send("tap", { message_id, row, col });
    if (done.copied) await navigator.clipboard.writeText(done.copied);
  }

  /** A deed in this topic; a refusal is said aloud. @param {string} deed @param {any} body */
  #act(deed, body) {
    return attempt(() => this.#send(deed, body));
  }

  /** @param {string} deed @param {any} body @returns {Promise<any>} */
  #send(deed, body) {
    const group = /** @type {import("./api.js").StaffGroup} */ (this.room.staff).chat_id;
    if (body instanceof FormData) body.append("operator", String(this.operator));
    const filled = body instanceof FormData ? body : { operator: this.operator, ...body };
    return api.operate(group, this.topic ?? "general", deed, filled);
  }

  /** What can be done with a message. @param {Message} message */
  #aside(message) {
    const button = h("button.icon-button.aside", { type: "button", "aria-label": "Действия с сообщением", title: "Действия" }, icon("more"));
    button.addEventListener("click", () => this.#deeds(message));
    return button;
  }

  /** @param {Message} message */
  #deeds(message) {
    const own = this.#mine(message);
    const said = (message.text || message.caption || "").slice(0, 140);
    /** @type {HTMLDialogElement} */
    const dialog = modal(
      { title: "Сообщение" },
      said ? h("p.hint", null, said) : null,
      h("div.stack", null, ...[
        ["Ответить", () => this.composer.reply(message)],
        own && message.text ? ["Изменить", () => this.composer.edit(message)] : null,
        own || this.leads() ? ["Удалить", () => this.#act("erase", { message_id: message.message_id })] : null,
      ].map((entry) => entry && h("button.plain", { type: "button", onclick: () => (dialog.close(), /** @type {() => void} */ (entry[1])()) }, entry[0]))),
      h("div.actions", null, h("button.quiet", { type: "button", onclick: () => dialog.close() }, "Отмена")),
    );
  }
}

/** What an employee is, in two words. @param {import("./api.js").Operator} one */
function standing(one) {
  const what = one.post || "не сотрудник";
  return one.anonymous ? `${what}, анонимно` : what;
}
