// @ts-check
/** The topics of a staff group as a list: icon, name, the last words, what is unread. */

import { h, hidden, icon } from "./dom.js";
import { moment, time } from "./format.js";

/** @typedef {import("./api.js").Topic} Topic @typedef {import("./staff-room.js").Place} Place */

/** Telegram's colours of topics, darkened to carry white letters. @type {Record<number, string>} */
const COLOURS = {
  0x6fb9f0: "#2c6e9c",
  0xffd67e: "#8a5a12",
  0xcb86db: "#7f4690",
  0x8eee98: "#3c7046",
  0xff93b2: "#a33c5e",
  0xfb6f5f: "#a2382b",
};

export class TopicList {
  /** @param {import("./staff-room.js").StaffRoom} room @param {(place: Place) => void} enter */
  constructor(room, enter) {
    this.room = room;
    this.enter = enter;
    this.element = h("ul.topics", { "aria-label": "Темы" });
    this.shown = "";
  }

  /** @returns {HTMLElement | null} */
  first() {
    return this.element.querySelector("button");
  }

  /** The newest first, and only if something looks different: a row must not vanish under a finger. @param {number} operator */
  draw(operator) {
    const { room } = this;
    const rows = [...room.topics].sort((a, b) => (b.last?.message_id ?? b.id) - (a.last?.message_id ?? a.id));
    const shown = JSON.stringify([operator, rows, rows.map((topic) => room.unread(operator, topic))]);
    if (this.shown === shown) return;
    this.shown = shown;
    const now = /** @type {HTMLElement | null} */ (document.activeElement);
    const focused = this.element.contains(now) ? now?.dataset.topic : null;
    this.element.replaceChildren(
      this.#row("general", { sign: "#", name: "General", below: "общий разговор сотрудников" }),
      ...rows.map((topic) => this.#topic(topic, room.unread(operator, topic))),
    );
    if (!rows.length) this.element.append(h("li.nothing", null, "Тем пока нет: они появятся, когда бот передаст сотруднику клиента."));
    if (focused) this.element.querySelector(`[data-topic="${focused}"]`)?.focus();
  }

  /** @param {Topic} topic @param {boolean} unread */
  #topic(topic, unread) {
    const { last } = topic;
    const said = last ? last.text || last.caption || "сообщение без текста" : "ещё ничего не написали";
    const author = !last || last.from === "bot" ? "" : `${last.from.split(" ")[0]}: `;
    const sign = topic.icon || [...topic.name][0].toUpperCase();
    return this.#row(topic.id, { sign, name: topic.name, below: author + said, unread, topic });
  }

  /** @param {Place} id @param {{sign: string, name: string, below: string, unread?: boolean, topic?: Topic}} what */
  #row(id, { sign, name, below, unread, topic }) {
    const colour = COLOURS[topic?.icon_color ?? 0] ?? "#4b616a";
    return h(
      "li",
      null,
      h(
        "button.person.topic",
        { type: "button", "data-topic": id, onclick: () => this.enter(id) },
        h("span.portrait", { "aria-hidden": "true", "--topic": colour }, sign),
        h(
          "span.person-words",
          null,
          h("span.person-name", null, name, topic?.closed ? h("span.locked", null, icon("lock"), hidden(", закрыта")) : null),
          h("span.person-story", null, below.slice(0, 120)),
        ),
        topic?.last ? h("time", null, time(moment(topic.last.date))) : null,
        unread ? h("span.unread", null, hidden(", есть новые сообщения")) : null,
      ),
    );
  }
}
