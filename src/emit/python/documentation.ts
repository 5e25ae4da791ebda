/** Documentation strings. */
import { costOf, totalCost } from "../../analysis/cost.js";
import { groupDigits } from "../../base/integers.js";
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import { formatDimensions } from "../../ir/shape.js";

/** Text that cannot end the string that it stands in. */
export function docText(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029]/g, " ");
}

/** What a network says of itself, its sizes and its parameters, for a string that is indented by four. */
export function summaryOf(network: Network): string {
  const { params } = totalCost(network.nodes.map((node) => costOf(network, node)));
  const shape = (ids: readonly NodeId[]) =>
    ids.map((id) => formatDimensions(nodeOf(network, id).type.shape)).join(", ");
  const count = typeof params === "bigint" ? `, ${groupDigits(params)} parameters` : "";
  const summary = `Input ${shape(network.inputs)}, output ${shape(network.outputs)} (channels last)${count}.`;
  if (!network.documentation) return summary;
  return `${docText(network.documentation).replaceAll("\n", "\n    ")}\n\n    ${summary}\n    `;
}
