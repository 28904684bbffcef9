// @ts-check
/** Side panels that stand beside the chat where there is room, and come as sheets over it where there is not. */

import { byId } from "./dom.js";

/**
 * @typedef {{open: () => void, close: () => void, beside: () => boolean}} Sheet
 * @param {{panel: string, home: string, sheet: string, opener: string, wide: string, closed?: () => void}} ids
 *   `wide` is the media query under which the panel stands at home
 * @returns {Sheet}
 */
export function sheet({ panel, home, sheet: sheetId, opener, wide, closed }) {
  const query = matchMedia(wide);
  const content = byId(panel);
  /** @type {HTMLDialogElement} */
  const dialog = byId(sheetId);
  const settle = () => {
    if (query.matches && dialog.open) dialog.close();
    (query.matches ? byId(home) : dialog.querySelector(".sheet-body")).append(content);
    byId(opener).hidden = query.matches;
  };
  query.addEventListener("change", settle);
  settle();
  const open = () => {
    if (!query.matches) dialog.showModal();
  };
  byId(opener).addEventListener("click", open);
  dialog.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target === dialog || target.closest(".sheet-close")) dialog.close();
  });
  dialog.addEventListener("close", () => closed?.());
  return { open, close: () => dialog.close(), beside: () => query.matches };
}
