/** The report of networks as one HTML file that needs nothing else. */
import type { ColumnChoice } from "../../analysis/report-columns.js";
import type { Network } from "../../ir/network.js";

/**
 * A page with the figures, the diagram, the table of layers, the memory over time and the shares of the cost of each network.
 * What it takes is loaded when it is called. The same networks give the same bytes.
 */
export async function htmlReport(networks: readonly Network[], choice: ColumnChoice = {}): Promise<string> {
  const { documentOf } = await import("./document.js");
  return documentOf(networks, choice);
}
