// @ts-check
/** Made-up photos of an accident, so that nobody needs a crashed car to try a claim. */

import { api } from "./api.js";
import { formBox } from "./dialogs.js";
import { h } from "./dom.js";

const MOST = 10;
/** How they are called; one the page does not know keeps its own name. @type {Record<string, string>} */
const NAMES = {
  sharp: "Чёткий",
  blurred: "Размытый",
  dark: "Тёмный",
  rotated: "Повёрнутый",
  placed: "С местом и временем",
  huge: "Огромный, 60 МП",
  tiny: "Маленький",
  camera: "Полный размер, 5 МБ",
  png: "PNG, снимок экрана",
  webp: "WebP",
  heic: "HEIC с айфона",
  pdf: "PDF, две страницы",
};

/**
 * Choose how many of which, draw them, hand them on.
 *
 * @param {(files: File[]) => void} done
 */
export async function chooseSamples(done) {
  const kinds = await api.samples();
  const box = formBox(
    {
      title: "Готовые снимки",
      submit: "Выбрать",
      done: async (form) => {
        const wanted = kinds.flatMap((kind) => Array(Number(form.get(kind)) || 0).fill(kind));
        if (!wanted.length) throw new Error("Укажите, сколько каких снимков нужно");
        if (wanted.length > MOST) throw new Error(`В одном сообщении не больше ${MOST} снимков`);
        const seed = Math.floor(Math.random() * 1_000_000);
        const files = await Promise.all(wanted.map((kind, index) => drawn(kind, seed + index)));
        queueMicrotask(() => done(files));
      },
    },
    h("p.hint", null, `Нарисованы стендом: ничьих машин на них нет. До ${MOST} штук, несколько уйдут альбомом.`),
    h("fieldset.choices", null, h("legend.hidden-text", null, "Сколько каких снимков"), kinds.map((kind, index) => row(kind, index === 0 ? 1 : 0))),
  );
  box.dialog.querySelector("input")?.select();
}

/** @param {string} kind @param {number} count */
function row(kind, count) {
  const input = h("input", { type: "number", name: kind, min: 0, max: MOST, value: count, inputmode: "numeric" });
  return h("label.counted", null, input, h("span", null, NAMES[kind] ?? kind));
}

/** @param {string} kind @param {number} seed */
async function drawn(kind, seed) {
  const blob = await api.sample(kind, seed);
  const extension = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic" }[blob.type] ?? "pdf";
  return new File([blob], `${kind}-${seed}.${extension}`, { type: blob.type });
}
