/** The report as a table for terminals and for Markdown. */
import { markdownTable } from "markdown-table";
import {
  formatCondition,
  formatCountGiven,
  formatDimensions,
  formatShapeGiven,
  groupDigits,
  layerText,
  nodeOf,
  plural,
  reportOf,
  visible,
  type Count,
  type Network,
  type Paint,
} from "../../index.js";

interface Column {
  title: string;
  align: "left" | "right";
  cells: string[];
  total: string;
  /** Columns with a higher number are left out first where the terminal is narrow. */
  droppable: number;
}

function columnsOf(network: Network): Column[] {
  const { layers, totals } = reportOf(network);
  const given = network.conditions;
  const text = (index: number) => {
    const { head, attributes } = layerText(network, network.nodes[index]!);
    return [head, ...attributes].join(" ");
  };
  const number = (title: string, values: readonly Count[], total: Count, droppable: number): Column => ({
    title,
    align: "right",
    cells: values.map((value) => (value === 0n ? "-" : formatCountGiven(value, given))),
    total: isLong(total, given) ? "" : formatCountGiven(total, given),
    droppable,
  });
  const columns: Column[] = [
    {
      title: "name",
      align: "left",
      cells: layers.map(({ name }) => name),
      total: plural(totals.layers, "layer"),
      droppable: 0,
    },
    { title: "layer", align: "left", cells: layers.map((_, index) => text(index)), total: "", droppable: 1 },
    {
      title: "output",
      align: "right",
      cells: layers.map(({ output }) => formatShapeGiven(output, given)),
      total: "",
      droppable: 0,
    },
    number(
      "params",
      layers.map(({ params }) => params),
      totals.params,
      0,
    ),
    number(
      "buffers",
      layers.map(({ buffers }) => buffers),
      totals.buffers,
      4,
    ),
    number(
      "macs",
      layers.map(({ macs }) => macs),
      totals.macs,
      2,
    ),
    number(
      "activations",
      layers.map(({ activations }) => activations),
      totals.activations,
      3,
    ),
  ];
  return totals.buffers === 0n ? columns.filter(({ title }) => title !== "buffers") : columns;
}

/** Sums of many formulas stand below the table. */
const LONGEST_TOTAL = 40;
const isLong = (total: Count, given: Network["conditions"]) =>
  typeof total !== "bigint" && formatCountGiven(total, given).length > LONGEST_TOTAL;

const widthOf = ({ title, total, cells }: Column) =>
  cells.reduce((width, cell) => Math.max(width, cell.length), Math.max(title.length, total.length));
const GAP = 2;

/** A table no wider than `width`: columns are left out where it does not fit. */
export function tableReport(network: Network, width: number, paint: Paint): string {
  let columns = columnsOf(network);
  const leftOut: string[] = [];
  const total = () => columns.reduce((sum, column) => sum + widthOf(column) + GAP, -GAP);
  while (total() > width) {
    const [next] = columns.filter(({ droppable }) => droppable > 0).sort((a, b) => b.droppable - a.droppable);
    if (!next) break;
    columns = columns.filter((column) => column !== next);
    leftOut.unshift(next.title);
  }
  const rule = paint.dim("-".repeat(Math.min(total(), width)));
  const rows = network.nodes.map((_, index) => columns.map((column) => column.cells[index]!));
  const lines = alignedRows(
    columns,
    [columns.map(({ title }) => title), ...rows, columns.map((column) => column.total)],
    width,
  );
  const title = paint.strong(network.name) + paint.dim(documentation(network, width - network.name.length));
  const body = [paint.strong(lines[0]!), rule, ...lines.slice(1, -1), rule, paint.strong(lines.at(-1)!)];
  return [title, ...body, paint.dim(legend(network, width, leftOut))].join("\n");
}

/** Rows with their cells aligned; where even the narrowest table is too wide, names are cut. */
function alignedRows(columns: readonly Column[], rows: readonly string[][], width: number): string[] {
  const widths = columns.map((column, index) =>
    index === 0 ? Math.min(widthOf(column), Math.max(8, Math.floor(width / 3))) : widthOf(column),
  );
  const cell = (text: string, index: number) => {
    const room = widths[index]!;
    const cut = text.length > room ? `${text.slice(0, room - 1)}…` : text;
    return columns[index]!.align === "left" ? cut.padEnd(room) : cut.padStart(room);
  };
  return rows.map((row) => row.map(cell).join(" ".repeat(GAP)).trimEnd());
}

/** The first line of the net's documentation, cut to the room that there is. */
function documentation(network: Network, room: number): string {
  if (!network.documentation) return "";
  const line = `  ${visible(network.documentation.split("\n")[0]!)}`;
  return line.length <= room ? line : `${line.slice(0, Math.max(0, room - 1))}…`;
}

function legend(network: Network, width: number, leftOut: readonly string[]): string {
  const { totals } = reportOf(network);
  const given = network.conditions;
  const parts = [
    `${groupDigits(totals.weights)} params without biases`,
    ...(leftOut.includes("macs") ? [] : ["macs: multiply-accumulates of convolutions and dense layers"]),
    ...(leftOut.includes("activations") ? [] : ["activations: values in a layer's output"]),
    ...(isLong(totals.macs, given) ? [`macs in all: ${formatCountGiven(totals.macs, given)}`] : []),
    ...(isLong(totals.activations, given)
      ? [`activations in all: ${formatCountGiven(totals.activations, given)}`]
      : []),
    ...network.conditions.map(formatCondition),
    ...(leftOut.length > 0 ? [`too narrow for: ${leftOut.join(", ")}`] : []),
  ];
  const line = parts.join(" | ");
  return line.length <= width ? line : parts.join("\n");
}

/** A GitHub table with a heading and the totals in bold. */
export function markdownReport(network: Network): string {
  const columns = columnsOf(network);
  const bold = (text: string) => (text ? `**${text}**` : "");
  const rows = network.nodes.map((_, index) => columns.map((column) => column.cells[index]!));
  const table = markdownTable([columns.map(({ title }) => title), ...rows, columns.map(({ total }) => bold(total))], {
    align: columns.map(({ align }) => align),
  });
  const input = network.inputs.map((id) => formatDimensions(nodeOf(network, id).type.shape)).join(", ");
  const text = network.documentation ? `${visible(network.documentation)}\n\n` : "";
  return `## ${network.name}\n\n${text}Input ${input}.\n\n${table}`;
}
