/** The table of a network's layers, which sorts, filters and shows the columns that are wanted. */
import { columnDefinitions, type ColumnName } from "../../analysis/column-definitions.js";
import { columnsOf, isLong, type Column, type ColumnChoice } from "../../analysis/report-columns.js";
import type { Report, ReportLayer } from "../../analysis/report.js";
import { product } from "../../base/integers.js";
import { formatCondition } from "../../ir/condition.js";
import { formatCountGiven } from "../../ir/format-given.js";
import type { Network } from "../../ir/network.js";
import { isFixedShape } from "../../ir/shape.js";
import type { MarkedPicture } from "../diagram/marked-pictures.js";
import { element, type Content, type Markup } from "./markup.js";
import { ranksOf, type SortKey } from "./ranks.js";

/** Columns whose cells show how they compare to the largest. */
const BARS: readonly ColumnName[] = ["params", "weights", "macs", "flops", "activations", "bytes"];

interface Parts {
  readonly choice: ColumnChoice;
  readonly pictures: readonly MarkedPicture[];
}

/** All columns are in it: those that are chosen are shown, in their order, the others can be switched on. */
export function layerTable(network: Network, report: Report, { choice, pictures }: Parts): Markup {
  const shown = columnsOf(network, choice, report).map(({ name }) => name);
  const names = [...new Set([...shown, ...(Object.keys(columnDefinitions) as ColumnName[])])];
  const columns = columnsOf(network, { ...choice, columns: names }, report);
  const classes = columns.flatMap(({ align, name }, index) => [
    ...(align === "left" ? [`left-${index + 1}`] : []),
    ...(shown.includes(name) ? [] : [`hide-${index + 1}`]),
  ]);
  const table = element(
    "table",
    { class: classes.join(" ") },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        columns.map((column) => headCell(column, report)),
      ),
    ),
    "\n",
    element("tbody", {}, bodyRows(columns, report, pictures)),
    "\n",
    element("tfoot", {}, element("tr", {}, columns.map(totalCell))),
  );
  return element(
    "div",
    { class: "panel layers" },
    bar(columns, shown),
    element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of layers" }, table),
    remarks(network, report),
  );
}

function bar(columns: readonly Column[], shown: readonly ColumnName[]): Markup {
  const boxes = columns.map(({ name, title }, index) =>
    element(
      "label",
      { title: columnDefinitions[name].doc },
      element("input", { type: "checkbox", "data-column": index + 1, checked: shown.includes(name) }),
      ` ${title}`,
    ),
  );
  return element(
    "div",
    { class: "bar" },
    element("h3", {}, "Layers"),
    element("input", {
      class: "filter needs-script",
      type: "search",
      placeholder: "filter layers",
      "aria-label": "Show the layers that have this text",
    }),
    element("output", { class: "found" }),
    element("button", { class: "restore needs-script", type: "button", disabled: true }, "program order"),
    element(
      "details",
      { class: "columns needs-script" },
      element("summary", {}, "columns"),
      element("div", { class: "menu" }, boxes),
    ),
  );
}

function headCell(column: Column, { layers }: Report): Markup {
  const keys = layers.map((layer, index) => sortKey(column.name, layer, column.cells[index]!));
  return element(
    "th",
    { scope: "col", "aria-sort": "none", "data-column": column.name, "data-ranks": ranksOf(keys).join(" ") },
    element("button", { type: "button", title: columnDefinitions[column.name].doc }, column.title),
  );
}

function sortKey(name: ColumnName, layer: ReportLayer, cell: string): SortKey {
  switch (name) {
    case "output":
      return isFixedShape(layer.output) ? product(layer.output) : cell;
    case "intensity":
      return layer.intensity ?? -1;
    case "line":
      return layer.line;
    case "field":
      return layer.receptiveField ? product(layer.receptiveField.size) : -1;
    case "name":
    case "layer":
    case "stride":
    case "padding":
      return cell;
    default: {
      const count = layer[name];
      return typeof count === "bigint" ? count : cell;
    }
  }
}

function bodyRows(columns: readonly Column[], { layers }: Report, pictures: readonly MarkedPicture[]): Content {
  const largest = new Map(
    columns
      .filter(({ name }) => BARS.includes(name))
      .map(({ name }) => [
        name,
        layers.reduce((most, layer) => {
          const value = layer[name as keyof ReportLayer];
          return typeof value === "bigint" && value > most ? value : most;
        }, 0n),
      ]),
  );
  const share = (name: ColumnName, layer: ReportLayer): number | undefined => {
    const [value, most] = [layer[name as keyof ReportLayer], largest.get(name)];
    if (typeof value !== "bigint" || most === undefined || most === 0n) return undefined;
    const percent = Number((value * 100n + most / 2n) / most);
    return percent === 0 ? undefined : percent;
  };
  return layers.map((layer, row) => {
    const boxes = Object.fromEntries(pictures.map(({ style, boxOf }) => [`data-${style}`, boxOf[row]]));
    return [
      "\n",
      element(
        "tr",
        { "data-row": row, ...boxes },
        columns.map(({ name, cells }) =>
          name === "name"
            ? element("th", { scope: "row" }, cells[row])
            : element("td", { "data-share": share(name, layer) }, cells[row]),
        ),
      ),
    ];
  });
}

const totalCell = ({ name, total }: Column) =>
  name === "name" ? element("th", { scope: "row" }, total) : element("td", {}, total);

/** What does not fit below a column, and what its formulas rely on. */
function remarks({ conditions }: Network, { totals }: Report): Content {
  const long = (["params", "macs", "flops", "activations", "bytes"] as const)
    .filter((name) => isLong(totals[name], conditions))
    .map((name) => `${name} in all: ${formatCountGiven(totals[name], conditions)}`);
  const texts = [...long, ...conditions.map(formatCondition)];
  return texts.length === 0 ? undefined : element("p", { class: "words" }, texts.join("; "));
}
