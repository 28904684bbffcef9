// @ts-check
/** Breaking the outside world on purpose: a few presets, what is still waiting to happen, and one way to make all well. */

import { api } from "./api.js";
import { byId, h } from "./dom.js";
import { plural } from "./format.js";
import { attempt, toast } from "./toasts.js";

const PRESETS = [
  {
    name: "Telegram просит подождать",
    what: "следующая отправка получит 429 и паузу в 5 секунд",
    fault: { on: "telegram", method: "sendMessage", times: 1, error: 429, retry_after: 5 },
  },
  {
    name: "Telegram недоступен",
    what: "пять вызовов подряд получат 502 с HTML",
    fault: { on: "telegram", times: 5, error: 502 },
  },
  {
    name: "Ответ потерян",
    what: "сообщение уйдёт, но соединение оборвётся до ответа",
    fault: { on: "telegram", method: "sendMessage", times: 1, drop_answer: true },
  },
  {
    name: "Telegram задумался",
    what: "три вызова ответят через 4 секунды",
    fault: { on: "telegram", times: 3, delay: 4 },
  },
  {
    name: "Обновление пришло дважды",
    what: "следующее событие Telegram доставит повторно",
    fault: { on: "telegram", method: "webhook", times: 1, error: "duplicate" },
  },
  {
    name: "Страховщик молчит",
    what: "десять обращений к его системе получат 503",
    fault: { on: "core", times: 10, error: 503 },
  },
  {
    name: "Оплата молчит",
    what: "платёж создастся, но в ответ придёт ошибка 500",
    fault: { on: "provider", method: "create", times: 1, error: 500, after: true },
  },
  {
    name: "Оплата недоступна",
    what: "пять обращений к сервису оплаты получат 502 с HTML",
    fault: { on: "provider", times: 5, error: 502 },
  },
  {
    name: "Весть об оплате потеряна",
    what: "следующее уведомление не придёт никогда",
    fault: { on: "provider", method: "notification", times: 1, error: "lost" },
  },
  {
    name: "Весть об оплате опоздала",
    what: "следующее уведомление придёт через 15 секунд",
    fault: { on: "provider", method: "notification", times: 1, error: "late", delay: 15 },
  },
  {
    name: "20 сообщений в минуту на группу",
    what: "Telegram держит предел групп, пока не почините",
    fault: { on: "telegram", group_pace: 20 },
  },
  {
    name: "SMS не уходит",
    what: "следующая отправка SMS откажет",
    fault: { on: "sms", times: 1, error: 500 },
  },
];
const SERVICES = { telegram: "Telegram", core: "Система страховщика", sms: "SMS", provider: "Оплата" };

export class FaultsPanel {
  /** @param {(count: number) => void} waiting told how many faults are still to come */
  constructor(waiting) {
    this.waiting = waiting;
    this.list = h("div", { role: "status" });
    byId("panel-faults").append(
      h("h3", null, "Сломать"),
      h("ul.presets", null, PRESETS.map((preset) => this.#preset(preset))),
      h("h3", null, "Ещё случится"),
      this.list,
    );
  }

  show() {
    this.refresh();
  }

  async refresh() {
    await attempt(async () => this.#draw(await api.faults()));
  }

  /** @param {typeof PRESETS[number]} preset */
  #preset({ name, what, fault }) {
    const order = () =>
      attempt(async () => {
        await api.fault(fault);
        toast(`${name}: ${what}`);
        await this.refresh();
      });
    return h("li", null, h("button.preset", { type: "button", onclick: order }, h("b", null, name), h("span", null, what)));
  }

  /** @param {any[]} faults */
  #draw(faults) {
    this.waiting(faults.length);
    const clear = () =>
      attempt(async () => {
        await api.noFaults();
        await this.refresh();
      });
    this.list.replaceChildren(
      faults.length
        ? h("ul.cards", null, faults.map((one) => h("li.card.broken", null, h("b", null, title(one)), h("span.hint", null, detail(one)))))
        : h("p.nothing", null, "Всё исправно."),
      faults.length ? h("button.plain", { type: "button", onclick: clear }, "Починить всё") : "",
    );
  }
}

/** @param {any} fault */
function title(fault) {
  const service = /** @type {Record<string, string>} */ (SERVICES)[fault.on] ?? fault.on;
  return [service, fault.method].filter(Boolean).join(" · ");
}

/** @param {any} fault */
function detail(fault) {
  if (fault.group_pace) return `в группе не больше ${fault.group_pace} сообщений за ${fault.seconds} с`;
  return [
    fault.error ? `ошибка ${fault.error}` : null,
    fault.retry_after ? `пауза ${fault.retry_after} с` : null,
    fault.delay ? `задержка ${fault.delay} с` : null,
    fault.drop_answer ? "ответ теряется" : null,
    fault.after ? "после сделанной работы" : null,
    `ещё ${plural(fault.times ?? 1, "раз", "раза", "раз")}`,
  ]
    .filter(Boolean)
    .join(", ");
}
