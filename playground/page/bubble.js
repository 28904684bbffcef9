// @ts-check
/** One message (or one album) as an element. */

import { h, hidden, icon } from "./dom.js";
import { dayLabel, moment, phone, size, time } from "./format.js";
import { plain, rich } from "./rich.js";

/** @typedef {import("./api.js").Message} Message @typedef {import("./api.js").Button} Button */

/** What a message without words is called. */
const KINDS = {
  sticker: "Стикер",
  voice: "Голосовое сообщение",
  video_note: "Видеосообщение",
  video: "Видео",
  animation: "Анимация",
  poll: "Опрос",
  dice: "Кубик",
  venue: "Место",
  forward: "Пересланное сообщение",
  audio: "Аудио",
  service: "Служебное сообщение",
};

const PLAYED = ["voice", "audio", "video", "video_note", "animation", "sticker"];

/** What Telegram itself notes in a group; … is the name or the text it tells. */
const NOTES = {
  forum_topic_created: "Тема «…» создана",
  forum_topic_edited: "Тема изменена: …",
  forum_topic_closed: "Тема закрыта",
  forum_topic_reopened: "Тема снова открыта",
  pinned_message: "Закреплено: «…»",
  new_chat_members: "Теперь в группе: …",
  left_chat_member: "Больше не в группе: …",
  migrate_to_chat_id: "Группа стала супергруппой",
  migrate_from_chat_id: "У группы новый номер",
};

/**
 * @param {import("./chats.js").Item} item
 * @param {Date} now
 * @param {(id: number) => Message | undefined} find for the message that this one answers
 * @param {(message: Message) => HTMLElement} [aside] what stands beside the bubble
 * @returns {HTMLLIElement}
 */
export function bubble(item, now, find, aside) {
  if (item.day) {
    return h("li.day", null, h("time", { datetime: item.day.toISOString() }, dayLabel(item.day, now)));
  }
  const [message] = item.messages;
  if (message.service) return note(message);
  const keyboard = item.messages.find((one) => one.buttons?.length);
  const element = h("li.message", { "data-id": message.message_id, class: item.out ? "out" : "in" });
  if (keyboard) element.classList.add("wide");
  const body = h(
    "div.bubble",
    null,
    hidden(item.out ? "Вы: " : `${author(message)}: `),
    signature(item),
    message.forwarded ? h("p.quote", null, "Переслано") : null,
    message.reply_to && !message.contact ? quote(find(message.reply_to), message.quote) : null,
    content(item),
    meta(item.messages),
  );
  element.append(aside ? h("div.beside", null, body, aside(message)) : body);
  if (keyboard) element.append(buttons(keyboard));
  return element;
}

/** A note of Telegram about the chat. @param {Message} message @returns {HTMLLIElement} */
function note(message) {
  const { what, detail } = message.service ?? { what: "", detail: "" };
  const renamed = what !== "forum_topic_edited" || detail;
  const words = renamed ? (/** @type {Record<string, string>} */ (NOTES)[what] ?? KINDS.service) : "Значок темы изменён";
  return h("li.message.told", { "data-id": message.message_id }, words.replace("…", detail.length > 60 ? `${detail.slice(0, 60)}…` : detail));
}

/** @param {Message} message */
function author(message) {
  return message.from === "bot" ? "Бот" : message.from;
}

/** The name above a message of a living employee. @param {import("./chats.js").Item} item */
function signature(item) {
  const { from } = item.messages[0];
  return item.head && !item.out && from !== "bot" && from !== "user" ? h("p.author", { "aria-hidden": "true" }, from) : null;
}

/** The quoted part of what is being answered, or its beginning. @param {Message | undefined} answered @param {string} [part] */
function quote(answered, part) {
  const words = part || answered?.text || answered?.caption;
  return words ? h("p.quote", null, hidden("В ответ на: "), words) : null;
}

/** @param {import("./chats.js").Item} item @returns {(Node | null)[]} */
function content({ messages }) {
  const photos = messages.filter((one) => one.photo);
  const [message] = messages;
  return [
    photos.length ? gallery(photos) : null,
    ...messages.filter((one) => one.document && !one.animation).map(documentCard),
    ...messages.map(player),
    message.location ? place(message.location, message.venue?.title) : null,
    message.contact ? person(message.contact) : null,
    words(messages.find((one) => one.html || one.text || one.caption) ?? message),
  ];
}

/** The text or the caption; what has neither says what it is. @param {Message} message */
function words(message) {
  const text = message.text || message.caption || "";
  if (message.html || text) return h("div.words", null, message.html ? rich(message.html) : plain(text));
  if (message.photo || message.document || message.location || message.contact || PLAYED.some((kind) => kind in message)) return null;
  const kind = /** @type {Record<string, string>} */ (KINDS)[message.kind ?? ""] ?? "Сообщение без текста";
  return h("div.words.wordless", null, message.poll ? `${kind}: ${message.poll.question}` : kind);
}

/** What can be listened to or watched, and a sticker. @param {Message} message */
function player(message) {
  const { voice, audio, video, video_note: round, animation, sticker } = message;
  const sound = voice ?? audio;
  const name = /** @type {Record<string, string>} */ (KINDS)[message.kind ?? ""];
  if (sound) return h("audio.player", { src: sound.url, controls: true, preload: "none", "aria-label": name });
  if (sticker) return h("img.sticker", { src: sticker.url, alt: name, width: 128, height: 128, loading: "lazy" });
  const moving = video ?? round ?? animation;
  if (!moving) return null;
  const attributes = { src: moving.url, controls: true, preload: "metadata", playsinline: true, "aria-label": name };
  return h("video.player", { ...attributes, class: round ? "round" : "" });
}

/** @param {Message[]} messages */
function gallery(messages) {
  const count = Math.min(messages.length, 6);
  return h(
    "div.gallery",
    { "data-count": count },
    messages.map(({ photo }, index) => {
      const name = messages.length > 1 ? `Фото ${index + 1} из ${messages.length}` : "Фото";
      const picture = h("img", { src: photo?.url, alt: `${name}, открыть в новой вкладке`, loading: "lazy" });
      return h("a", { href: photo?.url, target: "_blank", rel: "noopener" }, picture);
    }),
  );
}

/** @param {Message} message */
function documentCard({ document: file }) {
  const ending = (file?.file_name?.split(".").at(-1) ?? "").slice(0, 4).toUpperCase();
  return h(
    "a.document",
    { href: file?.url, target: "_blank", rel: "noopener" },
    h("span.sheet-icon", { "aria-hidden": "true" }, ending || icon("file")),
    h(
      "span",
      null,
      h("span.document-name", null, file?.file_name ?? "Файл"),
      h("span.document-note", null, [size(file?.size), "открыть"].filter(Boolean).join(" · ")),
    ),
  );
}

/** @param {{latitude: number, longitude: number}} location @param {string} [title] */
function place({ latitude, longitude }, title = "Местоположение") {
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return h("div.card-in", null, icon("place"), h("span", null, h("b", null, title), h("span", null, where)));
}

/** @param {NonNullable<Message["contact"]>} contact */
function person(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ") || "Контакт";
  return h("div.card-in", null, icon("contact"), h("span", null, h("b", null, name), h("span", null, phone(contact.phone_number))));
}

/** Time and the mark of a change. @param {Message[]} messages */
function meta(messages) {
  const last = messages[messages.length - 1];
  const date = moment(last.date);
  const edited = messages.some((one) => one.edited);
  return h(
    "span.meta",
    null,
    last.reactions?.length ? h("span", { title: "Реакция" }, `${last.reactions.join(" ")} `) : null,
    edited ? h("span", null, "изменено ") : null,
    h("time", { datetime: Number.isNaN(+date) ? "" : date.toISOString() }, time(date)),
  );
}

/** @param {Message} message */
function buttons(message) {
  const rows = (message.buttons ?? []).map((row, at) =>
    h("div.keys", { "--columns": row.length }, row.map((button, column) => key(message, button, at, column))),
  );
  return h("div.keyboard", { role: "group", "aria-label": "Кнопки под сообщением" }, rows);
}

/** @param {Message} message @param {Button} button @param {number} row @param {number} column */
function key(message, button, row, column) {
  if (button.url) {
    const host = hostOf(button.url);
    return h(
      "a.key",
      { href: button.url, target: "_blank", rel: "noopener noreferrer", title: host },
      button.text,
      h("span.leaves", { "aria-hidden": "true" }, "↗"),
      hidden(`, откроется ${host}`),
    );
  }
  return h(
    "button.key",
    { type: "button", "data-tap": message.message_id, "data-row": row, "data-col": column },
    button.text,
  );
}

/** @param {string} url */
function hostOf(url) {
  try {
    return new URL(url, location.href).host;
  } catch {
    return url;
  }
}
