// @ts-check
/** The staff's place on the page: several employees side by side, each in a pane of their own, in one group. */

import { byId, h } from "./dom.js";
import { StaffPane } from "./staff-pane.js";
import { StaffRoom } from "./staff-room.js";
import { attempt, callbackNotice, toast } from "./toasts.js";

const KEY = "harbour.staff";
const MOST = 3;

/** @typedef {{operator: number, topic: import("./staff-room.js").Place | null}} Kept */

export class StaffPanel {
  /** @param {{now: () => Date, unread: (count: number) => void, visit: (user: number) => void}} does */
  constructor(does) {
    this.does = does;
    this.place = byId("panel-staff");
    this.panes = h("div.panes");
    this.more = h("button.plain", { type: "button", onclick: () => this.#add() }, "Ещё сотрудник рядом");
    this.place.append(this.panes, this.more);
    this.room = new StaffRoom();
    this.room.addEventListener("change", (/** @type {any} */ { detail }) => this.#changed(detail.toasts));
    /** @type {StaffPane[]} */
    this.all = [];
    /** @type {{group: number | null, panes: Kept[]}} */
    const { group, panes } = JSON.parse(localStorage.getItem(KEY) ?? '{"group": null, "panes": []}');
    this.room.group = group;
    for (const kept of panes.length ? panes : [{ operator: 0, topic: null }]) this.#pane(kept);
    this.#arranged();
  }

  show() {
    this.refresh();
  }

  /** Something happened in a group. */
  async refresh() {
    await attempt(async () => {
      try {
        await this.room.refresh();
      } catch (error) {
        if (/** @type {any} */ (error).status !== 404 || this.room.group === null) throw error;
        await this.room.move(null); // the remembered group is of another world
      }
    });
  }

  /** @param {{unsee: boolean}} how */
  forget(how) {
    if (how.unsee) this.room.group = null;
    this.room.forget(how);
  }

  /** @param {import("./api.js").Toast[]} toasts */
  #changed(toasts) {
    const { room } = this;
    const lost = this.all.filter((pane) => pane.draw());
    if (lost.length) toast("Тему удалили: её сообщений больше нет.");
    if (lost.length) this.#remember();
    for (const one of toasts) {
      const name = room.operator(one.operator ?? 0)?.first_name ?? "";
      callbackNotice({ ...one, text: one.text && `${name}: ${one.text}` });
    }
    const operator = this.all[0].operator;
    this.does.unread(room.topics.filter((topic) => room.unread(operator, topic)).length);
  }

  #add() {
    const taken = this.all.map((pane) => pane.operator);
    const free = this.room.present().find((one) => !taken.includes(one.id));
    const topic = this.all.at(-1)?.topic ?? null;
    const pane = this.#pane({ operator: free?.id ?? 0, topic });
    this.#arranged();
    pane.element.scrollIntoView({ inline: "end", block: "nearest" });
    this.refresh();
  }

  /** @param {Kept} kept */
  #pane(kept) {
    const pane = new StaffPane(this.room, kept, {
      now: this.does.now,
      visit: this.does.visit,
      moved: () => this.#remember(),
      refresh: () => this.refresh(),
      group: (group) => this.#enter(group),
      close: () => this.#close(pane),
    });
    this.all.push(pane);
    this.panes.append(pane.element);
    return pane;
  }

  /** @param {number} group */
  async #enter(group) {
    for (const pane of this.all) pane.leave();
    await attempt(() => this.room.move(group));
    this.#remember();
    toast(`Группа «${this.room.staff?.title}»`);
  }

  /** @param {StaffPane} pane */
  #close(pane) {
    this.all = this.all.filter((one) => one !== pane);
    pane.element.remove();
    this.#arranged();
    this.all[0].select.focus();
  }

  #arranged() {
    this.place.dataset.panes = String(this.all.length);
    for (const pane of this.all) pane.alone(this.all.length === 1);
    this.more.hidden = this.all.length >= MOST;
    this.#remember();
  }

  #remember() {
    const panes = this.all.map(({ operator, topic }) => ({ operator, topic }));
    localStorage.setItem(KEY, JSON.stringify({ group: this.room.group, panes }));
  }
}
