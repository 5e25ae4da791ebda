/** The IR as text, one node a line, for `--dump ir` and tests. */
import { formatShape } from "../base/integers.js";
import { nodeOf, type Argument, type Network } from "./network.js";

/** `conv1: 55x55x96 = conv(input) { filters: 96, window: 11x11, ... }` for each node, inside `net NAME { ... }`. */
export function dumpNetwork(network: Network): string {
  const lines = network.nodes.map((node) => {
    const inputs = node.inputs.map((id) => nodeOf(network, id).name).join(", ");
    const args = Object.entries(node.args).map(([name, value]) => `${name}: ${formatArgument(value)}`);
    const braces = args.length > 0 ? ` { ${args.join(", ")} }` : "";
    return `  ${node.name}: ${formatShape(node.type.shape)} = ${node.op}(${inputs})${braces}`;
  });
  const outputs = network.outputs.map((id) => nodeOf(network, id).name).join(", ");
  return [`net ${network.name} {`, ...lines, `  output ${outputs}`, "}"].join("\n");
}

export function formatArgument(value: Argument): string {
  if (typeof value === "object") {
    if (!("kind" in value)) return value.join("x");
    if (value.kind !== "explicit") return value.kind;
    return `${value.before.join("x")}..${value.after.join("x")}`;
  }
  return String(value);
}
