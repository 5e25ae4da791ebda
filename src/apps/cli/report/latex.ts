/** The report as a LaTeX table as papers print them (package booktabs). */
import { columnsOf, formatDimensions, nodeOf, type ColumnChoice, type Network } from "../../../index.js";

const ESCAPES: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Text that LaTeX prints as it is. */
function latexText(text: string): string {
  return text
    .replace(/[\\~^]/g, (sign) => ESCAPES[sign]!)
    .replace(/(?<!\\textbackslash|\\textasciitilde|\\textasciicircum)[&%$#_{}]/g, "\\$&");
}

/** Sizes with a cross, figures with thin separators. */
function cellText(text: string): string {
  if (/^\d+(x\d+)+[*!]*$/.test(text)) return `$${text.replaceAll("x", " \\times ")}$`;
  if (/^\d{1,3}(,\d{3})+$/.test(text)) return text.replaceAll(",", "\\,");
  return text === "-" ? "--" : latexText(text);
}

export function latexReport(network: Network, choice: ColumnChoice = {}): string {
  const columns = columnsOf(network, choice);
  const row = (cells: readonly string[]) => `    ${cells.join(" & ")} \\\\`;
  const input = network.inputs.map((id) => cellText(formatDimensions(nodeOf(network, id).type.shape))).join(", ");
  return [
    "% \\usepackage{booktabs}",
    "\\begin{table}",
    "  \\centering",
    `  \\caption{${latexText(network.name)}, input ${input}.}`,
    `  \\begin{tabular}{${columns.map(({ align }) => align[0]).join("")}}`,
    "    \\toprule",
    row(columns.map(({ title }) => latexText(title))),
    "    \\midrule",
    ...network.nodes.map((_, index) => row(columns.map(({ cells }) => cellText(cells[index]!)))),
    "    \\midrule",
    row(columns.map(({ total }) => cellText(total))),
    "    \\bottomrule",
    "  \\end{tabular}",
    "\\end{table}",
  ].join("\n");
}
