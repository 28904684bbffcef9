// @ts-check
/** Building blocks of the page: elements without innerHTML, icons, small helpers. */

import { PATHS } from "./icons.js";

/** @typedef {Node | string | number | null | undefined | false} Leaf @typedef {Leaf | Leaf[] | Leaf[][]} Child */

/**
 * Build an element. `name` may carry classes: `h("p.note.quiet", {id: "x"}, "text")`.
 * Attributes: functions under `on…` become listeners, `--x` a custom property, `true` a bare attribute, `null`/`false` none.
 *
 * @param {string} name
 * @param {Record<string, any> | null} [attributes]
 * @param {...Child} children
 * @returns {any} an HTMLElement; `any` spares a cast at each of the page's many calls
 */
export function h(name, attributes, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (key.startsWith("--")) element.style.setProperty(key, value);
    else if (key === "class") element.classList.add(...String(value).split(" ").filter(Boolean));
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** @param {Element} parent @param {readonly Child[]} children */
function append(parent, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child);
    else if (child !== null && child !== undefined && child !== false) parent.append(/** @type {any} */ (child));
  }
}

/**
 * A line icon that follows the text's colour; always decorative, its button carries the name.
 *
 * @param {keyof typeof PATHS} name
 */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** The element with this id; the page's own markup guarantees it. @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}

/** Text that only a screen reader meets. @param {string} text */
export function hidden(text) {
  return h("span.hidden-text", null, text);
}

/** Whether the reader asked for less movement. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Call `work` once things have been quiet for `ms`.
 *
 * @param {() => void} work
 * @param {number} ms
 */
export function debounce(work, ms) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
}

let ids = 0;

/** A fresh id to tie a label or a description to its field. @param {string} stem */
export function freshId(stem) {
  ids += 1;
  return `${stem}-${ids}`;
}

/**
 * A labelled field: the label wraps nothing, so long texts stay apart from the control.
 *
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [hint]
 */
export function field(label, control, hint) {
  control.id ||= freshId("field");
  const note = hint ? h("p.hint", { id: `${control.id}-hint` }, hint) : null;
  if (note) control.setAttribute("aria-describedby", note.id);
  return h("div.field", null, h("label", { for: control.id }, label), control, note);
}
