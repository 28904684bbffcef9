// @ts-check
/** A message's HTML as safe nodes: only Telegram's entity tags pass, everything else becomes its text. */

import { h, hidden } from "./dom.js";

const PLAIN = new Set(["B", "STRONG", "I", "EM", "U", "INS", "S", "DEL", "CODE", "PRE", "BLOCKQUOTE"]);
const SAFE_LINK = /^(https?:|mailto:|tel:|\/)/i;
const LIVE_WORDS = /(?<![\w/@:.])(\/[a-z][a-z0-9_]{1,31})\b|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)»])/gi;
/** Hours, from and to, and telephones: they are read as one word. */
const WHOLE = /(\d{1,2}:\d{2}\s?[–-]\s?\d{1,2}:\d{2}|\+7 \d{3} \d{3}-\d{2}-\d{2})/;

/**
 * @param {string} html escaped by the server already; walked again here, never assigned
 * @returns {DocumentFragment}
 */
export function rich(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const target = document.createDocumentFragment();
  for (const node of parsed.body.childNodes) copy(node, target, false);
  return target;
}

/** The same for a text without markup. @param {string} text */
export function plain(text) {
  const target = document.createDocumentFragment();
  words(text, target);
  return target;
}

/** @param {Node} node @param {Node} target @param {boolean} verbatim inside code or a link: words stay words */
function copy(node, target, verbatim) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (verbatim) target.appendChild(document.createTextNode(node.nodeValue ?? ""));
    else words(node.nodeValue ?? "", target);
    return;
  }
  if (!(node instanceof Element) || node.nodeName === "SCRIPT" || node.nodeName === "STYLE") return;
  if (node.nodeName === "BR") {
    target.appendChild(document.createElement("br"));
    return;
  }
  const element = twin(node);
  const inside = verbatim || ["A", "CODE", "PRE"].includes(node.nodeName);
  for (const child of node.childNodes) copy(child, element ?? target, inside);
  if (element) target.appendChild(element);
}

/** The allowed element that stands for `node`, or null: then only its content stays. @param {Element} node */
function twin(node) {
  if (node.nodeName === "BLOCKQUOTE" && node.classList.contains("expandable")) return folded();
  if (PLAIN.has(node.nodeName)) return document.createElement(node.nodeName.toLowerCase());
  if (node.nodeName === "A") {
    const href = node.getAttribute("href") ?? "";
    return SAFE_LINK.test(href) ? link(href) : null;
  }
  if (node.nodeName === "TG-SPOILER" || node.classList.contains("tg-spoiler")) return spoiler();
  return null;
}

/** @param {string} href @param {string} [text] */
function link(href, text) {
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** A long quotation, shown in three lines until it is opened. */
function folded() {
  const turn = (/** @type {any} */ event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    quote.setAttribute("aria-expanded", String(quote.classList.toggle("open")));
  };
  const quote = h("blockquote.folded", {
    role: "button",
    tabindex: "0",
    "aria-expanded": "false",
    title: "Нажмите, чтобы развернуть или свернуть",
    onclick: turn,
    onkeydown: turn,
  });
  return quote;
}

function spoiler() {
  const reveal = (/** @type {any} */ event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    mark.classList.add("open");
    mark.removeAttribute("role");
    mark.removeAttribute("tabindex");
    mark.removeAttribute("title");
  };
  const mark = h("span.spoiler", {
    role: "button",
    tabindex: "0",
    title: "Скрытый текст: нажмите, чтобы увидеть",
    onclick: reveal,
    onkeydown: reveal,
  });
  mark.append(hidden("Скрытый текст: "));
  return mark;
}

/** Text with commands and bare addresses made live, as a messenger does. @param {string} text @param {Node} target */
function words(text, target) {
  let done = 0;
  for (const match of text.matchAll(LIVE_WORDS)) {
    const at = match.index;
    unbroken(text.slice(done, at), target);
    const [word] = match;
    target.appendChild(word.startsWith("/") ? h("button.command", { type: "button", "data-command": word }, word) : link(word, word));
    done = at + word.length;
  }
  unbroken(text.slice(done), target);
}

/** Text whose hours and telephones stay on one line. @param {string} text @param {Node} target */
function unbroken(text, target) {
  for (const [at, part] of text.split(WHOLE).entries()) target.appendChild(at % 2 ? h("span.whole", null, part) : document.createTextNode(part));
}
