/** Dense layers. Values are in the language's order. */
import { argsOf } from "../../../ir/network.js";
import type { FcArgs } from "../../../ops/fc.js";
import { helping, initializer, layer, shapeOf, unchanged, type Lowering } from "../lowering.js";

/** Along the last axis, whatever stands before it. */
export const linear: Lowering = (node, context) => {
  const { units, bias } = argsOf<FcArgs>(node);
  const config = { units, ...(bias ? {} : { useBias: false }), kernelInitializer: initializer(node, context) };
  return [layer("dense", node, config)];
};

export const fc: Lowering = (node, context) => {
  const isMap = shapeOf(node, context).length > 1;
  return [...(isMap ? [helping(layer("flatten", node), "flatten", node, context)] : []), ...linear(node, context)];
};

/** tfjs flattens maps only; a vector is flat. */
export const flatten: Lowering = (node, context) => [
  shapeOf(node, context).length > 1 ? layer("flatten", node) : unchanged(node),
];
