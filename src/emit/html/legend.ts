/** What the colours of a page stand for: those of `cnnc draw`. */
import type { Kind } from "../diagram/diagram.js";
import { kinds, looks } from "../diagram/kinds.js";
import { element, type Markup } from "./markup.js";

export function legendOf(used: ReadonlySet<Kind>): Markup {
  const entries = kinds
    .filter((kind) => used.has(kind))
    .map((kind) => {
      const { name, fill, stroke, border } = looks[kind];
      const swatch = element("rect", {
        x: 1,
        y: 1,
        width: 12,
        height: 12,
        rx: 2,
        fill,
        stroke,
        "stroke-dasharray": border === "dashed" ? "3 2" : undefined,
        "stroke-width": border === "double" ? 2 : 1,
      });
      return element("li", {}, element("svg", { width: 14, height: 14, "aria-hidden": "true" }, swatch), ` ${name}`);
    });
  return element("ul", { class: "legend", "aria-label": "Colours" }, entries);
}
