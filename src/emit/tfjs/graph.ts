/** How the layers of a network are connected: a plain chain, or a graph. */
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import type { LayerCall } from "./code.js";

/** The calls of each layer that counts, by id, in order. */
export type Calls = ReadonlyMap<NodeId, readonly LayerCall[]>;

/** Whether every layer reads the one before it, and the last one is the output. */
export function isChain({ nodes, inputs, outputs }: Network): boolean {
  return (
    inputs.length === 1 &&
    outputs.length === 1 &&
    outputs[0] === nodes.length - 1 &&
    nodes.every((node, id) =>
      id === 0 ? node.inputs.length === 0 : node.inputs.length === 1 && node.inputs[0] === id - 1,
    )
  );
}

/** Layers that change nothing, through which values are read that tfjs would else take for something else. */
export interface Copies {
  /** For each layer that reads a value more than once, by the position of what it reads. */
  readonly reads: ReadonlyMap<NodeId, readonly (LayerCall | undefined)[]>;
  /** For each output. */
  readonly outputs: readonly (LayerCall | undefined)[];
}

export function copiesOf(network: Network, calls: Calls): Copies {
  const names = new Set(network.nodes.map(({ name }) => name));
  const copy = (wanted: string): LayerCall => {
    let name = wanted;
    while (names.has(name)) name += "_";
    names.add(name);
    return { kind: "activation", config: { name, activation: "linear" } };
  };
  const reads = new Map<NodeId, (LayerCall | undefined)[]>();
  for (const id of calls.keys()) {
    const { inputs, name } = nodeOf(network, id);
    // tfjs counts a layer that reads a value twice as one reader, and drops the value before others have read it.
    const isAgain = inputs.map((input, index) => inputs.indexOf(input) !== index);
    if (isAgain.some(Boolean)) {
      reads.set(
        id,
        isAgain.map((again) => (again ? copy(`${name}_again`) : undefined)),
      );
    }
  }
  // What a model gives comes from its layers, so that an input that is given too goes through one.
  const outputs = network.outputs.map((id) =>
    network.inputs.includes(id) ? copy(`${nodeOf(network, id).name}_output`) : undefined,
  );
  return { reads, outputs };
}
