// @ts-check
/** Where the keyboard goes when the button under it vanishes: the first button of the bot's new screen, or the message field. */

import { byId } from "./dom.js";

const BOTS = "#empty button, .key, .reply-key, #unblock";

export class Focus {
  constructor() {
    /** @type {HTMLTextAreaElement} */
    this.input = byId("draft");
    /** @type {HTMLElement | null} the bot's button that a keyboard user stood on before the page was redrawn */
    this.on = null;
    /** The message field holds the place until the new screen comes; whoever moves on by hand ends that. */
    this.waiting = false;
    for (const hand of ["keydown", "pointerdown"]) addEventListener(hand, () => (this.waiting = false), true);
  }

  /** @param {() => void} redraw */
  keep(redraw) {
    const at = /** @type {HTMLElement | null} */ (document.activeElement);
    this.on = at?.matches(BOTS) && at.matches(":focus-visible") ? at : null;
    redraw();
    if (this.on ? this.#lost() : this.waiting && at === this.input && !this.input.value) this.#place();
  }

  #lost() {
    const now = document.activeElement;
    return !now || now === document.body || now.id === "log";
  }

  #place() {
    const button = screenButton();
    this.waiting = !button;
    const field = this.input.checkVisibility() ? this.input : byId("unblock");
    (button ?? field).focus({ preventScroll: true });
  }
}

/** The first button under the newest message, or of the keyboard it left; none while the newest is one's own. @returns {HTMLElement | null} */
function screenButton() {
  const newest = [...byId("messages").querySelectorAll(".message:not(.leaving)")].at(-1);
  if (!newest?.classList.contains("in")) return null;
  return newest.querySelector(".key") ?? byId("reply-keyboard").querySelector(".reply-key");
}
