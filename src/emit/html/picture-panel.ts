/** The diagram of a network in a box that scrolls and zooms. */
import type { MarkedPicture } from "../diagram/marked-pictures.js";
import { legendOf } from "./legend.js";
import { element, Markup } from "./markup.js";

const NAMES = { graph: "Layers", volume: "Volumes" } as const;

export function picturePanel(pictures: readonly MarkedPicture[]): Markup {
  const button = (zoom: string, label: string, sign: string) =>
    element("button", { type: "button", "data-zoom": zoom, "aria-label": label, title: label }, sign);
  const choice = pictures.map(({ style }, index) =>
    element(
      "button",
      { type: "button", "data-show": style, "aria-pressed": index === 0 ? "true" : "false" },
      NAMES[style],
    ),
  );
  return element(
    "div",
    { class: "panel diagram" },
    element(
      "div",
      { class: "bar" },
      element("h3", {}, "Diagram"),
      pictures.length > 1 ? element("span", { class: "choice needs-script" }, choice) : undefined,
      element(
        "span",
        { class: "choice needs-script" },
        button("out", "Smaller", "−"),
        button("in", "Larger", "+"),
        button("fit", "Fit the width", "fit"),
        button("full", "Natural size", "1:1"),
      ),
    ),
    pictures.map(({ style, svg, kinds }, index) =>
      element(
        "div",
        { class: "view", "data-style": style, hidden: index > 0 },
        element(
          "div",
          { class: "scroll", tabindex: 0, role: "region", "aria-label": `Diagram: ${NAMES[style].toLowerCase()}` },
          new Markup(svg.trimEnd()),
        ),
        legendOf(kinds),
      ),
    ),
  );
}
