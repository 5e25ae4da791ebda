/** The report as a Markdown table. */
import { markdownTable } from "markdown-table";
import { columnsOf, formatDimensions, nodeOf, visible, type ColumnChoice, type Network } from "../../../index.js";

/** A GitHub table with a heading and the totals in bold. */
export function markdownReport(network: Network, choice: ColumnChoice = {}): string {
  const columns = columnsOf(network, choice);
  const bold = (text: string) => (text ? `**${text}**` : "");
  const rows = network.nodes.map((_, index) => columns.map((column) => column.cells[index]!));
  const table = markdownTable([columns.map(({ title }) => title), ...rows, columns.map(({ total }) => bold(total))], {
    align: columns.map(({ align }) => align),
  });
  const input = network.inputs.map((id) => formatDimensions(nodeOf(network, id).type.shape)).join(", ");
  const text = network.documentation ? `${visible(network.documentation)}\n\n` : "";
  return `## ${network.name}\n\n${text}Input ${input}.\n\n${table}`;
}
