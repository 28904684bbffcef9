// @ts-check
/** What a person sends besides words: pictures, files, places, contacts and the rest. */

import { api } from "./api.js";
import { confirmBox, formBox } from "./dialogs.js";
import { field, h, icon } from "./dom.js";
import { phone, plural, size } from "./format.js";
import { chooseSamples } from "./samples.js";
import { attempt } from "./toasts.js";

/** @typedef {import("./api.js").Person} Person @typedef {(form: FormData) => Promise<unknown>} Upload */

const PLACES = [
  ["Москва, Красная площадь", 55.753544, 37.621211],
  ["МКАД, 34-й километр", 55.578, 37.592],
  ["Санкт-Петербург, Дворцовая площадь", 59.939, 30.3158],
  ["Казань, Кремль", 55.7989, 49.1064],
];

const OTHERS = [
  ["sticker", "Стикер"],
  ["voice", "Голосовое"],
  ["audio", "Аудио"],
  ["video_note", "Видеокружок"],
  ["video", "Видео"],
  ["animation", "Анимация"],
  ["poll", "Опрос"],
  ["dice", "Кубик"],
  ["venue", "Место с названием"],
  ["forward", "Пересланное сообщение"],
];

/**
 * The attach menu's entries.
 *
 * @param {Person} person
 * @returns {(import("./menu.js").Entry | null)[]}
 */
export function attachments(person) {
  const upload = uploads(person);
  return [
    { label: "Фото или альбом", icon: "photo", run: () => pick(upload, false) },
    {
      label: "Готовые снимки",
      icon: "sample",
      hint: "чёткие, размытые, тёмные…",
      run: () => attempt(() => chooseSamples((files) => sendFiles(upload, files))),
    },
    { label: "Файл", icon: "file", run: () => pick(upload, true) },
    { label: "Местоположение", icon: "place", run: () => askPlace((place) => api.act(person.id, "location", place)) },
    { label: "Свой контакт", icon: "contact", hint: phone(person.phone), run: () => sendOwnContact(person) },
    { label: "Чужой контакт", icon: "card", run: () => sendContact(person) },
    null,
    { label: "Ещё…", icon: "other", hint: "стикер, голосовое, видео, опрос", run: () => sendOther(person) },
  ];
}

/** How this person's files go. @param {Person} person @returns {Upload} */
export const uploads = (person) => (form) => api.act(person.id, "photo", form);

/** @param {Upload} upload @param {boolean} asDocument */
export function pick(upload, asDocument) {
  const input = h("input", { type: "file", multiple: true, accept: asDocument ? null : "image/*" });
  input.addEventListener("change", () => sendFiles(upload, [...input.files], asDocument));
  input.click();
}

/**
 * Look at the files once more, add words, send.
 *
 * @param {Upload} upload
 * @param {File[]} files
 * @param {boolean} [asDocument] at first; pictures may be switched
 */
export function sendFiles(upload, files, asDocument = false) {
  if (!files.length) return;
  const pictures = files.every((file) => file.type.startsWith("image/"));
  const urls = files.map((file) => URL.createObjectURL(file));
  const caption = field("Подпись", h("textarea", { name: "caption", rows: 2, maxlength: 1024 }));
  const box = h("input", { type: "checkbox", name: "plain", checked: asDocument || !pictures, disabled: !pictures });
  const { dialog } = formBox(
    {
      title: `Отправить: ${plural(files.length, "файл", "файла", "файлов")}`,
      submit: "Отправить",
      done: (form) => {
        const filled = new FormData();
        for (const file of files) filled.append("file", file, file.name);
        if (box.checked) filled.append("as_document", "1");
        if (form.get("caption")) filled.append("caption", String(form.get("caption")));
        return upload(filled);
      },
    },
    h("ul.previews", null, files.map((file, index) => preview(file, urls[index]))),
    caption,
    h("label.check", null, box, pictures ? "Как файлы, без сжатия" : "Отправятся как файлы"),
  );
  dialog.addEventListener("close", () => urls.forEach((url) => URL.revokeObjectURL(url)));
}

/** @param {File} file @param {string} url */
function preview(file, url) {
  const picture = file.type.startsWith("image/") ? h("img", { src: url, alt: "" }) : icon("file");
  return h("li", null, picture, h("span", null, file.name), h("small", null, size(file.size)));
}

/** Choose a point. @param {(place: {latitude: number, longitude: number}) => Promise<unknown>} send */
export function askPlace(send) {
  const latitude = h("input", { name: "latitude", inputmode: "decimal", required: true, value: PLACES[0][1] });
  const longitude = h("input", { name: "longitude", inputmode: "decimal", required: true, value: PLACES[0][2] });
  const known = h("select", null, PLACES.map(([name], index) => h("option", { value: index }, name)));
  known.addEventListener("change", () => {
    [, latitude.value, longitude.value] = PLACES[Number(known.value)].map(String);
  });
  formBox(
    {
      title: "Местоположение",
      submit: "Отправить",
      done: async (form) => send({ latitude: degrees(form.get("latitude")), longitude: degrees(form.get("longitude")) }),
    },
    field("Откуда", known),
    h("div.two", null, field("Широта", latitude), field("Долгота", longitude)),
  );
}

/** @param {FormDataEntryValue | null} value */
function degrees(value) {
  const number = Number(String(value).replace(",", "."));
  if (Number.isNaN(number) || Math.abs(number) > 180) throw new Error("Координаты — это числа, например 55.75354");
  return number;
}

/** @param {Person} person */
async function sendOwnContact(person) {
  const text = `Бот получит имя и номер ${phone(person.phone)}.`;
  const sure = await confirmBox({ title: "Отправить свой контакт?", text, yes: "Отправить" });
  if (sure) await attempt(() => api.act(person.id, "contact", { own: true }));
}

/** @param {Person} person */
function sendContact(person) {
  formBox(
    {
      title: "Чужой контакт",
      submit: "Отправить",
      done: (form) => {
        const body = { own: false, phone: String(form.get("phone")).trim(), first_name: String(form.get("first_name")).trim() };
        const user = Number(form.get("user_id"));
        return api.act(person.id, "contact", user ? { ...body, user_id: user } : body);
      },
    },
    field("Имя", h("input", { name: "first_name", required: true, autocomplete: "off" })),
    field("Телефон", h("input", { name: "phone", type: "tel", required: true, autocomplete: "off", placeholder: "+7 903 123-45-67" })),
    field(
      "Номер в Telegram",
      h("input", { name: "user_id", inputmode: "numeric", pattern: "[0-9]*", autocomplete: "off" }),
      "Можно не заполнять: у карточки из записной книжки его нет.",
    ),
  );
}

/** @param {Person} person */
function sendOther(person) {
  const { dialog } = formBox(
    { title: "Отправить другое", submit: "Отправить", done: (form) => api.act(person.id, "send", { kind: form.get("kind") }) },
    h("p.hint", null, "Так проверяют, что бот не молчит на неожиданное."),
    h(
      "fieldset.choices",
      null,
      h("legend.hidden-text", null, "Что отправить"),
      OTHERS.map(([kind, name], index) =>
        h("label.choice", null, h("input", { type: "radio", name: "kind", value: kind, checked: index === 0 }), h("span", null, name)),
      ),
    ),
  );
  dialog.querySelector("input")?.focus();
}
