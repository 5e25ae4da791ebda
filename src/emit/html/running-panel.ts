/** What is in memory while a network runs: where each value lies in the block, step by step. */
import type { InferenceMemory, PlacedValue } from "../../analysis/memory/inference.js";
import { bytesText } from "../../base/bytes-text.js";
import { groupDigits } from "../../base/integers.js";
import { nodeOf, type Network } from "../../ir/network.js";
import { operatorNamed } from "../../ops/registry.js";
import type { Kind } from "../diagram/diagram.js";
import { kinds, looks } from "../diagram/kinds.js";
import { byteAxis, percent, stepAxis } from "./axis.js";
import { legendOf } from "./legend.js";
import { element, together, type Content, type Markup } from "./markup.js";
import { stairs } from "./stairs.js";

/** Room above the block of memory, for the words at its peak. */
const HEADROOM = 12n;

/** Of more steps the outlines would hide what they are around. */
const MOST_OUTLINED = 150;

export function runningPanel(network: Network, memory: InferenceMemory): Markup {
  const { steps, plan, peak, arena } = memory;
  if (steps.length === 0 || arena === 0n) return together();
  const most = arena + (arena * HEADROOM) / 100n;
  const part = (bytes: bigint) => Number(bytes) / Number(most);
  const busiest = steps.findIndex(({ live }) => live === peak);
  const kindOf = ({ node }: PlacedValue): Kind => operatorNamed(nodeOf(network, node).op).group;
  const used = new Set(plan.map(kindOf));
  const taken = new Set(plan.map(({ offset, from }) => `${offset} ${from}`));
  const axis = byteAxis(most);
  const values = kinds
    .filter((kind) => used.has(kind))
    .map((kind) =>
      element(
        "g",
        { fill: looks[kind].fill, stroke: looks[kind].stroke },
        plan
          .filter((value) => kindOf(value) === kind)
          .map((value) => valueBox(value, taken.has(`${value.offset} ${value.to}`), steps.length, part)),
      ),
    );
  const peakName = busiest < 0 ? "" : ` at ${nodeOf(network, steps[busiest]!.node).name}`;
  const plot = element(
    "svg",
    {
      class: steps.length > MOST_OUTLINED ? "plot fine" : "plot",
      role: "img",
      "aria-label": `Values in memory over ${steps.length} steps, at most ${bytesText(peak)}${peakName}`,
      "data-nodes": steps.map(({ node }) => node).join(" "),
      "data-bytes": steps.map(({ live }) => live).join(" "),
    },
    axis.lines,
    values,
    stairs(
      steps.map(({ live }) => part(live)),
      "live",
    ),
    peakLine(part(peak), busiest < 0 ? 0.5 : (busiest + 0.5) / steps.length, `peak ${bytesText(peak)}${peakName}`),
    element("line", { class: "guide", y1: 0, y2: "100%", visibility: "hidden" }),
    element("g", { class: "labels", "aria-hidden": "true" }),
  );
  return element(
    "div",
    { class: "panel chart running" },
    element("div", { class: "bar" }, element("h3", {}, "Memory while it runs")),
    words(memory),
    element(
      "div",
      { class: "axes" },
      axis.texts,
      plot,
      element("svg", { class: "axis-x", "aria-hidden": "true" }, stepAxis(steps.length)),
    ),
    element(
      "p",
      { class: "axis-title" },
      "step, in the order in which layers run; the line is what is needed at each step",
    ),
    legendOf(used),
  );
}

/** With `isTaken` another value takes its place in its last step, which is drawn there then. */
function valueBox(
  { node, offset, bytes, from, to }: PlacedValue,
  isTaken: boolean,
  count: number,
  part: (bytes: bigint) => number,
): Markup {
  const start = Math.max(from, 0);
  const end = isTaken && to > start ? to : to + 1;
  return element("rect", {
    "data-row": node,
    "data-size": String(bytes),
    "data-offset": String(offset),
    "data-from": from + 1,
    "data-to": to + 1,
    x: percent(start / count),
    y: percent(1 - part(offset + bytes)),
    width: percent((end - start) / count),
    height: percent(part(bytes)),
  });
}

/** A line across the chart, with its words on the side that has more room. */
export function peakLine(part: number, place: number, words: string): Markup {
  const y = percent(1 - part);
  const isLeft = place < 0.5;
  return together(
    element("line", { class: "peak", x1: 0, x2: "100%", y1: y, y2: y }),
    element("circle", { class: "peak", cx: percent(place), cy: y, r: 3.5 }),
    element(
      "text",
      {
        class: "peak",
        x: percent(place),
        y,
        dx: isLeft ? 7 : -7,
        dy: "-0.45em",
        "text-anchor": isLeft ? "start" : "end",
      },
      words,
    ),
  );
}

function words({ peak, asWritten, arena, isLeast, bound, weights, buffers, steps }: InferenceMemory): Content {
  const order =
    peak < asWritten
      ? `in the best order that was found (in that of the text it would be ${bytesText(asWritten)})`
      : "in the order of the text";
  const proof = isLeast ? "no order needs less" : `no order needs less than ${bytesText(bound)}`;
  const block = arena === peak ? "of that size" : `of ${bytesText(arena)}`;
  const beside = buffers > 0n ? ` and the statistics (${bytesText(buffers)})` : "";
  return element(
    "p",
    { class: "words" },
    `At most ${bytesText(peak)} of values at once, in ${groupDigits(steps.length)} steps ${order}; ${proof}. ` +
      `All values find a place in a block ${block}, beside the parameters (${bytesText(weights)})${beside}.`,
  );
}
