/** The panel with the shares of the cost, which switches what areas stand for. */
import type { NumberFormat } from "../../analysis/precisions.js";
import type { Report } from "../../analysis/report.js";
import { bytesText } from "../../base/bytes-text.js";
import { groupDigits } from "../../base/integers.js";
import type { Network } from "../../ir/network.js";
import { operatorNamed } from "../../ops/registry.js";
import type { Kind } from "../diagram/diagram.js";
import { kinds, looks } from "../diagram/kinds.js";
import { legendOf } from "./legend.js";
import { element, type Markup } from "./markup.js";
import { measures, treemapOf, type Measure, type Tile, type Treemap } from "./treemap.js";

const NAMES: Readonly<Record<Measure, string>> = { params: "Parameters", macs: "Macs", memory: "Memory" };

const UNITS: Readonly<Record<Measure, (total: bigint) => string>> = {
  params: (total) => `${groupDigits(total)} parameters`,
  macs: (total) => `${groupDigits(total)} macs`,
  memory: (total) => `${bytesText(total)} of values in all results`,
};

/** Places are written in steps of so many of the whole. */
const STEPS = 10_000;
const steps = (part: number) => Math.round(part * STEPS);
const percent = (part: number) => `${Math.round(part * STEPS) / 100}%`;

export async function treemapPanel(network: Network, { layers }: Report, precision: NumberFormat): Promise<Markup> {
  const maps = new Map<Measure, Treemap>();
  for (const measure of measures) maps.set(measure, await treemapOf(network, measure, precision));
  const drawn = measures.filter((measure) => maps.get(measure)!.total > 0n);
  const first = drawn[0]!;
  const start = maps.get(first)!;
  const places = Object.fromEntries(drawn.map((measure) => [`data-${measure}`, placesOf(maps.get(measure)!)]));
  const totals = Object.fromEntries(
    drawn.map((measure) => [`data-${measure}-total`, UNITS[measure](maps.get(measure)!.total)]),
  );
  const shares = Object.fromEntries(
    drawn.map((measure) => [`data-${measure}-shares`, sharesOf(maps.get(measure)!).join(" ")]),
  );
  const kindOf = (row: number): Kind => operatorNamed(layers[row]!.op).group;
  const used = new Set(layers.map((_, row) => kindOf(row)));
  const calls = start.calls.map(({ name, ...tile }) => rectangle(tile, { "data-name": name, class: "call" }));
  const tiles = kinds
    .filter((kind) => used.has(kind))
    .map((kind) =>
      element(
        "g",
        { fill: looks[kind].fill },
        start.layers.flatMap((tile, row) => (kindOf(row) === kind ? [rectangle(tile, { "data-row": row })] : [])),
      ),
    );
  const choice = drawn.map((measure) =>
    element(
      "button",
      { type: "button", "data-measure": measure, "aria-pressed": measure === first ? "true" : "false" },
      NAMES[measure],
    ),
  );
  return element(
    "div",
    { class: "panel treemap", "data-measure": first, ...totals },
    element(
      "div",
      { class: "bar" },
      element("h3", {}, "Where the cost is"),
      element("span", { class: "choice needs-script" }, choice),
      element("output", { class: "found" }, UNITS[first](start.total)),
    ),
    element(
      "svg",
      {
        class: "map",
        width: "100%",
        height: 460,
        role: "img",
        "aria-label": `Shares of the ${NAMES[first]}`,
        ...places,
        ...shares,
      },
      calls,
      tiles,
      element("g", { class: "labels", "aria-hidden": "true" }),
    ),
    legendOf(used),
  );
}

/** What percentage of the whole each layer has, to three digits. */
function sharesOf({ total, layers }: Treemap): string[] {
  return layers.map(({ value }) => {
    const share = Number((value * 100_000n + total / 2n) / total) / 1000;
    return String(Number(share.toPrecision(3)));
  });
}

function rectangle(tile: Tile, attributes: Readonly<Record<string, string | number>>): Markup {
  const { x, y, width, height } = tile;
  return element("rect", {
    ...attributes,
    x: percent(x),
    y: percent(y),
    width: percent(width),
    height: percent(height),
  });
}

/** For the script: `x y width height,` of all layers, then of all calls, in ten-thousandths; ` 1` behind it is room for a name. */
function placesOf({ layers, calls }: Treemap): string {
  const place = ({ x, y, width, height }: Tile) => [x, y, width, height].map(steps).join(" ");
  return [...layers.map(place), ...calls.map((call) => place(call) + (call.isNamed ? " 1" : ""))].join(",");
}
