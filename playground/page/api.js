// @ts-check
/** The playground's HTTP interface, one function an endpoint. */

/**
 * @typedef {{id: number, first_name: string, last_name?: string | null, username?: string | null,
 *   language_code?: string | null, phone?: string | null, story?: string | null, post?: string, blocked?: boolean}} Person
 * @typedef {{file_name?: string, mime_type?: string, size?: number, url: string}} File_
 * @typedef {{text: string, kind: string, url?: string}} Button
 * @typedef {{message_id: number, from: string, text?: string | null, html?: string | null, caption?: string | null,
 *   photo?: File_ | null, document?: File_ | null, album?: string | null, kind?: string | null,
 *   location?: {latitude: number, longitude: number} | null,
 *   contact?: {phone_number?: string, first_name?: string, last_name?: string, user_id?: number} | null,
 *   venue?: {title: string}, poll?: {question: string}, forwarded?: boolean, reply_to?: number, reactions?: string[],
 *   voice?: File_, audio?: File_, video?: File_, video_note?: File_, animation?: File_, sticker?: File_,
 *   operator?: number, anonymous?: boolean, pinned?: boolean, quote?: string, service?: {what: string, detail: string},
 *   buttons?: Button[][] | null, date: number | string, edited?: number | string | boolean | null,
 *   deleted?: boolean}} Message
 * @typedef {{id: number | string, text: string, alert: boolean, date: number | string, operator?: number}} Toast
 * @typedef {{id: number, name: string, first_name: string, username?: string | null, post: string, story: string, status: string,
 *   present: boolean, anonymous: boolean}} Operator
 * @typedef {{id: number, name: string, icon: string, icon_color: number, closed: boolean, client: number | null, messages: number,
 *   last: Message | null, pinned: number[]}} Topic
 * @typedef {{chat_id: number, title: string, groups: {chat_id: number, title: string, topics: number, cursor: number}[],
 *   operators: Operator[]}} StaffGroup
 * @typedef {{cursor: number, messages: Message[], toasts: Toast[], reply_keyboard: Button[][] | null,
 *   action: {kind: string, until: number | string} | null, blocked?: boolean}} ChatChange
 * @typedef {{now: string, offset: number}} ClockNow
 */

/** A refusal with the server's own words and what to do next. */
export class ApiError extends Error {
  /** @param {number} status @param {string} message @param {string} hint */
  constructor(status, message, hint) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

/**
 * One request. Refusals become `ApiError`; status 0 means that the server did not answer at all.
 *
 * @param {string} method
 * @param {string} path
 * @param {any} [body] a FormData goes as it is, anything else as JSON
 * @returns {Promise<any>}
 */
async function call(method, path, body) {
  /** @type {RequestInit} */
  const request = { method, headers: { Accept: "application/json" } };
  if (body instanceof FormData) request.body = body;
  else if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { ...request.headers, "Content-Type": "application/json" };
  }
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    throw new ApiError(0, "Сервер не отвечает", "Проверьте, что стенд запущен, и повторите.");
  }
  const text = await response.text();
  const data = parsed(text);
  if (!response.ok) throw new ApiError(response.status, data?.error ?? `Отказ ${response.status}`, words(data?.hint));
  return data;
}

/** @param {string} text */
function parsed(text) {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return null;
  }
}

/** A hint may be a line or a list of them. @param {any} hint */
function words(hint) {
  if (!hint) return "";
  return Array.isArray(hint) ? hint.join(", ") : String(hint);
}

/** The list inside an answer, whether it comes bare or under a name. @param {any} data @param {string} name @returns {any[]} */
function list(data, name) {
  if (Array.isArray(data)) return data;
  return Array.isArray(data?.[name]) ? data[name] : [];
}

const { encodeURIComponent: safe } = globalThis;

export const api = {
  /** @returns {Promise<Person[]>} */
  people: async () => list(await call("GET", "/client/users"), "users"),
  /** @param {Partial<Person>} person @returns {Promise<Person>} */
  newPerson: async (person) => {
    const data = await call("POST", "/client/users", person);
    return data.user ?? data;
  },
  /** @param {number} user @param {number} since @returns {Promise<ChatChange>} */
  chat: (user, since) => call("GET", `/client/${user}/chat?since=${since}`),
  /** What a person does: `act(7, "text", {text: "/start"})`. @param {number} user @param {string} deed @param {any} [body] */
  act: (user, deed, body = {}) => call("POST", `/client/${user}/${deed}`, body),

  /** Kinds of made-up photos. @returns {Promise<string[]>} */
  samples: async () => list(await call("GET", "/samples"), "samples"),
  /** One of them. @param {string} kind @param {number} seed @returns {Promise<Blob>} */
  sample: async (kind, seed) => {
    const answer = await fetch(`/samples/${safe(kind)}?seed=${seed}`);
    if (!answer.ok) throw new ApiError(answer.status, "Снимок не нарисован", "Попробуйте другой.");
    return answer.blob();
  },

  /** @param {number | null} group the first one for null @returns {Promise<StaffGroup>} */
  staff: (group) => call("GET", group ? `/staff?group=${group}` : "/staff"),
  /** @param {number} group @returns {Promise<Topic[]>} */
  topics: (group) => call("GET", `/staff/topics?group=${group}`),
  /** @param {number} group @param {number | string} topic @param {number} since @returns {Promise<ChatChange & {topic: Topic | null}>} */
  topicChat: (group, topic, since) => call("GET", `/staff/topics/${topic}/chat?group=${group}&since=${since}`),
  /** What an employee does in a topic. @param {number} group @param {number | string} topic @param {string} deed @param {any} body */
  operate: (group, topic, deed, body) => call("POST", `/staff/topics/${topic}/${deed}?group=${group}`, body),
  /** What happens to a group: `groups`, `topics`, `upgrade`, `promote`, `demote`. @param {string} what @param {any} body */
  staffing: (what, body) => call("POST", `/staff/${what}`, body),

  /** @param {string} phone */
  sms: async (phone) => list(await call("GET", `/sms?phone=${safe(phone)}`), "sms"),
  /** @param {string} to */
  mail: async (to) => list(await call("GET", to ? `/mail?to=${safe(to)}` : "/mail"), "mail"),

  desk: () => call("GET", "/desk"),
  /** @param {string} number @param {string} answer */
  answer: (number, answer) => call("POST", `/desk/questions/${safe(number)}`, { answer }),
  /** @param {string} number @param {any} change */
  policy: (number, change) => call("POST", `/desk/policies/${safe(number)}`, change),
  /** @param {string} number @param {{outcome: string, fields?: string[], comment?: string | null}} outcome */
  decide: (number, outcome) => call("POST", `/desk/checks/${safe(number)}`, outcome),
  /** @param {boolean} auto */
  autoChecks: (auto) => call("POST", "/desk/checks", { auto }),
  /** @param {string} number @param {any} change */
  application: (number, change) => call("POST", `/desk/applications/${safe(number)}`, change),
  /** Where a copy of a document is. @param {string} number @param {string} sha256 */
  applicationFile: (number, sha256) => `/desk/applications/${safe(number)}/files/${sha256}`,
  /** @param {boolean} auto */
  autoClaims: (auto) => call("POST", "/desk/claims", { auto }),
  /** @param {string} number @param {any} order */
  claim: (number, order) => call("POST", `/desk/claims/${safe(number)}`, order),
  /** Where a client's file is. @param {string} number @param {string} sha256 */
  claimFile: (number, sha256) => `/desk/claims/${safe(number)}/files/${sha256}`,

  /** @returns {Promise<any[]>} */
  payments: async () => list(await call("GET", "/payments"), "payments"),
  /** @param {string} id */
  payment: (id) => call("GET", `/payments/${safe(id)}`),
  /** @param {string} id @param {string} [method] */
  pay: (id, method) => call("POST", `/payments/${safe(id)}/succeed`, { method }),
  /** @param {string} id @param {string} reason */
  decline: (id, reason) => call("POST", `/payments/${safe(id)}/cancel`, { reason }),
  /** @param {string} id @param {{event?: string, times?: number, forged?: boolean, delay?: number}} what */
  notify: (id, what) => call("POST", `/payments/${safe(id)}/notify`, what),

  /** @returns {Promise<ClockNow>} */
  clock: () => call("GET", "/clock"),
  /** @param {{advance: string} | {set: string}} move @returns {Promise<ClockNow>} */
  moveClock: (move) => call("POST", "/clock", move),

  faults: async () => list(await call("GET", "/faults"), "faults"),
  /** @param {any} fault */
  fault: (fault) => call("POST", "/faults", fault),
  noFaults: () => call("DELETE", "/faults"),
  /** @param {number} since */
  calls: (since) => call("GET", `/calls?since=${since}`),
  reset: () => call("POST", "/reset", {}),
};
