/** The report as a table for terminals. */
import {
  columnsOf,
  costOf,
  formatCondition,
  formatCountGiven,
  groupDigits,
  isLong,
  totalCost,
  visible,
  type Column,
  type ColumnChoice,
  type ColumnName,
  type Network,
  type Paint,
} from "../../../index.js";

/** What is left out first where there is no room; what is not here stays. */
const DROPPABLE: Partial<Record<ColumnName, number>> = {
  layer: 1,
  macs: 2,
  activations: 3,
  buffers: 4,
  flops: 5,
  bytes: 6,
  intensity: 7,
  weights: 8,
  padding: 9,
  stride: 10,
  field: 11,
  line: 12,
};

const widthOf = ({ title, total, cells }: Column) =>
  cells.reduce((width, cell) => Math.max(width, cell.length), Math.max(title.length, total.length));
const isDroppable = ({ name }: Column) => name in DROPPABLE;
const GAP = 2;

/** A table no wider than `width`: columns are left out where it does not fit. */
export function tableReport(network: Network, width: number, paint: Paint, choice: ColumnChoice = {}): string {
  let columns = columnsOf(network, choice);
  const leftOut: string[] = [];
  const total = () => columns.reduce((sum, column) => sum + widthOf(column) + GAP, -GAP);
  while (total() > width) {
    const [next] = columns.filter(isDroppable).sort((a, b) => DROPPABLE[b.name]! - DROPPABLE[a.name]!);
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
  return [title, ...body, paint.dim(legend(network, width, columns, leftOut))].join("\n");
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

function legend(network: Network, width: number, columns: readonly Column[], leftOut: readonly string[]): string {
  const totals = totalCost(network.nodes.map((node) => costOf(network, node)));
  const has = (name: ColumnName) => columns.some((column) => column.name === name);
  const given = network.conditions;
  const parts = [
    `${groupDigits(totals.weights)} params without biases`,
    ...(has("macs") ? ["macs: multiply-accumulates of convolutions and dense layers"] : []),
    ...(has("activations") ? ["activations: values in a layer's output"] : []),
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
