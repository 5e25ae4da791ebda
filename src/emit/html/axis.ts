/** The axes of charts: round figures along them. */
import { bytesText } from "../../base/bytes-text.js";
import { element, type Markup } from "./markup.js";

/** Parts of the height or width, for attributes. */
export const percent = (part: number) => `${Math.round(part * 100_000) / 1000}%`;

/** Multiples of 1, 2 or 5 times a power of ten, from 0 up to `most`, about `wanted` of them. */
export function roundSteps(most: number, wanted: number, least = 0): number[] {
  const rough = Math.max(most / wanted, least);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999)!;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

/** Bytes from the bottom up, with a line across the chart for each figure. */
export function byteAxis(most: bigint): { readonly texts: Markup; readonly lines: readonly Markup[] } {
  const values = roundSteps(Number(most), 5, 1);
  const y = (value: number) => percent(1 - value / Number(most));
  // Round figures need no zeros behind the point.
  const text = (value: number) =>
    bytesText(BigInt(Math.round(value)))
      .replace(/(\.\d*?)0+ /, "$1 ")
      .replace(". ", " ")
      .replace(/ bytes?$/, " B");
  return {
    texts: element(
      "svg",
      { class: "axis-y", "aria-hidden": "true" },
      values.map((value) =>
        element(
          "text",
          { x: "100%", y: y(value), dy: value === 0 ? "-0.1em" : "0.32em", "text-anchor": "end" },
          text(value),
        ),
      ),
    ),
    lines: values.map((value) => element("line", { class: "grid", x1: 0, x2: "100%", y1: y(value), y2: y(value) })),
  };
}

/** Numbers of steps from 1 on, below the middle of each. */
export function stepAxis(count: number, offset = 0): Markup[] {
  const marks =
    count <= 12 ? Array.from({ length: count }, (_, index) => index + 1) : [1, ...roundSteps(count, 8, 1).slice(1)];
  return marks.map((step) =>
    element(
      "text",
      { x: percent((offset + step - 0.5) / (offset + count)), y: "1em", "text-anchor": "middle" },
      String(step),
    ),
  );
}
