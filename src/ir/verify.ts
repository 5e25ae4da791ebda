/** Checks that hold for every network the elaborator makes; a failure is a mistake in the compiler, never in a program. */
import type { Network } from "./network.js";

/** The rules that a network breaks, as sentences; none for a sound one. */
export function verifyNetwork(network: Network): string[] {
  const faults: string[] = [];
  const names = new Set<string>();
  network.nodes.forEach((node, index) => {
    if (node.id !== index) faults.push(`node ${index} carries the id ${node.id}`);
    if (names.has(node.name)) faults.push(`two nodes are called ${node.name}`);
    names.add(node.name);
    for (const input of node.inputs) {
      if (input < 0 || input >= index) faults.push(`${node.name} reads node ${input}, which does not come before it`);
    }
    if (node.type.shape.length === 0) faults.push(`${node.name} has no size`);
    if (node.type.shape.some((size) => !Number.isSafeInteger(size) || size < 1)) {
      faults.push(`${node.name} has the size ${node.type.shape.join("x")}`);
    }
  });
  if (network.inputs.length === 0) faults.push("no input");
  if (network.outputs.length === 0) faults.push("no output");
  for (const id of [...network.inputs, ...network.outputs]) {
    if (!network.nodes[id]) faults.push(`input or output ${id} is not a node`);
  }
  return faults;
}
