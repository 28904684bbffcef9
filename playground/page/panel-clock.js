// @ts-check
/** The time that bot and playground live in, and the way to move it; the whole world can begin anew here too. */

import { api } from "./api.js";
import { confirmBox, withRefusal } from "./dialogs.js";
import { byId, field, h } from "./dom.js";
import { dayOfWeek, localInput, longDay, seconds } from "./format.js";
import { attempt } from "./toasts.js";

const JUMPS = [
  ["PT1H", "+1 час"],
  ["P1D", "+1 день"],
  ["P7D", "+7 дней"],
];

export class ClockPanel {
  /** @param {{moved: () => void, reset: () => Promise<void>}} does */
  constructor(does) {
    this.does = does;
    this.offset = 0;
    this.time = h("p.big-time", { role: "timer", "aria-live": "off" });
    this.day = h("p.big-day");
    this.note = h("p.hint", { role: "status" });
    this.moment = h("input", { type: "datetime-local", name: "moment", required: true });
    this.#draw(byId("panel-clock"));
    setInterval(() => this.#tick(), 1000);
  }

  /** Now, as this world sees it. */
  now() {
    return new Date(Date.now() + this.offset);
  }

  /** A new offset is told to those who show dates. */
  async refresh() {
    await attempt(async () => this.#take(await api.clock()));
  }

  show() {
    this.moment.value = localInput(this.now());
  }

  /** @param {import("./api.js").ClockNow} clock */
  #take(clock) {
    const before = this.offset;
    this.offset = new Date(clock.now).getTime() - Date.now();
    this.#tick();
    const ahead = Math.abs(this.offset) > 60_000;
    this.note.textContent = ahead ? "Часы стенда переведены." : "Часы стенда идут как настоящие.";
    if (Math.abs(this.offset - before) > 2000) this.does.moved();
  }

  #tick() {
    const now = this.now();
    this.time.textContent = seconds(now);
    this.day.textContent = `${dayOfWeek(now)}, ${longDay(now)}, по Москве`;
  }

  /** @param {{advance: string} | {set: string}} move */
  async #move(move) {
    this.#take(await api.moveClock(move));
    this.show();
  }

  /** @param {HTMLElement} place */
  #draw(place) {
    const jumps = JUMPS.map(([advance, label]) =>
      h("button.plain", { type: "button", onclick: () => attempt(() => this.#move({ advance })) }, label),
    );
    const set = h("button.primary", { type: "submit" }, "Перевести");
    const form = h("form", null, field("Дата и время по Москве", this.moment), h("div.actions", null, set));
    withRefusal(form, set, () => this.#move({ set: `${this.moment.value}:00+03:00` }));
    place.append(
      h("h3", null, "Сейчас"),
      this.time,
      this.day,
      this.note,
      h("h3", null, "Вперёд"),
      h("div.jumps", null, jumps),
      h("p.hint", null, "Напоминания и сроки наступают сразу: бот живёт по этим часам."),
      h("h3", null, "На любую дату"),
      form,
      h("button.quiet", { type: "button", onclick: () => attempt(() => this.#move({ set: new Date().toISOString() })) }, "Вернуть настоящее время"),
      h("h3", null, "Весь мир"),
      h("p.hint", null, "Переписка, письма и полисы станут такими, как при первом запуске."),
      h("button.quiet.bad", { type: "button", onclick: () => this.#reset() }, "Начать заново"),
    );
  }

  async #reset() {
    const text = "Вся переписка, SMS, письма и изменения полисов исчезнут. Люди и полисы вернутся к началу.";
    if (await confirmBox({ title: "Начать мир заново?", text, yes: "Начать заново", danger: true })) await attempt(this.does.reset);
  }
}
