/** Branches that meet. */
import type { Config } from "../code.js";
import { layer, unchanged, type Lowering } from "../lowering.js";
import type { StandardLayer } from "../model/standard.js";

/** A layer that takes two values or more; `multiply` meets the channels of maps with a vector by itself. */
export function merge(kind: StandardLayer, config: Config = {}): Lowering {
  return (node) => [node.inputs.length > 1 ? layer(kind, node, config) : unchanged(node)];
}
