// @ts-check
/** The server's feed of changes: says what to read again, and whether the server is there. */

/**
 * Listen for as long as the page lives. A lost connection is tried again with growing pauses.
 *
 * @param {{change: (what: {kind: string, user?: number}) => void, open: () => void, lost: () => void}} told
 *   `open` comes after every (re)connection: what was missed meanwhile must be read again
 */
export function listen(told) {
  /** @type {EventSource} */
  let source;
  let pause = 1000;
  const start = () => {
    source = new EventSource("/live");
    source.addEventListener("open", () => {
      pause = 1000;
      told.open();
    });
    source.addEventListener("change", (event) => told.change(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      source.close();
      told.lost();
      setTimeout(start, pause);
      pause = Math.min(pause * 1.6, 8000);
    });
  };
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && start());
  start();
}

/**
 * Gather changes that come in a burst: each key's work runs once, `ms` after its first change.
 *
 * @param {number} ms
 */
export function gather(ms) {
  /** @type {Set<string>} */
  const waiting = new Set();
  return (/** @type {string} */ key, /** @type {() => void} */ work) => {
    if (waiting.has(key)) return;
    waiting.add(key);
    setTimeout(() => {
      waiting.delete(key);
      work();
    }, ms);
  };
}

/**
 * One run at a time: calls that come while `work` runs are answered by one more run after it.
 *
 * @param {() => Promise<unknown>} work
 */
export function oneAtATime(work) {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await work();
      }
    } finally {
      running = false;
    }
  };
}
