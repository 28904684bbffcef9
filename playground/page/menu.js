// @ts-check
/** A button that opens a menu: arrows walk it, Escape and a click elsewhere close it. */

import { freshId, h, icon } from "./dom.js";

/**
 * @typedef {{label: string, icon?: keyof typeof import("./icons.js").PATHS, run: () => void, hint?: string}} Entry
 * @param {HTMLButtonElement} button
 * @param {() => (Entry | null)[]} entries asked anew at every opening
 * @param {{above?: boolean}} [how]
 */
export function menu(button, entries, how = {}) {
  const list = h("div.menu", { role: "menu", id: freshId("menu"), hidden: true, class: how.above ? "above" : "below" });
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", list.id);
  button.after(list);
  list.setAttribute("aria-label", button.getAttribute("aria-label") ?? button.textContent ?? "");

  const close = (/** @type {boolean} */ back) => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  };
  const open = () => {
    list.replaceChildren(...entries().map((entry) => (entry ? item(entry) : h("div.rule", { role: "separator" }))));
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    list.querySelector("button")?.focus();
  };
  const item = (/** @type {Entry} */ entry) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        onclick: () => {
          close(true);
          entry.run();
        },
      },
      entry.icon ? icon(entry.icon) : null,
      h("span", null, entry.label, entry.hint ? h("small", null, entry.hint) : null),
    );

  button.addEventListener("click", () => (list.hidden ? open() : close(true)));
  button.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    open();
  });
  list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => walk(list, event, close));
  list.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (next && next !== button && !list.contains(next)) close(false);
  });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!list.hidden && !list.contains(target) && !button.contains(target)) close(false);
  });
}

/** @param {HTMLElement} list @param {KeyboardEvent} event @param {(back: boolean) => void} close */
function walk(list, event, close) {
  const items = [...list.querySelectorAll("button")];
  const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items[to % items.length].focus();
  else if (event.key === "Escape") close(true);
  else if (event.key === "Tab") close(false);
  else return;
  if (event.key !== "Tab") {
    event.preventDefault();
    event.stopPropagation();
  }
}
