// @ts-check
/** What came to this person outside Telegram: SMS to their number first, then the insurer's mail. */

import { api } from "./api.js";
import { byId, h, icon } from "./dom.js";
import { codeIn, dayTime, moment, phone, size } from "./format.js";
import { plain } from "./rich.js";
import { attempt, toast } from "./toasts.js";

/** @typedef {import("./api.js").Person} Person */

export class MailPanel {
  /**
   * @param {{person: () => Person | undefined, now: () => Date, insert: (code: string) => void,
   *   fresh: (code: string) => void}} does `fresh`: a code came just now
   */
  constructor(does) {
    this.does = does;
    this.place = byId("panel-mail");
    /** @type {any[]} */
    this.sms = [];
    /** @type {any[]} */
    this.mail = [];
    /** How many SMS this person had at the last reading; null before the first. @type {number | null} */
    this.known = null;
    /** Reads of one person must not end up with another. */
    this.turn = 0;
  }

  /** Another person: other letter-box. */
  change() {
    this.known = null;
    this.sms = [];
    this.draw();
    return this.refresh();
  }

  async refresh() {
    const person = this.does.person();
    if (!person) return;
    this.turn += 1;
    const { turn } = this;
    await attempt(async () => {
      const [sms, mail] = await Promise.all([person.phone ? api.sms(person.phone) : [], api.mail("")]);
      if (turn !== this.turn) return;
      this.sms = sms;
      this.mail = mail;
      this.draw();
      const code = codeIn(sms.at(-1)?.text ?? "");
      if (this.known !== null && sms.length > this.known && code) this.does.fresh(code);
      this.known = sms.length;
    });
  }

  draw() {
    const person = this.does.person();
    const sms = [...this.sms].reverse();
    const mail = [...this.mail].reverse();
    this.place.replaceChildren(
      h("h3", null, "SMS"),
      h("p.hint", null, person?.phone ? `На номер ${phone(person.phone)}` : "У этого человека нет номера."),
      sms.length
        ? h("ul.cards", null, sms.map((one, index) => this.#sms(one, index === 0)))
        : h("p.nothing", null, "Пока пусто. Код для входа появится здесь."),
      h("h3", null, "Почта"),
      h("p.hint", null, "Все письма страховщика, новые сверху"),
      mail.length ? h("ul.cards", null, mail.map((one) => this.#letter(one))) : h("p.nothing", null, "Писем пока нет."),
    );
  }

  /** @param {any} sms @param {boolean} newest */
  #sms(sms, newest) {
    const code = codeIn(sms.text ?? "");
    const date = moment(sms.date ?? sms.at ?? sms.time);
    return h(
      "li.card",
      { class: newest ? "newest" : "" },
      h("p.card-head", null, icon("sms"), h("b", null, sms.sender ?? sms.from ?? "Тихая гавань"), h("time", null, dayTime(date, this.does.now()))),
      h("p.card-text", null, sms.text),
      newest && code ? this.#code(code) : null,
    );
  }

  /** @param {string} code */
  #code(code) {
    const copy = async () => {
      await attempt(() => navigator.clipboard.writeText(code));
      toast("Код скопирован");
    };
    return h(
      "div.code",
      null,
      h("output.digits", { "aria-label": `Код ${[...code].join(" ")}` }, code),
      h("button.plain", { type: "button", onclick: copy }, "Скопировать"),
      h("button.primary", { type: "button", onclick: () => this.does.insert(code) }, "Вставить код"),
    );
  }

  /** @param {any} mail */
  #letter(mail) {
    const files = (mail.attachments ?? []).map((/** @type {any} */ file) =>
      h(
        "li",
        null,
        h("a", { href: file.url, target: "_blank", rel: "noopener" }, file.file_name ?? file.name ?? "Вложение"),
        " ",
        h("small", null, size(file.size)),
      ),
    );
    return h(
      "li.card",
      null,
      h(
        "details",
        null,
        h(
          "summary",
          null,
          h("span.card-head", null, icon("mail"), h("b", null, mail.subject || "Без темы"), h("time", null, dayTime(moment(mail.date ?? mail.at), this.does.now()))),
          h("span.hint", null, `для ${[mail.to].flat().join(", ")}`),
        ),
        h("div.letter", null, plain(mail.text ?? mail.body ?? "")),
      ),
      files.length ? h("ul.files", { "aria-label": "Вложения" }, files) : null,
    );
  }
}
