// @ts-check
/** Where the reader is: a person and a tab, in the address so that it can be shared, and remembered for next time. */

const KEY = "harbour.where";

/** @typedef {{user?: number, tab?: string, asked?: string | null}} Where */

/** `?user=` wins, then the address after `#`, then the last visit; `asked` is what the address itself says of the person. @returns {Where} */
export function chosen() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const asked = new URLSearchParams(location.search).get("user") ?? hash.get("user");
  const last = JSON.parse(localStorage.getItem(KEY) ?? "{}");
  const user = Number(asked ?? last.user);
  return { user: user || undefined, tab: hash.get("tab") ?? last.tab, asked };
}

/** The question mark leaves the address: from now on the hash says it. @param {Where} where */
export function remember({ user, tab }) {
  const hash = new URLSearchParams();
  if (user) hash.set("user", String(user));
  if (tab) hash.set("tab", tab);
  history.replaceState(null, "", `${location.pathname}#${hash}`);
  localStorage.setItem(KEY, JSON.stringify({ user, tab }));
}
