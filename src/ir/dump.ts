/** The IR as text, one node a line, for `--dump ir` and tests. */
import { formatCondition } from "./condition.js";
import { nodeOf, type Argument, type Network } from "./network.js";
import { formatDimensions } from "./shape.js";

/** `conv1: 55x55x96 = conv(input) { filters: 96, window: 11x11, ... }` for each node, inside `net NAME { ... }`. */
export function dumpNetwork(network: Network): string {
  const lines = network.nodes.map((node) => {
    const inputs = node.inputs.map((id) => nodeOf(network, id).name).join(", ");
    const args = Object.entries(node.args).map(([name, value]) => `${name}: ${formatArgument(value)}`);
    const braces = args.length > 0 ? ` { ${args.join(", ")} }` : "";
    return `  ${node.name}: ${formatDimensions(node.type.shape)} = ${node.op}(${inputs})${braces}`;
  });
  const outputs = network.outputs.map((id) => nodeOf(network, id).name).join(", ");
  const conditions = network.conditions.map((condition) => `  where ${formatCondition(condition)}`);
  return [`net ${network.name} {`, ...lines, ...conditions, `  output ${outputs}`, "}"].join("\n");
}

export function formatArgument(value: Argument): string {
  if (typeof value === "object") {
    if (!("kind" in value)) return formatDimensions(value);
    if (value.kind !== "explicit") return value.kind;
    return `${value.before.join("x")}..${value.after.join("x")}`;
  }
  return String(value);
}
