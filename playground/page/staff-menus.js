// @ts-check
/** What is done to a staff group and to its topics, carefully or not. */

import { api } from "./api.js";
import { confirmBox, formBox } from "./dialogs.js";
import { field, h } from "./dom.js";
import { attempt, toast } from "./toasts.js";

/** @typedef {import("./staff-pane.js").StaffPane} StaffPane @typedef {(import("./menu.js").Entry | null)[]} Entries */

/** @param {StaffPane} pane @returns {import("./api.js").StaffGroup} */
const group = (pane) => /** @type {any} */ (pane.room.staff);

/** Ask the server for a change of the group, and read it again. @param {StaffPane} pane @param {string} what @param {object} body */
async function change(pane, what, body) {
  return attempt(async () => {
    await api.staffing(what, { group: group(pane).chat_id, ...body });
    pane.does.refresh();
  });
}

/** @param {StaffPane} pane @returns {Entries} */
export function groupMenu(pane) {
  const { groups, chat_id } = group(pane);
  const others = groups.filter((one) => one.chat_id !== chat_id);
  return [
    ...others.map((one) => /** @type {import("./menu.js").Entry} */ ({ label: one.title, hint: "другая группа", icon: "people", run: () => pane.does.group(one.chat_id) })),
    others.length ? null : undefined,
    { label: "Новая тема", icon: "add", run: () => newTopic(pane) },
    { label: "Новая группа", icon: "people", run: () => newGroup(pane) },
    { label: "Группа стала супергруппой", icon: "other", hint: "у неё будет другой номер", run: () => upgrade(pane) },
    null,
    ...staffMenu(pane),
  ].filter((entry) => entry !== undefined);
}

/** @param {StaffPane} pane @returns {Entries} */
export function topicMenu(pane) {
  const topic = pane.room.topic(/** @type {number} */ (pane.topic));
  if (!topic) return groupMenu(pane);
  const set = (/** @type {string} */ deed) => change(pane, `topics/${topic.id}/${deed}`, {});
  return [
    topic.closed ? { label: "Открыть тему", icon: "check", run: () => set("reopen") } : { label: "Закрыть тему", icon: "lock", run: () => set("close") },
    { label: "Удалить тему", icon: "trash", hint: "как неосторожный администратор", run: () => remove(pane, topic) },
    topic.client ? { label: "Показать чат клиента", icon: "contact", run: () => pane.does.visit(/** @type {number} */ (topic.client)) } : null,
    null,
    ...staffMenu(pane),
  ].filter((entry, at, all) => entry || all[at - 1]);
}

/** What becomes of the employee who writes. @param {StaffPane} pane @returns {Entries} */
function staffMenu(pane) {
  const who = pane.room.operator(pane.operator);
  const gone = group(pane).operators.filter((one) => !one.present);
  const admin = who?.status === "administrator";
  const stands = who && who.status !== "creator";
  return [
    stands && !admin ? { label: `${who.first_name}: сделать администратором`, icon: "check", run: () => change(pane, "promote", { operator: who.id }) } : null,
    stands && admin ? { label: `${who.first_name}: снять администратора`, icon: "block", run: () => change(pane, "demote", { operator: who.id }) } : null,
    stands ? { label: `${who.first_name}: вывести из группы`, icon: "block", run: () => dismiss(pane, who) } : null,
    ...gone.map((one) => /** @type {import("./menu.js").Entry} */ ({ label: `${one.first_name}: впустить в группу`, icon: "add", run: () => change(pane, "promote", { operator: one.id }) })),
  ].filter((entry) => entry !== null);
}

/** @param {StaffPane} pane @param {import("./api.js").Operator} who */
async function dismiss(pane, who) {
  const text = `${who.name} больше не увидит тем и не сможет писать. Впустить обратно можно в этом же меню.`;
  if (!(await confirmBox({ title: "Вывести из группы?", text, yes: "Вывести", danger: true }))) return;
  await change(pane, "demote", { operator: who.id, status: "kicked" });
}

/** @param {StaffPane} pane @param {import("./api.js").Topic} topic */
async function remove(pane, topic) {
  const text = `«${topic.name}» исчезнет со всеми сообщениями. Бот об этом не узнает, пока не напишет туда.`;
  if (await confirmBox({ title: "Удалить тему?", text, yes: "Удалить", danger: true })) await change(pane, `topics/${topic.id}/delete`, {});
}

/** @param {StaffPane} pane */
async function upgrade(pane) {
  const text = "Группа получит новый номер, старый откажет боту и назовёт новый. Темы переедут вместе с сообщениями.";
  if (!(await confirmBox({ title: "Превратить в супергруппу?", text, yes: "Превратить" }))) return;
  if (await change(pane, "upgrade", {})) toast("У группы новый номер");
}

/** @param {StaffPane} pane */
function newTopic(pane) {
  formBox(
    { title: "Новая тема", submit: "Создать", done: async (form) => {
        await api.staffing("topics", { group: group(pane).chat_id, operator: pane.leads() ? pane.operator : undefined, name: form.get("name") });
        pane.does.refresh();
      } },
    h("p.hint", null, "Её открывает сотрудник, бот о такой теме ничего не знает."),
    field("Название", h("input", { name: "name", required: true, maxlength: 128, autocomplete: "off" })),
  );
}

/** @param {StaffPane} pane */
function newGroup(pane) {
  formBox(
    { title: "Новая группа", submit: "Создать", done: async (form) => {
        const made = await api.staffing("groups", { title: form.get("title") });
        pane.does.group(made.chat_id);
      } },
    h("p.hint", null, "Форум с теми же сотрудниками, бот в нём администратор. Несколько групп делят нагрузку."),
    field("Название", h("input", { name: "title", required: true, maxlength: 128, autocomplete: "off", value: "Тихая гавань: вечерняя смена" })),
  );
}
