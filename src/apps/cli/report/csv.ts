/** The report as comma-separated values (RFC 4180): a line a layer, figures without separators, no total. */
import { reportOf, type Network } from "../../../index.js";
import { columnsOf, type ColumnChoice } from "./columns.js";

/** Quotes where a cell has what separates; a text that spreadsheets would take for a formula is kept from it. */
function cellText(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d|$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvReport(network: Network, choice: ColumnChoice = {}): string {
  const columns = columnsOf(network, choice);
  const { layers } = reportOf(network, choice.precision);
  const rows = layers.map((layer, index) =>
    columns.map(({ name, cells }) => {
      const exact = name in layer ? layer[name as keyof typeof layer] : undefined;
      return cellText(typeof exact === "bigint" || typeof exact === "number" ? String(exact) : cells[index]!);
    }),
  );
  return [columns.map(({ title }) => title), ...rows].map((row) => row.join(",")).join("\r\n");
}
