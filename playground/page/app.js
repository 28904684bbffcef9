// @ts-check
/** The page's wiring: who is chosen, what changed, which part reads it again. */

import { api } from "./api.js";
import { ChatView, stranger, welcome } from "./chat.js";
import { Chat, Chats } from "./chats.js";
import { Composer } from "./composer.js";
import { confirmBox } from "./dialogs.js";
import { byId } from "./dom.js";
import { Focus } from "./focus.js";
import { gather, listen } from "./live.js";
import { menu } from "./menu.js";
import { CallsPanel } from "./panel-calls.js";
import { ClockPanel } from "./panel-clock.js";
import { DeskPanel } from "./panel-desk.js";
import { FaultsPanel } from "./panel-faults.js";
import { MailPanel } from "./panel-mail.js";
import { PaymentsPanel } from "./panel-payments.js";
import { fullName, People } from "./people.js";
import { sheet } from "./sheets.js";
import { StaffPanel } from "./staff.js";
import { Tabs } from "./tabs.js";
import { attempt, callbackNotice, toast } from "./toasts.js";
import { chosen, remember } from "./where.js";

const ACTIONS = {
  typing: "печатает…",
  upload_photo: "отправляет фото…",
  upload_document: "отправляет файл…",
  upload_video: "отправляет видео…",
  record_voice: "записывает голосовое…",
  find_location: "ищет место…",
  choose_sticker: "выбирает стикер…",
};

/** @type {number | undefined} */
let current = chosen().user;
let online = true;
/** What a link into the bot carries, until it is said. @type {string | null} */
let start = new URLSearchParams(location.search).get("start");

const soon = gather(30);
const later = gather(400);
const chats = new Chats();
const focus = new Focus();
const person = () => people.find(current);
const chat = () => chats.of(current ?? 0);

const people = new People({ choose: (user) => choose(user, true), unread: (user) => chats.unread(user) });
const view = new ChatView({
  tap: async (message_id, row, col) => {
    await attempt(async () => {
      const done = await api.act(current ?? 0, "tap", { message_id, row, col });
      if (done.copied) await navigator.clipboard.writeText(done.copied);
      if (done.copied) toast("Скопировано");
    });
  },
  command: (text) => composer.say(text),
  empty: () => (current ? welcome(/** @type {any} */ (person()), () => composer.say("/start")) : stranger(chosen().asked ?? "", people.rows())),
  now: () => clock.now(),
  seen: () => look(),
});
const composer = new Composer({
  sent: () => view.toBottom(false),
  unblock: () => setBlocked(false),
  own: () => chat().ownLast(),
});
const mail = new MailPanel({
  person,
  now: () => clock.now(),
  insert: (code) => {
    toolsSheet.close();
    composer.insert(code);
  },
  fresh: (code) => composer.offerCode(code, "SMS пришла, код"),
});
const clock = new ClockPanel({
  moved: () => {
    view.update();
    mail.draw();
  },
  reset: async () => {
    toast("Начинаю заново, бот перезапускается…");
    await api.reset();
    chats.forget({ unsee: true });
    staff.forget({ unsee: true });
    calls.forget();
    await everything();
  },
});
const desk = new DeskPanel({ now: () => clock.now(), person, waiting: (count) => tabs.badge("desk", count, "ждут ответа") });
const payments = new PaymentsPanel({ now: () => clock.now(), waiting: (count) => tabs.badge("payments", count, "ждут оплаты") });
const staff = new StaffPanel({
  now: () => clock.now(),
  unread: (count) => tabs.badge("staff", count, "ждут сотрудника"),
  visit: (user) => {
    toolsSheet.close();
    choose(user, true);
  },
});
const faults = new FaultsPanel((count) => tabs.badge("faults", count, "впереди"));
const calls = new CallsPanel(() => !byId("panel-calls").hidden);
const tabs = new Tabs({ mail: {}, desk: {}, staff, payments, clock, faults, calls }, (tab) => remember({ user: current, tab }));

const peopleSheet = sheet({ panel: "people", home: "rail", sheet: "people-sheet", opener: "open-people", wide: "(min-width: 75em)" });
const toolsSheet = sheet({ panel: "tools", home: "side", sheet: "tools-sheet", opener: "open-tools", wide: "(min-width: 55em)" });

menu(byId("chat-menu"), () => [
  { label: "Изменить последнее своё сообщение", icon: "edit", run: () => composer.edit() },
  chat().blocked
    ? { label: "Разблокировать бота", icon: "check", run: () => setBlocked(false) }
    : { label: "Заблокировать бота", icon: "block", run: () => setBlocked(true) },
]);

/** Become another person. @param {number} user @param {boolean} byHand */
function choose(user, byHand) {
  if (byHand) peopleSheet.close();
  if (user === current && byHand) return composer.input.focus({ preventScroll: true });
  current = user;
  setSomebody(true);
  remember({ user, tab: tabs.current });
  people.draw(user);
  const who = /** @type {import("./api.js").Person} */ (person());
  byId("who").textContent = `вы — ${fullName(who)}`;
  composer.show(who);
  view.resetEmpty();
  view.show(chat());
  follow();
  mail.change();
  desk.refresh();
  if (byHand && matchMedia("(pointer: fine)").matches) composer.input.focus({ preventScroll: true });
  return chats.refresh(user);
}

/** The address asks for a person who is not there: nobody is chosen until the reader does it. */
function nobody() {
  current = undefined;
  setSomebody(false);
  people.draw(undefined);
  byId("who").textContent = "никто не выбран";
  view.resetEmpty();
  view.show(Object.assign(new Chat(0), { loaded: true }));
  view.toTop();
}

/** @param {boolean} now whether there is somebody to write for */
function setSomebody(now) {
  byId("composer").hidden = !now;
  byId("chat-menu").disabled = !now;
}

/** What the current conversation changes around the messages. */
function follow() {
  const { keyboard, blocked, action } = chat();
  composer.setKeyboard(keyboard);
  composer.setBlocked(blocked);
  const doing = action ? (/** @type {Record<string, string>} */ (ACTIONS)[action] ?? ACTIONS.typing) : "";
  byId("action").textContent = doing;
  byId("title").classList.toggle("acting", Boolean(doing));
}

/** The person sees the newest message: it is not news any more. */
function look() {
  if (current === undefined || document.hidden || !chat().loaded) return;
  const before = chats.unread(current);
  chats.look(current);
  if (before) people.draw(current);
}

/** @param {boolean} blocked */
async function setBlocked(blocked) {
  const text = "Бот не сможет писать этому человеку, пока его не разблокируют. Так проверяют напоминания другими путями.";
  if (blocked && !(await confirmBox({ title: "Заблокировать бота?", text, yes: "Заблокировать", danger: true }))) return;
  await attempt(() => api.act(current ?? 0, blocked ? "block" : "unblock"));
}

chats.addEventListener("change", (/** @type {any} */ { detail }) => {
  if (detail.chat.user === current) {
    focus.keep(() => {
      view.update();
      follow();
    });
    detail.toasts.forEach(callbackNotice);
  }
  people.draw(current);
});

chats.addEventListener("anew", () => {
  staff.forget({ unsee: true });
  calls.forget();
  soon("all", everything);
});

/** Read all again: at the start, after a break in the feed, and in a new world. */
async function everything() {
  await attempt(async () => {
    await clock.refresh();
    await people.load();
    if (!people.all.length) return;
    const { asked } = chosen();
    const wanted = people.find(current) ?? (asked === null ? people.all[0] : undefined);
    current = undefined;
    if (wanted) await choose(wanted.id, false);
    else nobody();
    await payments.refresh();
    await staff.refresh();
    arrive();
    tabs.panels[tabs.current].show?.();
    for (const one of people.all) if (one.id !== current) await chats.refresh(one.id);
  });
}

/** Somebody followed a link into the bot, say back from a payment: Telegram would press Start for them. */
function arrive() {
  if (current === undefined) return;
  if (start) composer.say(`/start ${start}`);
  start = null;
}

/** @param {boolean} now */
function setOnline(now) {
  byId("offline").hidden = now;
  online = now;
}

/** Somebody's conversation moved; a person made by a script is met here for the first time. @param {number} user */
async function changed(user) {
  if (!people.find(user)) await people.load();
  await chats.refresh(user);
}

/** @type {Record<string, (what: {user?: number}) => void>} */
const REREAD = {
  chat: ({ user }) => soon(`chat ${user}`, () => attempt(() => changed(user ?? 0))),
  staff: () => soon("staff", () => staff.refresh()),
  sms: () => soon("mail", () => mail.refresh()),
  mail: () => soon("mail", () => mail.refresh()),
  desk: () => soon("desk", () => desk.refresh()),
  payments: () => soon("payments", () => payments.refresh()),
  clock: () => soon("clock", () => attempt(() => Promise.all([clock.refresh(), changed(current ?? 0)]))),
  calls: () => later("calls", () => (tabs.current === "faults" ? faults.refresh() : calls.refresh())),
};

tabs.choose(chosen().tab ?? "mail");
addEventListener("hashchange", () => {
  const { user, tab, asked } = chosen();
  if (asked !== null && !people.find(user)) nobody();
  else if (user !== current) choose(/** @type {number} */ (user), true);
  if (tab && tab !== tabs.current) tabs.choose(tab);
});
document.addEventListener("visibilitychange", () => look());
listen({
  change: (what) => REREAD[what.kind]?.(what),
  open: () => {
    setOnline(true);
    chats.forget({ unsee: false });
    staff.forget({ unsee: false });
    everything();
  },
  lost: () => online && setOnline(false),
});
