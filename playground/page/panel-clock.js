// @ts-check
/** The time that bot and playground live in, and the way to move it; the whole world can begin anew here too. */

import { api } from "./api.js";
import { confirmBox, withRefusal } from "./dialogs.js";
import { byId, field, h } from "./dom.js";
import { dayKey, dayOfWeek, longDay, plainDate, seconds, time } from "./format.js";
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
    this.dateField = h("input", { name: "date", inputmode: "numeric", autocomplete: "off", placeholder: "дд.мм.гггг", maxlength: 10 });
    this.timeField = h("input", { name: "time", inputmode: "numeric", autocomplete: "off", placeholder: "чч:мм", maxlength: 5 });
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
    const now = this.now();
    this.dateField.value = plainDate(dayKey(now));
    this.timeField.value = time(now);
    for (const control of [this.dateField, this.timeField]) control.removeAttribute("aria-invalid");
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

  /** What the two fields say, as Moscow's moment; the one that makes no sense is focused. Throws for it. */
  #wanted() {
    const { dateField, timeField } = this;
    const day = dateIn(dateField.value);
    const minute = timeIn(timeField.value);
    dateField.setAttribute("aria-invalid", String(!day));
    timeField.setAttribute("aria-invalid", String(!minute));
    if (!day) dateField.focus();
    else if (!minute) timeField.focus();
    if (!day) throw new Error(`Такой даты нет: «${dateField.value}». Напишите день, месяц и год, например 05.12.2026`);
    if (!minute) throw new Error(`Такого времени нет: «${timeField.value}». Напишите часы и минуты, например 09:30`);
    if (!day.startsWith("20")) throw new Error("Часы стенда ходят с 2000 по 2099 год");
    return `${day}T${minute}:00+03:00`;
  }

  /** @param {HTMLElement} place */
  #draw(place) {
    const jumps = JUMPS.map(([advance, label]) =>
      h("button.plain", { type: "button", onclick: () => attempt(() => this.#move({ advance })) }, label),
    );
    const set = h("button.primary", { type: "submit" }, "Перевести");
    const fields = h("div.two", null, field("Дата", this.dateField), field("Время по Москве", this.timeField));
    const form = h("form", { novalidate: true }, fields, h("div.actions", null, set));
    withRefusal(form, set, async () => this.#move({ set: this.#wanted() }));
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

/** `5.12.2026` → `2026-12-05`; nothing for a day that no calendar has. @param {string} text */
function dateIn(text) {
  const parts = /^\s*(\d{1,2})[.,/ -](\d{1,2})[.,/ -](\d{4})\s*$/.exec(text);
  if (!parts) return "";
  const iso = `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(+date) && date.toISOString().startsWith(iso) ? iso : "";
}

/** `9:30` → `09:30`; nothing for an hour that no clock shows. @param {string} text */
function timeIn(text) {
  const parts = /^\s*(\d{1,2})[:. ](\d{2})\s*$/.exec(text);
  if (!parts || Number(parts[1]) > 23 || Number(parts[2]) > 59) return "";
  return `${parts[1].padStart(2, "0")}:${parts[2]}`;
}
