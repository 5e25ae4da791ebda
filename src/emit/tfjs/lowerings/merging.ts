/** Branches that meet. */
import type { Config } from "../code.js";
import { layer, unchanged, type Lowering } from "../lowering.js";

/** A layer that takes two values or more; `multiply` meets the channels of maps with a vector by itself. */
export function merge(kind: string, config: Config = {}): Lowering {
  return (node) => [node.inputs.length > 1 ? layer(kind, node, config) : unchanged(node)];
}
