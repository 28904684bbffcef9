// @ts-check
/** The tools' tabs: one tab stop, arrows move along, the chosen panel is told when it comes into view. */

import { byId } from "./dom.js";

/**
 * @typedef {{show?: () => void}} Panel
 */
export class Tabs {
  /** @param {Record<string, Panel>} panels by the tab's name @param {(name: string) => void} chosen */
  constructor(panels, chosen) {
    this.panels = panels;
    this.chosen = chosen;
    this.current = "";
    /** @type {HTMLButtonElement[]} */
    this.tabs = [...byId("tabs").querySelectorAll("[role=tab]")];
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.choose(tab.dataset.tab ?? ""));
      tab.addEventListener("keydown", (event) => this.#key(event));
    }
  }

  /** @param {string} name */
  choose(name) {
    const known = name in this.panels ? name : "mail";
    this.current = known;
    for (const tab of this.tabs) {
      const mine = tab.dataset.tab === known;
      tab.setAttribute("aria-selected", String(mine));
      tab.tabIndex = mine ? 0 : -1;
      byId(tab.getAttribute("aria-controls") ?? "").hidden = !mine;
    }
    this.panels[known].show?.();
    this.chosen(known);
  }

  /** A small number on a tab; none for zero. @param {string} name @param {number} count @param {string} meaning */
  badge(name, count, meaning) {
    const mark = byId(`badge-${name}`);
    mark.textContent = count ? String(count) : "";
    mark.setAttribute("aria-label", count ? `${count} ${meaning}` : "");
    mark.hidden = !count;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.tabs.indexOf(/** @type {HTMLButtonElement} */ (event.currentTarget));
    const { length } = this.tabs;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = this.tabs[(to + length) % length];
    tab.focus();
    this.choose(tab.dataset.tab ?? "");
  }
}
