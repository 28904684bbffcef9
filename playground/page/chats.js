// @ts-check
/** Every person's conversation as the server last told it, and which of them have something unread. */

import { api } from "./api.js";
import { dayKey, moment } from "./format.js";
import { oneAtATime } from "./live.js";

/** @typedef {import("./api.js").Message} Message @typedef {import("./api.js").Toast} Toast */

const ACTION_LASTS_MS = 5500;
const SEEN_KEY = "harbour.seen";

/** One conversation; messages are in their order of numbers. */
export class Chat {
  /** @param {number} user */
  constructor(user) {
    this.user = user;
    this.cursor = 0;
    this.loaded = false;
    this.blocked = false;
    /** @type {Map<number, Message>} */
    this.messages = new Map();
    /** @type {import("./api.js").Button[][] | null} */
    this.keyboard = null;
    /** @type {string | null} */
    this.action = null;
  }

  /** Back to knowing nothing: a fresh world, or another person's reset. */
  forget() {
    Object.assign(this, new Chat(this.user));
  }

  /** Live messages, oldest first. @returns {Message[]} */
  list() {
    return [...this.messages.values()].sort((a, b) => a.message_id - b.message_id);
  }

  /** The number of the newest message that somebody else wrote. */
  newest() {
    return Math.max(0, ...[...this.messages.values()].filter((one) => one.from !== "user").map((one) => one.message_id));
  }

  /** Own last text, the one that ArrowUp edits. @returns {Message | undefined} */
  ownLast() {
    return this.list().findLast((one) => one.from === "user" && one.text && !one.text.startsWith("/"));
  }
}

/**
 * All conversations. Tells `change` (detail: `{chat, toasts}`) after every reading, and `anew` when somebody else has
 * begun the world again.
 */
export class Chats extends EventTarget {
  constructor() {
    super();
    /** @type {Map<number, Chat>} */
    this.all = new Map();
    /** @type {Map<number, () => Promise<void>>} */
    this.readers = new Map();
    /** @type {Record<string, number>} */
    this.seen = JSON.parse(localStorage.getItem(SEEN_KEY) ?? "{}");
  }

  /** @param {number} user */
  of(user) {
    const chat = this.all.get(user) ?? new Chat(user);
    this.all.set(user, chat);
    return chat;
  }

  /** Read what is new. @param {number} user */
  refresh(user) {
    const reader = this.readers.get(user) ?? oneAtATime(() => this.#read(this.of(user)));
    this.readers.set(user, reader);
    return reader();
  }

  /** @param {Chat} chat */
  async #read(chat) {
    const change = await api.chat(chat.user, chat.cursor);
    if (change.cursor < chat.cursor) {
      this.forget({ unsee: true });
      this.dispatchEvent(new Event("anew"));
      return;
    }
    const first = !chat.loaded;
    for (const message of change.messages) {
      if (message.deleted) chat.messages.delete(message.message_id);
      else chat.messages.set(message.message_id, message);
    }
    chat.loaded = true;
    chat.cursor = change.cursor;
    chat.keyboard = change.reply_keyboard?.length ? change.reply_keyboard : null;
    chat.blocked = Boolean(change.blocked);
    this.#act(chat, change);
    this.#tell(chat, first ? [] : change.toasts);
  }

  /** What the bot is doing fades by itself, as the server does not tell the end. @param {Chat} chat @param {import("./api.js").ChatChange} change */
  #act(chat, change) {
    const answered = change.messages.some((one) => one.from !== "user" && !one.deleted && !one.edited);
    const action = answered ? null : change.action;
    chat.action = action?.kind ?? null;
    if (!action) return;
    setTimeout(() => {
      chat.action = null;
      this.#tell(chat, []);
    }, ACTION_LASTS_MS);
  }

  /** @param {Chat} chat @param {Toast[]} toasts */
  #tell(chat, toasts) {
    this.dispatchEvent(new CustomEvent("change", { detail: { chat, toasts: toasts ?? [] } }));
  }

  /** Whether somebody wrote to this person since they last looked. @param {number} user */
  unread(user) {
    const chat = this.all.get(user);
    return Boolean(chat && chat.newest() > (this.seen[user] ?? 0));
  }

  /** The person has the conversation before their eyes. @param {number} user */
  look(user) {
    const newest = this.of(user).newest();
    if (this.seen[user] === newest) return;
    this.seen[user] = newest;
    localStorage.setItem(SEEN_KEY, JSON.stringify(this.seen));
  }

  /** After a reset or a lost connection nothing known can be trusted. @param {{unsee: boolean}} how */
  forget({ unsee }) {
    for (const chat of this.all.values()) chat.forget();
    if (!unsee) return;
    this.seen = {};
    localStorage.removeItem(SEEN_KEY);
  }
}

/**
 * Which messages stand together: an album is one, a new day begins with its date.
 *
 * @typedef {{key: string, day?: Date, messages: Message[], out: boolean, head: boolean, tail: boolean}} Item
 * @param {Message[]} messages
 * @param {(message: Message) => boolean} [mine] own ones stand at the right
 * @returns {Item[]}
 */
export function arrange(messages, mine = (message) => message.from === "user") {
  /** @type {Item[]} */
  const items = [];
  let day = "";
  for (const message of messages) {
    const date = moment(message.date);
    const last = items.at(-1);
    if (dayKey(date) !== day) {
      day = dayKey(date);
      items.push({ key: `day:${day}:${message.message_id}`, day: date, messages: [], out: false, head: false, tail: false });
    } else if (message.album && last?.messages[0]?.album === message.album) {
      last.messages.push(message);
      continue;
    }
    const out = mine(message);
    items.push({ key: `m:${message.message_id}`, messages: [message], out, head: true, tail: true });
  }
  for (const [at, item] of items.entries()) {
    const before = items[at - 1];
    if (!before?.messages.length || !item.messages.length || before.out !== item.out) continue;
    const [above, below] = [before.messages[0], item.messages[0]];
    if (above.from !== below.from || above.operator !== below.operator || above.service || below.service) continue;
    before.tail = false;
    item.head = false;
  }
  return items;
}
