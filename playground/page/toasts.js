// @ts-check
/** Short notices over the chat: read out politely, gone by themselves, kept while the pointer rests on them. */

import { byId, calm, h } from "./dom.js";
import { alertBox, refusal } from "./dialogs.js";

const LASTS_MS = 5000;

/** @param {string} text @param {"note" | "bad"} [tone] */
export function toast(text, tone = "note") {
  const element = h("div.toast", { class: tone, role: tone === "bad" ? "alert" : null }, text);
  // an open sheet makes the page behind it silent: the notice goes where the reader is
  (document.querySelector("dialog[open] .toasts") ?? byId("toasts")).append(element);
  let timer = 0;
  const leave = async () => {
    if (!calm()) await element.animate([{ opacity: 1 }, { opacity: 0 }], 200).finished;
    element.remove();
  };
  const wait = () => {
    timer = setTimeout(leave, LASTS_MS + text.length * 30);
  };
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("pointerleave", wait);
  element.addEventListener("click", leave);
  wait();
}

/** What the bot said to a tap. @param {import("./api.js").Toast} notice */
export function callbackNotice(notice) {
  if (!notice.text) return;
  if (notice.alert) alertBox(notice.text);
  else toast(notice.text);
}

/** Do it, and say aloud if it was refused. @param {() => Promise<unknown>} work */
export async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    toast(refusal(error), "bad");
    return false;
  }
}
