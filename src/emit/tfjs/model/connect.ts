/** The connections of a graph as a list: layers one after the other, each after those that it reads. */
import { nodeOf, type Network, type NodeId } from "../../../ir/network.js";
import type { LayerCall } from "../code.js";
import { copiesOf, type Calls } from "../graph.js";

/** A value that is read: as it is, or through a layer that changes nothing. */
export interface Read {
  readonly id: NodeId;
  readonly copy?: LayerCall;
}

/** The layers of one node, and the values that the first of them reads. */
interface Connected {
  readonly reads: readonly Read[];
  readonly calls: readonly LayerCall[];
}

export function connect(network: Network, calls: Calls): { connected: Connected[]; outputs: Read[] } {
  const copies = copiesOf(network, calls);
  const connected = [...calls].flatMap(([id, own]): Connected[] => {
    const { inputs } = nodeOf(network, id);
    if (inputs.length === 0) return [];
    return [{ reads: inputs.map((input, index) => ({ id: input, copy: copies.reads.get(id)?.[index] })), calls: own }];
  });
  return { connected, outputs: network.outputs.map((id, index) => ({ id, copy: copies.outputs[index] })) };
}
