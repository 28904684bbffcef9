// @ts-check
/** Suggestions while a command is being typed: a listbox driven from the message field. */

import { h } from "./dom.js";

const COMMANDS = [
  ["/start", "Начать разговор"],
  ["/menu", "Главное меню"],
  ["/help", "Что умеет бот"],
  ["/cancel", "Прервать начатое"],
  ["/support", "Позвать человека"],
  ["/language", "Язык · Language"],
];

export class Commands {
  /**
   * @param {HTMLTextAreaElement} input
   * @param {HTMLElement} list the listbox above it
   * @param {(command: string) => void} choose
   */
  constructor(input, list, choose) {
    this.input = input;
    this.list = list;
    this.choose = choose;
    this.at = 0;
    /** @type {string[][]} */
    this.shown = [];
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.addEventListener("input", () => this.update());
    input.addEventListener("blur", () => this.close());
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.close();
  }

  /** Show what the typed beginning may become. */
  update() {
    const typed = this.input.value.toLowerCase();
    this.shown = typed.startsWith("/") ? COMMANDS.filter(([name]) => name.startsWith(typed) && name !== typed) : [];
    this.at = 0;
    this.#draw();
  }

  close() {
    this.shown = [];
    this.#draw();
  }

  /** Whether the key was for the list. @param {KeyboardEvent} event */
  key(event) {
    if (!this.shown.length) return false;
    const { length } = this.shown;
    if (event.key === "ArrowDown") this.at = (this.at + 1) % length;
    else if (event.key === "ArrowUp") this.at = (this.at - 1 + length) % length;
    else if (event.key === "Enter") this.#take(this.at);
    else if (event.key === "Tab") this.input.value = this.shown[this.at][0];
    else if (event.key !== "Escape") return false;
    if (event.key === "Tab" || event.key === "Escape") this.close();
    else this.#draw();
    event.preventDefault();
    return true;
  }

  /** @param {number} index */
  #take(index) {
    const [name] = this.shown[index];
    this.close();
    this.choose(name);
  }

  #draw() {
    this.list.hidden = !this.shown.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.list.replaceChildren(...this.shown.map((command, index) => this.#option(command, index)));
    if (this.list.hidden) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `command-${this.at}`);
  }

  /** @param {string[]} command @param {number} index */
  #option([name, meaning], index) {
    return h(
      "div.option",
      {
        id: `command-${index}`,
        role: "option",
        "aria-selected": String(index === this.at),
        onclick: () => this.#take(index),
      },
      h("b", null, name),
      h("span", null, meaning),
    );
  }
}
