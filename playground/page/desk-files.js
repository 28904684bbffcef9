// @ts-check
/** Files of clients on a card of the desk: links that open in a new tab, and those still on their way. */

import { h } from "./dom.js";
import { size } from "./format.js";

/**
 * @param {{sha256: string, name: string, size: number, slots: string[], received?: boolean}[]} files
 * @param {(sha256: string) => string} address
 */
export function fileList(files, address) {
  if (!files.length) return null;
  return h(
    "ul.plain-list",
    { "aria-label": "Файлы" },
    files.map((one) =>
      h(
        "li",
        null,
        one.received === false
          ? h("span", null, `${one.name}: ещё в пути`)
          : h("a", { href: address(one.sha256), target: "_blank", rel: "noreferrer" }, one.name),
        h("span.hint", null, [...one.slots, size(one.size)].join(" · ")),
      ),
    ),
  );
}
