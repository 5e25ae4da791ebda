/** `cnnc report FILE`: sizes, parameters, compute and memory of every layer. */
import { basename, dirname, resolve } from "node:path";
import {
  bytesText,
  columnDefinitions,
  htmlReport,
  reportOf,
  slideTable,
  textFile,
  toJson,
  type ColumnName,
  type Network,
  type NumberFormat,
} from "../../../index.js";
import { writeFiles } from "../../../run/index.js";
import { csvReport } from "../report/csv.js";
import { latexReport } from "../report/latex.js";
import { markdownReport } from "../report/markdown.js";
import { tableReport } from "../report/table.js";
import { bindAll, tellBudgets, type Sizes } from "../sizes.js";
import { chooseNetwork, compiledOf } from "../sources.js";
import { EXIT, paintFor, print, widthOf, UsageError } from "../terminal.js";
import { checkWritable, writing } from "../writing.js";

export interface ReportOptions {
  net?: string;
  all?: boolean;
  size?: Sizes;
  columns?: ColumnName[];
  precision: NumberFormat;
  /** Say what the columns are, instead of showing them. */
  explain?: boolean;
  format: "slide" | "table" | "markdown" | "json" | "csv" | "latex" | "html";
  /** Where a page goes; to standard output without it. */
  output?: string;
}

export async function report(path: string, options: ReportOptions): Promise<number> {
  if (options.explain) {
    explain(options);
    return EXIT.fine;
  }
  if (options.net !== undefined && options.all)
    throw new UsageError("--net names one net and --all takes all: use one of them");
  if (options.output !== undefined) await checkOutput(path, options.output, options.format);
  const { networks: all, isOverBudget } = await compiledOf(path, options.format, options.net);
  const asJson = options.format === "json";
  const several = options.net === undefined && (options.all || !asJson);
  const networks = bindAll(several ? all : [chooseNetwork(path, all, options.net)], options.size);
  const isOver = isOverBudget || (options.size !== undefined && tellBudgets(networks));
  if (options.format === "html") await showPage(networks, options);
  else show(networks, options);
  return isOver ? EXIT.program : EXIT.fine;
}

async function checkOutput(path: string, output: string, format: ReportOptions["format"]): Promise<void> {
  if (format !== "html") throw new UsageError("-o is for --format html: other forms go to standard output");
  if (resolve(output) === resolve(path))
    throw new UsageError(`${path} is the program itself and would be overwritten: choose another output`);
  await checkWritable(output);
}

async function showPage(networks: readonly Network[], { columns, precision, output }: ReportOptions): Promise<void> {
  const page = await htmlReport(networks, { columns, precision });
  if (output === undefined) {
    print(page.trimEnd());
    return;
  }
  const file = textFile(basename(output), page);
  await writing(output, () => writeFiles(dirname(output), [file]));
  print(`${output}  ${bytesText(file.data.byteLength)}`);
}

function show(networks: readonly Network[], options: ReportOptions): void {
  if (options.format === "json") {
    // One document a line where there may be several.
    for (const network of networks) print(toJson(reportOf(network, options.precision), options.all ? 0 : 2));
    return;
  }
  if (options.format === "csv") {
    print(csvReport(networks, options));
    return;
  }
  print(networks.map((network) => render(network, options, networks.length > 1)).join("\n\n"));
}

function render(network: Network, { format, columns, precision }: ReportOptions, titled: boolean): string {
  const choice = { columns, precision };
  switch (format) {
    case "slide":
      return (titled ? `# ${network.name}\n` : "") + slideTable(network);
    case "markdown":
      return markdownReport(network, choice);
    case "latex":
      return latexReport(network, choice);
    default:
      return tableReport(network, widthOf(process.stdout), paintFor(process.stdout), choice);
  }
}

/** What each column is. */
function explain({ columns = Object.keys(columnDefinitions) as ColumnName[], format }: ReportOptions): void {
  const chosen = columns.map((name) => ({ name, doc: columnDefinitions[name].doc }));
  if (format === "json") {
    print(toJson({ schema: "cnnc-columns/1", columns: chosen }));
    return;
  }
  const paint = paintFor(process.stdout);
  print(
    chosen
      .map(({ name, doc }) => `${paint.strong(name)}\n${wrapped(doc, Math.min(widthOf(process.stdout), 100))}`)
      .join("\n\n"),
  );
}

/** Text in lines that begin with two spaces. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines.join("\n");
}
