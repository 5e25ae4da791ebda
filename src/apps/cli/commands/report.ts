/** `cnnc report FILE`: sizes, parameters, compute and memory of every layer. */
import { reportOf, slideTable, toJson, type Network } from "../../../index.js";
import { markdownReport, tableReport } from "../report-tables.js";
import { bindAll, tellBudgets, type Sizes } from "../sizes.js";
import { chooseNetwork, compiledOf } from "../sources.js";
import { EXIT, paintFor, print, widthOf, UsageError } from "../terminal.js";

export interface ReportOptions {
  net?: string;
  all?: boolean;
  size?: Sizes;
  format: "slide" | "table" | "markdown" | "json";
}

export async function report(path: string, options: ReportOptions): Promise<number> {
  if (options.net !== undefined && options.all)
    throw new UsageError("--net names one net and --all takes all: use one of them");
  const { networks: all, isOverBudget } = await compiledOf(path, options.format, options.net);
  const asJson = options.format === "json";
  const several = options.net === undefined && (options.all || !asJson);
  const networks = bindAll(several ? all : [chooseNetwork(path, all, options.net)], options.size);
  const isOver = isOverBudget || (options.size !== undefined && tellBudgets(networks));
  show(networks, options);
  return isOver ? EXIT.program : EXIT.fine;
}

function show(networks: readonly Network[], options: ReportOptions): void {
  if (options.format === "json") {
    // One document a line where there may be several.
    for (const network of networks) print(toJson(reportOf(network), options.all ? 0 : 2));
    return;
  }
  print(networks.map((network) => render(network, options.format, networks.length > 1)).join("\n\n"));
}

function render(network: Network, format: ReportOptions["format"], titled: boolean): string {
  switch (format) {
    case "slide":
      return (titled ? `# ${network.name}\n` : "") + slideTable(network);
    case "markdown":
      return markdownReport(network);
    default:
      return tableReport(network, widthOf(process.stdout), paintFor(process.stdout));
  }
}
