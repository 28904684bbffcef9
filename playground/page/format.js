// @ts-check
/** How dates, phones and sizes look. The playground's people live by Moscow time, whatever the reader's machine says. */

const ZONE = "Europe/Moscow";
const clockTime = new Intl.DateTimeFormat("ru-RU", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
const fullTime = new Intl.DateTimeFormat("ru-RU", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZone: ZONE,
});
const dayWords = new Intl.DateTimeFormat("ru-RU", { day: "numeric", month: "long", timeZone: ZONE });
const dayYear = new Intl.DateTimeFormat("ru-RU", { day: "numeric", month: "long", year: "numeric", timeZone: ZONE });
const weekday = new Intl.DateTimeFormat("ru-RU", { weekday: "long", timeZone: ZONE });
const isoDay = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: ZONE });

/**
 * A moment as the server says it: Telegram's unix seconds, or ISO 8601.
 *
 * @param {number | string | Date | null | undefined} value
 * @returns {Date}
 */
export function moment(value) {
  if (value instanceof Date) return value;
  if (typeof value === "number") return new Date(value * 1000);
  return new Date(value ?? Number.NaN);
}

/** `14:05` @param {Date} date */
export const time = (date) => (Number.isNaN(+date) ? "" : clockTime.format(date));

/** `14:05:09` @param {Date} date */
export const seconds = (date) => (Number.isNaN(+date) ? "" : fullTime.format(date));

/** `2026-11-21`, the Moscow day @param {Date} date */
export const dayKey = (date) => (Number.isNaN(+date) ? "" : isoDay.format(date));

/** `суббота` @param {Date} date */
export const dayOfWeek = (date) => weekday.format(date);

/** `21 ноября 2026` @param {Date} date */
export const longDay = (date) => dayYear.format(date).replace(" г.", "");

/**
 * `Сегодня`, `Вчера`, `21 ноября`, with the year when it is another one.
 *
 * @param {Date} date
 * @param {Date} now
 */
export function dayLabel(date, now) {
  const key = dayKey(date);
  if (key === dayKey(now)) return "Сегодня";
  if (key === dayKey(new Date(+now - 86_400_000))) return "Вчера";
  return key.slice(0, 4) === dayKey(now).slice(0, 4) ? dayWords.format(date) : longDay(date);
}

/** `сегодня, 14:05` for lists. @param {Date} date @param {Date} now */
export function dayTime(date, now) {
  if (Number.isNaN(+date)) return "";
  return `${dayLabel(date, now).toLowerCase()}, ${time(date)}`;
}

/** `2026-11-21` → `21.11.2026` @param {string | null | undefined} iso */
export function plainDate(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  return parts ? `${parts[3]}.${parts[2]}.${parts[1]}` : "";
}

/** `+7 903 123-45-67`; what is not a Russian number stays as it is. @param {string | null | undefined} value */
export function phone(value) {
  const parts = /^\+?7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(value ?? "");
  return parts ? `+7 ${parts[1]} ${parts[2]}-${parts[3]}-${parts[4]}` : (value ?? "");
}

/** `12,4 КБ` @param {number | null | undefined} bytes */
export function size(bytes) {
  if (!bytes) return "";
  const units = ["Б", "КБ", "МБ"];
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${amount.toLocaleString("ru-RU", { maximumFractionDigits: unit ? 1 : 0 })} ${units[unit]}`;
}

/** The Russian plural: `plural(2, "день", "дня", "дней")` → `2 дня`. @param {number} n @param {string[]} forms */
export function plural(n, ...forms) {
  const form = ["one", "few", "many"].indexOf(new Intl.PluralRules("ru").select(n));
  return `${n} ${forms.at(form)}`;
}

/** First letters of a name, for the round picture. @param {string} name */
export function initials(name) {
  return name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");
}

/** The one-time code in a text: 4 to 8 digits, maybe in two groups; no part of a date, a sum or a phone. @param {string} text */
export function codeIn(text) {
  const found = /(?<![\d+.,])(\d{3}[ -]\d{3}|\d{4,8})(?!\d|[.,-]\d)/.exec(text);
  return found ? found[1].replace(/\D/g, "") : "";
}
