// @ts-check
/** One staff group as the server last told it: its people, its topics, what stands in those that are open; and what is unread. */

import { api } from "./api.js";
import { Chat } from "./chats.js";
import { oneAtATime } from "./live.js";

/** @typedef {import("./api.js").Topic} Topic @typedef {import("./api.js").Operator} Operator @typedef {number | "general"} Place */

const SEEN_KEY = "harbour.staff.seen";

/** Tells `change` after every reading, with the toasts that came (detail: `{toasts}`). */
export class StaffRoom extends EventTarget {
  constructor() {
    super();
    /** @type {number | null} the group on view; null is the first one */
    this.group = null;
    /** @type {import("./api.js").StaffGroup | null} */
    this.staff = null;
    /** @type {Topic[]} */
    this.topics = [];
    /** @type {Map<Place, Chat>} conversations some pane shows */
    this.chats = new Map();
    /** @type {Record<string, number>} the newest message an operator has seen, by operator and topic */
    this.seen = JSON.parse(localStorage.getItem(SEEN_KEY) ?? "{}");
    this.refresh = oneAtATime(() => this.#read());
  }

  /** Another group, or another world. @param {number | null} group */
  move(group) {
    this.group = group;
    this.chats.clear();
    return this.refresh();
  }

  /** A fresh world, or a break in the feed: nothing known can be trusted. @param {{unsee: boolean}} how */
  forget({ unsee }) {
    for (const chat of this.chats.values()) chat.forget();
    if (!unsee) return;
    this.seen = {};
    localStorage.removeItem(SEEN_KEY);
  }

  /** The conversation of a topic, to be kept up to date from now on. @param {Place} place */
  open(place) {
    const chat = this.chats.get(place) ?? new Chat(typeof place === "number" ? place : 0);
    this.chats.set(place, chat);
    return chat;
  }

  /** @param {Place} place */
  topic(place) {
    return this.topics.find((one) => one.id === place);
  }

  /** @param {number} id @returns {Operator | undefined} */
  operator(id) {
    return this.staff?.operators.find((one) => one.id === id);
  }

  /** Whoever may write now, the employed first. */
  present() {
    return this.staff?.operators.filter((one) => one.present) ?? [];
  }

  /** Whether this operator has something to read there. @param {number} operator @param {Topic} topic */
  unread(operator, topic) {
    const { last } = topic;
    return Boolean(last && last.operator !== operator && last.message_id > (this.seen[this.#key(operator, topic.id)] ?? 0));
  }

  /** The operator has the topic before their eyes. @param {number} operator @param {Place} place */
  look(operator, place) {
    const newest = Math.max(0, ...this.open(place).messages.keys());
    const key = this.#key(operator, place);
    if (this.seen[key] === newest) return;
    this.seen[key] = newest;
    localStorage.setItem(SEEN_KEY, JSON.stringify(this.seen));
  }

  /** @param {number} operator @param {Place} place */
  #key(operator, place) {
    return `${operator}/${this.staff?.chat_id}/${place}`;
  }

  async #read() {
    const staff = await api.staff(this.group);
    if (this.staff && staff.chat_id !== this.staff.chat_id) this.chats.forEach((chat) => chat.forget());
    this.staff = staff;
    this.topics = await api.topics(staff.chat_id);
    const toasts = [];
    for (const [place, chat] of [...this.chats]) {
      if (place !== "general" && !this.topic(place)) this.chats.delete(place);
      else toasts.push(...(await this.#readChat(place, chat)));
    }
    this.dispatchEvent(new CustomEvent("change", { detail: { toasts } }));
  }

  /** @param {Place} place @param {Chat} chat @returns {Promise<import("./api.js").Toast[]>} */
  async #readChat(place, chat) {
    const change = await api.topicChat(/** @type {any} */ (this.staff).chat_id, place, chat.cursor);
    if (change.cursor < chat.cursor) {
      chat.forget(); // the world was begun anew
      return this.#readChat(place, chat);
    }
    const first = !chat.loaded;
    for (const message of change.messages) {
      if (message.deleted) chat.messages.delete(message.message_id);
      else chat.messages.set(message.message_id, message);
    }
    chat.loaded = true;
    chat.cursor = change.cursor;
    return first ? [] : change.toasts;
  }
}
