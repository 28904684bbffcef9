// @ts-check
/** What the bot asked of Telegram, refusals in red: the log a developer looks at first. */

import { api } from "./api.js";
import { byId, h } from "./dom.js";
import { moment, seconds } from "./format.js";
import { oneAtATime } from "./live.js";
import { attempt } from "./toasts.js";

const KEPT = 300;
const QUIET = new Set(["getupdates", "getme"]);

export class CallsPanel {
  /** @param {() => boolean} inView */
  constructor(inView) {
    /** The log is read only while somebody looks: a polling bot calls often. */
    this.refresh = oneAtATime(async () => inView() && attempt(() => this.#read()));
    this.cursor = 0;
    /** @type {any[]} newest last */
    this.calls = [];
    this.errors = h("input", { type: "checkbox" });
    this.errors.addEventListener("change", () => this.#draw());
    this.list = h("ul.calls");
    byId("panel-calls").append(
      h("h3", null, "Bot API"),
      h("label.check", null, this.errors, "Только ошибки"),
      this.list,
    );
  }

  show() {
    this.refresh();
  }

  /** Forget all: a fresh world numbers its calls anew. */
  forget() {
    this.cursor = 0;
    this.calls = [];
    this.#draw();
  }

  async #read() {
    const { cursor, calls } = await api.calls(this.cursor);
    if (cursor < this.cursor) this.calls = [];
    this.cursor = cursor;
    const shown = calls.filter((/** @type {any} */ one) => !one.ok || !QUIET.has(one.method.toLowerCase()));
    this.calls = [...this.calls, ...shown].slice(-KEPT);
    if (shown.length || !this.list.firstChild) this.#draw();
  }

  #draw() {
    const open = new Set([...this.list.querySelectorAll("details[open]")].map((one) => /** @type {HTMLElement} */ (one).dataset.key));
    const shown = this.calls.filter((one) => !this.errors.checked || !one.ok).reverse();
    this.list.replaceChildren(...shown.map((one) => row(one, open)));
    if (!shown.length) this.list.append(h("li.nothing", null, this.errors.checked ? "Ошибок нет." : "Вызовов ещё не было."));
  }
}

/** @param {any} call @param {Set<string | undefined>} open */
function row(call, open) {
  const details = h(
    "details",
    { "data-key": call.seq },
    h(
      "summary",
      null,
      h("span.call-method", null, call.method),
      h("span.call-code", null, call.ok ? `${Math.round(call.ms)} мс` : String(call.error_code)),
      h("time", null, seconds(moment(call.date))),
    ),
    h("pre", { tabindex: "0", "aria-label": "Параметры вызова" }, JSON.stringify(call.params, unfolded, 2)),
  );
  details.open = open.has(details.dataset.key);
  return h("li", { class: call.ok ? "" : "bad" }, details, call.ok ? null : h("p.call-error", null, call.description));
}

/** Keyboards and entities travel as JSON inside a string: they are read better opened. @param {string} _name @param {any} value */
function unfolded(_name, value) {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
