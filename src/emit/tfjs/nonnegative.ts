/** Values that are never below 0, around which zeros are to a maximum what nothing is. */
import type { Network, NodeId } from "../../ir/network.js";

const NEVER_NEGATIVE = new Set(["relu", "relu6", "sigmoid", "hsigmoid", "softmax", "softplus"]);

/** Operators that make nothing negative of what is not. */
const KEEPING = new Set(
  [
    [
      "pool",
      "avgpool",
      "adaptiveavgpool",
      "gap",
      "gmp",
      "dropout",
      "droppath",
      "identity",
      "flatten",
      "chunk",
      "shuffle",
    ],
    ["upsample", "resize", "pad", "crop", "reshape", "transpose", "pixelshuffle", "pixelunshuffle"],
    ["add", "mul", "max", "mean", "concat"],
  ].flat(),
);

export function nonNegative(network: Network): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  for (const { id, op, inputs } of network.nodes) {
    if (NEVER_NEGATIVE.has(op) || (KEEPING.has(op) && inputs.every((input) => found.has(input)))) found.add(id);
  }
  return found;
}
