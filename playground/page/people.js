// @ts-check
/** The list of people one may be, and making a new one. */

import { api } from "./api.js";
import { formBox } from "./dialogs.js";
import { byId, field, h, hidden } from "./dom.js";
import { initials } from "./format.js";

/** @typedef {import("./api.js").Person} Person */

/** @param {Person} person */
export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}

/** The round picture of a person: letters on one of six quiet colours. @param {Person} person */
export function portrait(person) {
  return h("span.portrait", { "aria-hidden": "true", "data-tint": person.id % 6 }, initials(fullName(person)));
}

export class People {
  /** @param {{choose: (user: number) => void, unread: (user: number) => boolean}} does */
  constructor(does) {
    this.does = does;
    this.list = byId("people-list");
    /** @type {Person[]} */
    this.all = [];
    this.shown = "";
    byId("new-person").addEventListener("click", () => this.#make());
  }

  async load() {
    this.all = await api.people();
  }

  /** @param {number | null | undefined} id @returns {Person | undefined} */
  find(id) {
    return this.all.find((person) => person.id === id);
  }

  /** The list anew, but only if it would look different: a row must not vanish under a finger. @param {number | undefined} current */
  draw(current) {
    const shown = JSON.stringify([current, this.all, this.all.map((person) => this.does.unread(person.id))]);
    if (shown === this.shown) return;
    this.shown = shown;
    const focused = this.list.contains(document.activeElement)
      ? /** @type {HTMLElement} */ (document.activeElement).dataset.user
      : null;
    this.list.replaceChildren(...this.rows(current));
    if (focused) this.list.querySelector(`[data-user="${focused}"]`)?.focus();
    else this.list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    const elsewhere = this.all.some((person) => !person.post && person.id !== current && this.does.unread(person.id));
    byId("people-unread").hidden = !elsewhere;
  }

  /** Everybody but employees, for any list. @param {number} [current] @returns {HTMLElement[]} */
  rows(current) {
    return this.all.filter((person) => !person.post || person.id === current).map((person) => this.#row(person, person.id === current));
  }

  /** @param {Person} person @param {boolean} current */
  #row(person, current) {
    const unread = !current && this.does.unread(person.id);
    return h(
      "li",
      null,
      h(
        "button.person",
        {
          type: "button",
          "data-user": person.id,
          "aria-current": current ? "true" : null,
          onclick: () => this.does.choose(person.id),
        },
        portrait(person),
        h("span.person-words", null, h("span.person-name", null, fullName(person)), h("span.person-story", null, person.story ?? "")),
        unread ? h("span.unread", null, hidden(", есть новые сообщения")) : null,
      ),
    );
  }

  #make() {
    formBox(
      {
        title: "Новый человек",
        submit: "Создать",
        done: async (form) => {
          const language = String(form.get("language_code"));
          const made = await api.newPerson({
            first_name: String(form.get("first_name")).trim(),
            last_name: String(form.get("last_name")).trim() || undefined,
            phone: String(form.get("phone")).replace(/[^\d+]/g, "") || undefined,
            language_code: language || undefined,
          });
          await this.load();
          this.does.choose(made.id);
        },
      },
      h(
        "div.two",
        null,
        field("Имя", h("input", { name: "first_name", required: true, autocomplete: "off" })),
        field("Фамилия", h("input", { name: "last_name", autocomplete: "off" })),
      ),
      field(
        "Телефон",
        h("input", { name: "phone", type: "tel", autocomplete: "off", placeholder: "+79001234567" }),
        "Его отдаст кнопка «Поделиться номером». Номера клиентов страховщика — у людей из списка.",
      ),
      field(
        "Язык Telegram",
        h(
          "select",
          { name: "language_code" },
          h("option", { value: "ru" }, "русский"),
          h("option", { value: "en" }, "английский"),
          h("option", { value: "" }, "не сообщается"),
        ),
      ),
    );
  }
}
