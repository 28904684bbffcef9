// @ts-check
/** Modal questions and forms on the browser's own <dialog>: focus, Escape and the backdrop come with it. */

import { freshId, h } from "./dom.js";

/**
 * Show a dialog; it leaves the page when closed, and focus returns to where it was.
 *
 * @param {{title: string, role?: string, wide?: boolean}} what
 * @param {...import("./dom.js").Child} children
 * @returns {HTMLDialogElement}
 */
export function modal({ title, role, wide }, ...children) {
  const heading = h("h2", { id: freshId("title") }, title);
  const dialog = h("dialog.modal", { "aria-labelledby": heading.id, role, class: wide ? "roomy" : "" }, heading, ...children);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (/** @type {Event} */ event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** What `answerCallbackQuery(show_alert)` looks like. @param {string} text */
export function alertBox(text) {
  const body = h("p.alert-text", { id: freshId("text") }, text);
  const dialog = modal(
    { title: "Тихая гавань", role: "alertdialog" },
    body,
    h("div.actions", null, h("button.primary", { type: "button", autofocus: true, onclick: () => dialog.close() }, "Понятно")),
  );
  dialog.setAttribute("aria-describedby", body.id);
}

/**
 * A question with two answers.
 *
 * @param {{title: string, text: string, yes: string, danger?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function confirmBox({ title, text, yes, danger }) {
  return new Promise((answer) => {
    const sure = h("button", { type: "button", class: danger ? "danger" : "primary" }, yes);
    const no = h("button.plain", { type: "button", autofocus: true }, "Отмена");
    const dialog = modal({ title, role: "alertdialog" }, h("p", null, text), h("div.actions", null, no, sure));
    no.addEventListener("click", () => dialog.close());
    sure.addEventListener("click", () => dialog.close("yes"));
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"));
  });
}

/**
 * A form that stays open with the server's words while it is refused.
 *
 * @param {{title: string, wide?: boolean, submit: string, done: (form: FormData) => Promise<unknown>}} form
 * @param {...import("./dom.js").Child} fields
 */
export function formBox({ title, wide, submit, done }, ...fields) {
  const send = h("button.primary", { type: "submit" }, submit);
  const cancel = h("button.plain", { type: "button", onclick: () => dialog.close() }, "Отмена");
  const form = h("form", null, ...fields, h("div.actions", null, cancel, send));
  const dialog = modal({ title, wide }, form);
  withRefusal(form, send, async () => {
    await done(new FormData(form));
    dialog.close();
  });
  return { dialog, form, send };
}

/**
 * Run `work` on submit: the button is busy meanwhile, a refusal is read out under the form.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 * @param {() => Promise<unknown>} work
 */
export function withRefusal(form, button, work) {
  const note = h("p.refusal", { role: "alert" });
  form.append(note);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.classList.contains("busy")) return;
    note.textContent = "";
    button.classList.add("busy");
    try {
      await work();
    } catch (error) {
      note.textContent = refusal(error);
    } finally {
      button.classList.remove("busy");
    }
  });
}

/** What went wrong and what to do, in one line. @param {any} error */
export function refusal(error) {
  return [error?.message, error?.hint].filter(Boolean).join(". ") || "Не получилось";
}
