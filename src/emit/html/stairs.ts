/** Amounts of one step after the other, as an area whose top is a staircase. */
import type { Markup } from "./markup.js";
import { element, together } from "./markup.js";

/** A line is drawn in a square of this side, which is stretched over the chart. */
const SIDE = 1000;

/** `parts` are fractions of the chart's height. */
export function stairs(parts: readonly number[], name: string): Markup {
  let path = "";
  let before = "";
  parts.forEach((part, index) => {
    const y = String(Math.round((1 - part) * SIDE * 10) / 10);
    if (y !== before) path += index === 0 ? `M0 ${y}` : `H${index}V${y}`;
    before = y;
  });
  path += `H${parts.length}`;
  const frame = { viewBox: `0 0 ${parts.length} ${SIDE}`, preserveAspectRatio: "none", width: "100%", height: "100%" };
  return element(
    "svg",
    { ...frame, class: name },
    together(
      element("path", { class: "area", d: `${path}V${SIDE}H0Z` }),
      element("path", { class: "line", d: path, "vector-effect": "non-scaling-stroke" }),
    ),
  );
}
