/** Branches of a merging layer: from where they part to where they meet. */
import { nodeOf, type Network, type Node, type NodeId } from "../ir/network.js";
import type { View } from "./view.js";

/** Layers of a branch that are followed back. */
const LONGEST = 32;

export interface Branch {
  /** Where it starts from: the last value that others read as well. */
  readonly source: NodeId;
  /** Its own layers, first to last. */
  readonly layers: readonly Node[];
}

/** The branches that meet in a layer, each as far back as nothing else reads it. */
export function branchesOf(network: Network, merging: Node, view: View): Branch[] {
  return merging.inputs.map((id) => {
    const layers: Node[] = [];
    let node = nodeOf(network, id);
    while (layers.length < LONGEST && node.inputs.length === 1 && view.nextOf(node)) {
      layers.unshift(node);
      node = nodeOf(network, node.inputs[0]!);
    }
    return { source: node.id, layers };
  });
}
