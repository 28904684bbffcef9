// @ts-check
/** Where a person writes: the message field, its hints, attachments, and the bot's reply keyboard below. */

import { api } from "./api.js";
import { askPlace, attachments, sendFiles, uploads } from "./attach.js";
import { Commands } from "./commands.js";
import { byId, h } from "./dom.js";
import { phone } from "./format.js";
import { menu } from "./menu.js";
import { attempt } from "./toasts.js";

/** @typedef {import("./api.js").Person} Person */

export class Composer {
  /** @param {{sent: () => void, unblock: () => void, own: () => import("./api.js").Message | undefined}} does */
  constructor(does) {
    this.does = does;
    /** @type {HTMLTextAreaElement} */
    this.input = byId("draft");
    this.hint = byId("code-hint");
    this.keyboard = byId("reply-keyboard");
    /** @type {Map<number, string>} what was typed and not sent, by person */
    this.drafts = new Map();
    /** @type {Person | null} */
    this.person = null;
    /** @type {number | null} the message being edited */
    this.editing = null;
    this.code = "";
    this.commands = new Commands(this.input, byId("commands"), (command) => this.say(command));
    this.#listen();
  }

  #listen() {
    menu(byId("attach"), () => attachments(this.#who()), { above: true });
    byId("composer-form").addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("paste", (event) => this.#pasted(event));
    byId("edit-cancel").addEventListener("click", () => this.#stopEditing());
    byId("code-insert").addEventListener("click", () => this.insert(this.code));
    byId("code-close").addEventListener("click", (/** @type {MouseEvent} */ event) => {
      this.offerCode("", "");
      if (!event.detail) this.input.focus(); // pressed by the keyboard, which must not fall off the page
    });
    byId("unblock").addEventListener("click", () => this.does.unblock());
    this.#drop(byId("phone"));
  }

  #who() {
    return /** @type {Person} */ (this.person);
  }

  /** Another person takes the phone; what they had typed is theirs. @param {Person} person */
  show(person) {
    if (this.editing !== null) this.#stopEditing();
    if (this.person) this.drafts.set(this.person.id, this.input.value);
    this.person = person;
    this.input.value = this.drafts.get(person.id) ?? "";
    this.commands.close();
    this.offerCode("", "");
  }

  /** Send words as they are. @param {string} text */
  async say(text) {
    const was = this.input.value;
    this.input.value = "";
    this.does.sent();
    const sent = await attempt(() => api.act(this.#who().id, "text", { text }));
    if (!sent && !this.input.value) this.input.value = was;
  }

  async #submit() {
    const text = this.input.value.trim();
    if (!text) return;
    if (this.editing === null) {
      if (this.code && text.includes(this.code)) this.offerCode("", "");
      await this.say(text);
      return;
    }
    const message = this.editing;
    if (await attempt(() => api.act(this.#who().id, "edit", { message_id: message, text }))) this.#stopEditing();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || this.commands.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && !this.input.value) {
      event.preventDefault();
      this.edit();
    } else if (event.key === "Escape" && this.editing !== null) this.#stopEditing();
  }

  /** Take up the last own message again. */
  edit() {
    const last = this.does.own();
    if (!last) return;
    this.editing = last.message_id;
    byId("editing").hidden = false;
    byId("editing-text").textContent = last.text;
    this.input.value = last.text ?? "";
    this.input.focus();
  }

  #stopEditing() {
    this.editing = null;
    byId("editing").hidden = true;
    this.input.value = "";
    this.input.focus();
  }

  /** Put words where the caret stands. @param {string} text */
  insert(text) {
    this.input.setRangeText(text, 0, this.input.value.length, "end");
    this.input.focus();
  }

  /** The code that just came by SMS, one tap away; an empty one takes the offer back. @param {string} code @param {string} from */
  offerCode(code, from) {
    this.code = code;
    this.hint.hidden = !code;
    byId("code-text").replaceChildren(from, " ", h("b", null, code));
  }

  /** A bot that was stopped hears nothing until it is let in again. @param {boolean} blocked */
  setBlocked(blocked) {
    byId("composer-form").hidden = blocked;
    byId("blocked").hidden = !blocked;
  }

  /** The keyboard that the bot left below the field. @param {import("./api.js").Button[][] | null} rows */
  setKeyboard(rows) {
    const signature = JSON.stringify([rows, this.person?.phone]);
    if (this.keyboard.dataset.shown === signature) return;
    this.keyboard.dataset.shown = signature;
    this.keyboard.hidden = !rows;
    this.keyboard.replaceChildren(
      ...(rows ?? []).map((row) => h("div.keys", { "--columns": row.length }, row.map((button) => this.#replyKey(button)))),
    );
  }

  /** @param {import("./api.js").Button} button */
  #replyKey(button) {
    const user = this.#who();
    const tap = (/** @type {object} */ more) => api.act(user.id, "tap", { label: button.text, exact: true, ...more });
    const shares = button.kind === "contact" ? h("small", null, `уйдёт ${phone(user.phone) || "ваш номер"}`) : null;
    const press = () => {
      this.does.sent();
      if (button.kind === "location") askPlace(tap);
      else attempt(() => tap({}));
    };
    return h("button.reply-key", { type: "button", onclick: press }, h("span", null, button.text), shares);
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    sendFiles(uploads(this.#who()), files);
  }

  /** Files dropped anywhere on the phone. @param {HTMLElement} zone */
  #drop(zone) {
    const over = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
    zone.addEventListener("dragover", (event) => {
      if (!over(event)) return;
      event.preventDefault();
      zone.classList.add("dropping");
    });
    zone.addEventListener("dragleave", (event) => {
      if (!zone.contains(/** @type {Node | null} */ (event.relatedTarget))) zone.classList.remove("dropping");
    });
    zone.addEventListener("drop", (event) => {
      if (!over(event)) return;
      event.preventDefault();
      zone.classList.remove("dropping");
      sendFiles(uploads(this.#who()), [...(event.dataTransfer?.files ?? [])]);
    });
  }
}
