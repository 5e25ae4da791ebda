/** The columns of a report as text, for every form that is a table. */
import { plural } from "../base/integers.js";
import type { Count } from "../ir/dimension.js";
import { formatCountGiven, formatShapeGiven } from "../ir/format-given.js";
import type { Network } from "../ir/network.js";
import { columnDefinitions, type ColumnName } from "./column-definitions.js";
import { layerText } from "./layer-text.js";
import type { NumberFormat } from "./precisions.js";
import { reportOf, type Report, type ReportLayer } from "./report.js";

export interface Column {
  readonly name: ColumnName;
  readonly title: string;
  readonly align: "left" | "right";
  readonly cells: readonly string[];
  readonly total: string;
}

export interface ColumnChoice {
  /** The columns, in order; the usual ones where none are named. */
  readonly columns?: readonly ColumnName[];
  readonly precision?: NumberFormat;
}

const COUNTS = ["params", "weights", "buffers", "macs", "flops", "activations", "bytes"] as const;
type CountName = (typeof COUNTS)[number];
const isCount = (name: ColumnName): name is CountName => (COUNTS as readonly string[]).includes(name);

/** `report` is that of the network at the precision, where it is there already. */
export function columnsOf(
  network: Network,
  { columns, precision }: ColumnChoice = {},
  report: Report = reportOf(network, precision),
): Column[] {
  const isUsual = (name: ColumnName) => "isUsual" in columnDefinitions[name];
  const names = columns ?? (Object.keys(columnDefinitions) as ColumnName[]).filter(isUsual);
  // A network without statistics has nothing to show there.
  const shown = columns ? names : names.filter((name) => name !== "buffers" || report.totals.buffers !== 0n);
  return shown.map((name) => columnOf(name, network, report));
}

function columnOf(name: ColumnName, network: Network, { layers, totals }: Report): Column {
  const given = network.conditions;
  const base = { name, title: columnDefinitions[name].title };
  const column = (align: Column["align"], cells: readonly string[], total = ""): Column => ({
    ...base,
    align,
    cells,
    total,
  });
  if (isCount(name)) {
    const cells = layers.map((layer) => (layer[name] === 0n ? "-" : formatCountGiven(layer[name], given)));
    return column("right", cells, isLong(totals[name], given) ? "" : formatCountGiven(totals[name], given));
  }
  switch (name) {
    case "name":
      return column(
        "left",
        layers.map((layer) => layer.name),
        plural(totals.layers, "layer"),
      );
    case "layer":
      return column(
        "left",
        network.nodes.map((node) => {
          const { head, attributes } = layerText(network, node);
          return [head, ...attributes].join(" ");
        }),
      );
    case "output":
      return column(
        "right",
        layers.map(({ output }) => formatShapeGiven(output, given)),
      );
    case "intensity":
      return column(
        "right",
        layers.map(({ intensity }) => numberText(intensity)),
        numberText(totals.intensity),
      );
    case "field":
      return column("right", layers.map(fieldText));
    case "stride":
      return column(
        "right",
        layers.map(({ receptiveField }) => axesText(receptiveField?.stride)),
      );
    case "padding":
      return column(
        "right",
        layers.map(({ receptiveField }) => axesText(receptiveField?.padding)),
      );
    default:
      return column(
        "right",
        layers.map(({ line }) => String(line)),
      );
  }
}

const numberText = (value: number | undefined) =>
  value === undefined || value === 0
    ? "-"
    : value.toPrecision(3).replace(/\.?0+$/, (zeros) => (zeros.startsWith(".") ? "" : zeros));

/** One number where all axes have it. */
function axesText(values: readonly number[] | undefined): string {
  if (!values || values.length === 0) return "-";
  return values.every((value) => value === values[0]) ? String(values[0]) : values.join("x");
}

function fieldText({ receptiveField: field }: ReportLayer): string {
  if (!field) return "-";
  return axesText(field.size) + (field.global ? "*" : "") + (field.aligned ? "" : "!");
}

/** Sums of many formulas stand below the table. */
const LONGEST_TOTAL = 40;
export const isLong = (total: Count, given: Network["conditions"]) =>
  typeof total !== "bigint" && formatCountGiven(total, given).length > LONGEST_TOTAL;
