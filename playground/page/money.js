// @ts-check
/** Payments in words: sums, states, and why one was declined. */

/** `payment_method.type` */
export const METHODS = { bank_card: "Банковская карта", sbp: "СБП" };

/** `status` of a payment */
export const STATES = {
  pending: "ждёт оплаты",
  waiting_for_capture: "деньги удержаны",
  succeeded: "оплачен",
  canceled: "отменён",
};

/** `cancellation_details.reason`; those a payer's bank says come first. */
export const REASONS = {
  insufficient_funds: "На карте не хватает денег",
  general_decline: "Банк отказал и не сказал почему",
  "3d_secure_failed": "Не прошло подтверждение по 3-D Secure",
  card_expired: "Срок карты истёк",
  invalid_card_number: "Номер карты с ошибкой",
  invalid_csc: "Код CVC с ошибкой",
  call_issuer: "Банк просит позвонить ему",
  issuer_unavailable: "Банк не отвечает",
  payment_method_restricted: "Операции по карте запрещены",
  payment_method_limit_exceeded: "Превышен лимит платежей",
  country_forbidden: "Карта этой страны не принимается",
  fraud_suspected: "Платёж похож на мошеннический",
  identification_required: "Кошелёк не подтверждён документами",
  internal_timeout: "Сервис оплаты не успел, попробуйте ещё раз",
  permission_revoked: "Разрешение на списания отозвано",
  unsupported_mobile_operator: "Этот оператор связи не поддерживается",
  expired_on_confirmation: "Время на оплату вышло",
  expired_on_capture: "Время на подтверждение вышло",
  canceled_by_merchant: "Отменил магазин",
  deal_expired: "Срок сделки вышел",
};

/** Reasons that come by themselves: nobody picks them from a list. */
const BY_THEMSELVES = ["expired_on_confirmation", "expired_on_capture", "canceled_by_merchant", "deal_expired"];

/** What a payer may be refused with. */
export const DECLINES = Object.keys(REASONS).filter((reason) => !BY_THEMSELVES.includes(reason));

const roubles = new Intl.NumberFormat("ru-RU", { style: "currency", currency: "RUB" });

/** `7 432,18 ₽` @param {{value: string}} amount */
export const sum = (amount) => roubles.format(Number(amount.value));

/** @param {Record<string, string>} table @param {string} key */
export const inWords = (table, key) => table[key] ?? key;

/**
 * Where "back to the chat" leads: a link into Telegram opens this playground's chat and presses Start there.
 *
 * @param {string | null} url
 */
export function wayBack(url) {
  if (!url) return "/";
  const link = new URL(url);
  if (!["t.me", "telegram.me"].includes(link.host)) return ["http:", "https:"].includes(link.protocol) ? url : "/";
  const start = link.searchParams.get("start");
  return start ? `/?start=${encodeURIComponent(start)}` : "/";
}
