// @ts-check
/** Where an employee writes: the field, files, and the message that is being answered or changed. */

import { api } from "./api.js";
import { askPlace, pick, sendFiles } from "./attach.js";
import { formBox } from "./dialogs.js";
import { field, h, icon } from "./dom.js";
import { menu } from "./menu.js";

/** @typedef {import("./api.js").Message} Message */

export class StaffComposer {
  /**
   * @param {{act: (deed: string, body: any) => Promise<boolean>, own: () => Message | undefined, clients: () => number | null}} does
   */
  constructor(does) {
    this.does = does;
    /** @type {{message: Message, edits: boolean} | null} */
    this.about = null;
    this.#build();
    this.input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.#key(event));
    this.input.addEventListener("paste", (/** @type {ClipboardEvent} */ event) => this.#pasted(event));
  }

  #build() {
    this.words = h("p");
    const drop = h("button.plain", { type: "button", onclick: () => this.reset() }, "Отмена");
    this.strip = h("div.editing", { hidden: true }, this.words, drop);
    const attach = h("button.icon-button", { type: "button", "aria-label": "Прикрепить", title: "Прикрепить" }, icon("clip"));
    this.input = h("textarea.draft", { dir: "auto", rows: 1, placeholder: "Сообщение", "aria-label": "Сообщение в тему", autocomplete: "off", enterkeyhint: "send", maxlength: 4096 });
    const send = h("button.icon-button.send", { type: "submit", "aria-label": "Отправить", title: "Отправить" }, icon("send"));
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    };
    this.form = h("form.compose", { onsubmit: submit }, h("div.menu-place", null, attach), this.input, send);
    this.closed = h("p.hint.closed", { hidden: true }, "Тема закрыта: пишут только администраторы.");
    this.element = h("footer.composer", null, this.strip, this.form, this.closed);
    menu(attach, () => this.#attachments(), { above: true });
  }

  /** @param {boolean} closed */
  setClosed(closed) {
    this.form.hidden = closed;
    this.closed.hidden = !closed;
  }

  /** Nothing is being answered or changed any more. */
  reset() {
    if (this.about?.edits) this.input.value = "";
    this.about = null;
    this.strip.hidden = true;
  }

  /** @param {Message} message */
  reply(message) {
    this.#take(message, false, "Ответ");
  }

  /** @param {Message} message */
  edit(message) {
    this.#take(message, true, "Изменение");
    this.input.value = message.text ?? "";
  }

  /** @param {Message} message @param {boolean} edits @param {string} name */
  #take(message, edits, name) {
    this.about = { message, edits };
    this.words.replaceChildren(h("b", null, name), h("span", null, message.text || message.caption || "сообщение"));
    this.strip.hidden = false;
    this.input.focus();
  }

  async #submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const { about } = this;
    const [deed, more] = about?.edits ? ["edit", { message_id: about.message.message_id }] : ["text", this.#answered()];
    this.input.value = "";
    const sent = await this.does.act(deed, { text, ...more });
    if (sent) this.reset();
    else if (!this.input.value) this.input.value = text;
  }

  #answered() {
    return this.about && !this.about.edits ? { reply_to: this.about.message.message_id } : {};
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && !this.input.value) {
      const own = this.does.own();
      if (own) event.preventDefault();
      if (own) this.edit(own);
    } else if (event.key === "Escape" && this.about) this.reset();
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    sendFiles((form) => this.#upload(form), files);
  }

  /** @param {FormData} form */
  async #upload(form) {
    const { reply_to } = this.#answered();
    if (reply_to) form.append("reply_to", String(reply_to));
    if (await this.does.act("photo", form)) this.reset();
  }

  /** @returns {(import("./menu.js").Entry | null)[]} */
  #attachments() {
    const upload = (/** @type {FormData} */ form) => this.#upload(form);
    const made = (/** @type {string} */ kind) => this.does.act("send", { kind, ...this.#answered() });
    return [
      { label: "Фото или альбом", icon: "photo", run: () => pick(upload, false) },
      { label: "Файл", icon: "file", run: () => pick(upload, true) },
      { label: "Голосовое", icon: "voice", run: () => made("voice") },
      { label: "Видеокружок", icon: "other", run: () => made("video_note") },
      { label: "Местоположение", icon: "place", run: () => askPlace((place) => this.does.act("location", place)) },
      null,
      { label: "Переслать чужие слова", icon: "reply", hint: "так проверяют, кому верит бот", run: () => this.#forward() },
    ];
  }

  async #forward() {
    const people = await api.people();
    const client = this.does.clients();
    const options = people.map((one) => h("option", { value: one.id, selected: one.id === client }, [one.first_name, one.last_name].filter(Boolean).join(" ")));
    formBox(
      { title: "Переслать чужие слова", submit: "Переслать", done: (form) => this.does.act("forward", { user: Number(form.get("user")), text: form.get("text") }) },
      field("Кто их написал", h("select", { name: "user" }, options)),
      field("Что написано", h("textarea", { name: "text", rows: 2, required: true, maxlength: 4096 })),
    );
  }
}
