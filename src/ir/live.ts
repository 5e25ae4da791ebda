/** Which layers of a network count. */
import type { Network, NodeId } from "./network.js";

/** The nodes that an output is made of. */
export function liveNodes(network: Network): ReadonlySet<NodeId> {
  const live = new Set<NodeId>(network.outputs);
  for (const { id, inputs } of [...network.nodes].reverse()) {
    if (live.has(id)) for (const input of inputs) live.add(input);
  }
  return live;
}
