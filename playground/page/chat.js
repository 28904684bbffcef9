// @ts-check
/** The list of messages: kept in step with the model, edited in place, and at the bottom unless the reader went up. */

import { bubble } from "./bubble.js";
import { arrange } from "./chats.js";
import { byId, calm, h } from "./dom.js";
import { dayKey } from "./format.js";

/** @typedef {import("./chats.js").Chat} Chat */

const NEAR_BOTTOM_PX = 80;
const BUSY_AT_LEAST_MS = 150;

export class ChatView {
  /**
   * @param {{tap: (message: number, row: number, col: number) => Promise<void>, command: (text: string) => void,
   *   empty: (chat: Chat) => HTMLElement, now: () => Date, seen: () => void,
   *   mine?: (message: import("./api.js").Message) => boolean, aside?: (message: import("./api.js").Message) => HTMLElement}} does
   *   `mine` tells own messages (without it a person's), `aside` draws what stands beside one
   * @param {{log: HTMLElement, list: HTMLElement, down: HTMLElement, empty: HTMLElement}} [parts] the page's own by default
   */
  constructor(does, parts) {
    this.does = does;
    this.log = parts?.log ?? byId("log");
    this.list = parts?.list ?? byId("messages");
    this.down = parts?.down ?? byId("down");
    this.empty = parts?.empty ?? byId("empty");
    /** @type {Map<string, {element: HTMLElement, signature: string}>} */
    this.nodes = new Map();
    /** @type {Map<string, number>} buttons whose tap is on its way */
    this.busy = new Map();
    /** @type {Chat | null} */
    this.chat = null;
    this.pinned = true;
    this.top = 0;
    this.missed = 0;
    this.#listen();
  }

  #listen() {
    this.log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.list.addEventListener("click", (/** @type {any} */ event) => this.#clicked(event));
    this.down.addEventListener("click", () => this.toBottom(true));
    const follow = new ResizeObserver(() => this.pinned && this.toBottom(false));
    follow.observe(this.list);
    follow.observe(this.log);
  }

  /** Another person's conversation. @param {Chat} chat */
  show(chat) {
    this.chat = chat;
    this.nodes.clear();
    this.list.replaceChildren();
    this.pinned = true;
    this.missed = 0;
    this.update();
    this.toBottom(false);
  }

  /** Bring the list in step with the model. */
  update() {
    const { chat } = this;
    if (!chat) return;
    const first = !this.nodes.size;
    this.log.setAttribute("aria-busy", String(!chat.loaded));
    const items = arrange(chat.list(), this.does.mine);
    this.#emptyState(chat, items.length === 0);
    const kept = new Set(items.map((item) => item.key));
    for (const key of [...this.nodes.keys()]) if (!kept.has(key)) this.#leave(key);
    let place = this.#following(this.list.firstElementChild);
    for (const item of items) {
      const before = this.nodes.get(item.key)?.element;
      const element = this.#element(item, first);
      if (before === place || element === place) place = this.#following(element.nextElementSibling);
      else this.list.insertBefore(element, place);
    }
    if (this.pinned) this.toBottom(!first);
    this.#showDown();
  }

  /** The element of an item: the same one while nothing changed. @param {import("./chats.js").Item} item @param {boolean} first */
  #element(item, first) {
    const now = this.does.now();
    const signature = `${item.day ? dayKey(now) : item.head} ${JSON.stringify(item.messages)}`;
    const old = this.nodes.get(item.key);
    if (old?.signature === signature) {
      old.element.classList.toggle("tail", item.tail);
      return old.element;
    }
    const element = bubble(item, now, (id) => this.chat?.messages.get(id), this.does.aside);
    element.classList.toggle("tail", item.tail);
    if (old) this.#replace(old.element, element);
    else if (!first) this.#arrive(item, element);
    this.nodes.set(item.key, { element, signature });
    return element;
  }

  /** An edit in place keeps the keyboard user on the same button; on another screen they begin at its first one. @param {HTMLElement} old @param {HTMLElement} fresh */
  #replace(old, fresh) {
    const focused = /** @type {HTMLElement | null} */ (old.contains(document.activeElement) ? document.activeElement : null);
    for (const key of this.busy.keys()) if (key.startsWith(`${old.dataset.id}:`)) this.busy.delete(key);
    old.replaceWith(fresh);
    fresh.classList.add("changed");
    if (!focused) return;
    const { row, col } = focused.dataset;
    const same = fresh.querySelector(`[data-row="${row}"][data-col="${col}"]`);
    const stays = same?.textContent === focused.textContent ? same : fresh.querySelector(".key");
    /** @type {HTMLElement} */ (stays ?? this.log).focus({ preventScroll: true });
  }

  /** @param {import("./chats.js").Item} item @param {HTMLElement} element */
  #arrive(item, element) {
    if (item.messages.length) element.classList.add("fresh");
    if (item.out) this.pinned = true;
    else if (!this.pinned && item.messages.length) this.missed += 1;
  }

  /** A deleted message folds away. @param {string} key */
  #leave(key) {
    const element = /** @type {HTMLElement} */ (this.nodes.get(key)?.element);
    this.nodes.delete(key);
    if (element.contains(document.activeElement)) this.log.focus({ preventScroll: true });
    if (calm() || key.startsWith("day:")) {
      element.remove();
      return;
    }
    element.classList.add("leaving");
    element.inert = true;
    const fold = [{ height: `${element.offsetHeight}px` }, { height: "0px", marginBlock: "0px", opacity: 0 }];
    element.animate(fold, { duration: 180, easing: "ease-in" }).finished.finally(() => element.remove());
  }

  /** The next element that is not folding away. @param {Element | null} element */
  #following(element) {
    let next = element;
    while (next?.classList.contains("leaving")) next = next.nextElementSibling;
    return /** @type {HTMLElement | null} */ (next);
  }

  /** @param {Chat} chat @param {boolean} empty */
  #emptyState(chat, empty) {
    const place = this.empty;
    place.hidden = !(empty && chat.loaded);
    if (place.hidden) place.replaceChildren();
    else if (!place.firstChild) place.append(this.does.empty(chat));
  }

  /** Draw the empty state again, for somebody else. */
  resetEmpty() {
    this.empty.replaceChildren();
  }

  /** @param {MouseEvent} event */
  async #clicked(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (button?.dataset.command) this.does.command(button.dataset.command);
    if (!button?.dataset.tap) return;
    const { tap, row, col } = button.dataset;
    const key = `${tap}:${row}:${col}`;
    this.#countBusy(key, 1);
    const pause = new Promise((done) => setTimeout(done, BUSY_AT_LEAST_MS));
    try {
      await Promise.all([this.does.tap(Number(tap), Number(row), Number(col)), pause]);
    } finally {
      this.#countBusy(key, -1);
    }
  }

  /** Taps may pile up on one button: it looks busy until the last of them is answered. @param {string} key @param {number} step */
  #countBusy(key, step) {
    const count = (this.busy.get(key) ?? 0) + step;
    if (count > 0) this.busy.set(key, count);
    else this.busy.delete(key);
    this.#markBusy(key, this.list);
  }

  /** @param {string} key @param {HTMLElement} within */
  #markBusy(key, within) {
    const [tap, row, col] = key.split(":");
    const button = within.querySelector(`[data-tap="${tap}"][data-row="${row}"][data-col="${col}"]`);
    button?.classList.toggle("busy", this.busy.has(key));
    if (this.busy.has(key)) button?.setAttribute("aria-busy", "true");
    else button?.removeAttribute("aria-busy");
  }

  /** Only a movement up by the reader's hand lets go of the bottom: growth and smooth scrolling do not. */
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    if (scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX) this.pinned = true;
    else if (scrollTop < this.top - 1) this.pinned = false;
    this.top = scrollTop;
    if (this.pinned) this.missed = 0;
    this.#showDown();
  }

  #showDown() {
    this.down.hidden = this.pinned || !this.empty.hidden;
    const count = /** @type {HTMLElement} */ (this.down.querySelector(".count"));
    count.textContent = this.missed ? String(this.missed) : "";
    if (this.pinned) this.does.seen();
  }

  /** Bring a message before the reader's eyes. @param {number} id */
  reveal(id) {
    this.pinned = false;
    const element = this.nodes.get(`m:${id}`)?.element;
    element?.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
    element?.classList.add("changed");
  }

  /** What is read from its beginning. */
  toTop() {
    this.pinned = false;
    this.log.scrollTo({ top: 0, behavior: "instant" });
  }

  /** @param {boolean} smooth */
  toBottom(smooth) {
    this.pinned = true;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: smooth && !calm() ? "smooth" : "instant" });
  }
}

/** The first thing a newcomer sees: who this person is, and how to begin. @param {import("./api.js").Person} person @param {() => void} start */
export function welcome(person, start) {
  const story = person.story || "О себе ничего не рассказывает: начните разговор и посмотрите, что будет.";
  return h(
    "div.welcome",
    null,
    h("img.lighthouse", { src: "/page/lighthouse.svg", alt: "", width: 88, height: 88 }),
    h("p.eyebrow", null, "Сейчас вы —"),
    h("h2", null, [person.first_name, person.last_name].filter(Boolean).join(" ")),
    h("p", null, story),
    h("button.primary.big", { type: "button", onclick: start }, "Начать"),
    h("p.hint", null, "Кнопка отправит боту команду /start, как в настоящем мессенджере."),
  );
}

/** The address names somebody who does not exist: say so, and who does. @param {string} asked @param {HTMLElement[]} rows */
export function stranger(asked, rows) {
  return h(
    "div.welcome.stranger",
    null,
    h("h2", { role: "status" }, "Такого человека нет"),
    h("p", null, `В адресе страницы стоит «${asked.slice(0, 40)}». Выберите, кем быть:`),
    h("ul", null, rows),
  );
}
