/** The report as comma-separated values (RFC 4180): a line a layer, figures without separators, no total. */
import {
  columnDefinitions,
  columnsOf,
  reportOf,
  type ColumnChoice,
  type ColumnName,
  type Network,
} from "../../../index.js";

/** Quotes where a cell has what separates; a text that spreadsheets would take for a formula is kept from it. */
function cellText(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d|$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Of several nets each line begins with the name of its net. */
export function csvReport(networks: readonly Network[], choice: ColumnChoice = {}): string {
  const isOne = networks.length === 1;
  // All nets have the same columns, whether or not one of them has nothing to show there.
  const columns =
    choice.columns ?? unionOf(networks.map((network) => columnsOf(network, choice).map(({ name }) => name)));
  const head = columns.map((name) => columnDefinitions[name].title);
  const rows = networks.flatMap((network) =>
    rowsOf(network, { ...choice, columns }).map((row) => (isOne ? row : [cellText(network.name), ...row])),
  );
  return [isOne ? head : ["net", ...head], ...rows].map((row) => row.join(",")).join("\r\n");
}

/** Every name, in the order of the definitions. */
function unionOf(lists: readonly (readonly ColumnName[])[]): ColumnName[] {
  const all = new Set(lists.flat());
  return (Object.keys(columnDefinitions) as ColumnName[]).filter((name) => all.has(name));
}

function rowsOf(network: Network, choice: ColumnChoice): string[][] {
  const columns = columnsOf(network, choice);
  return reportOf(network, choice.precision).layers.map((layer, index) =>
    columns.map(({ name, cells }) => {
      const exact = name in layer ? layer[name as keyof typeof layer] : undefined;
      return cellText(typeof exact === "bigint" || typeof exact === "number" ? String(exact) : cells[index]!);
    }),
  );
}
