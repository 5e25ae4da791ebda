/** Checks that hold for every network the elaborator makes; a failure is a mistake in the compiler, never in a program. */
import { isFixed, variablesOf, type Dimension } from "./dimension.js";
import type { Network } from "./network.js";
import { formatDimensions, symbolsOf } from "./shape.js";

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
    if (node.type.shape.some((size) => !isSound(size, network.symbols))) {
      faults.push(`${node.name} has the size ${formatDimensions(node.type.shape)}`);
    }
  });
  if (network.inputs.length === 0) faults.push("no input");
  if (network.outputs.length === 0) faults.push("no output");
  const letters = symbolsOf(network.inputs.map((id) => network.nodes[id]?.type.shape ?? []));
  if (letters.join() !== network.symbols.join()) {
    faults.push(`the inputs have the letters ${letters.join()}, not ${network.symbols.join()}`);
  }
  for (const { variable } of network.conditions) {
    if (!network.symbols.includes(variable)) faults.push(`a condition is about ${variable}, which no input has`);
  }
  for (const id of [...network.inputs, ...network.outputs]) {
    if (!network.nodes[id]) faults.push(`input or output ${id} is not a node`);
  }
  return faults;
}

/** A whole number from 1, or an expression in letters of the inputs. */
function isSound(size: Dimension, symbols: readonly string[]): boolean {
  if (isFixed(size)) return Number.isSafeInteger(size) && size >= 1;
  return variablesOf(size).every((name) => symbols.includes(name));
}
