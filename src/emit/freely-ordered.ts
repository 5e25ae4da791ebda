/** Vectors that targets which keep channels first may leave in that order. */
import { consumersOf, type Network, type NodeId } from "../ir/network.js";
import { isFixedShape } from "../ir/shape.js";

/** Operators that treat every value alike, so that the order of a vector does not matter to them. All have one input. */
const ORDERLESS = new Set(
  [
    ["relu", "relu6", "lrelu", "elu", "selu", "gelu", "silu", "mish", "sigmoid", "tanh", "hsigmoid", "hswish"],
    ["softplus", "softmax", "logsoftmax", "dropout", "droppath", "identity"],
  ].flat(),
);

/**
 * The vectors whose order nobody sees: from a FLATTEN on, where nothing but orderless layers stands between it and dense
 * layers. They stay channels first, and the dense layers take their rows in the order of the map that each is given with.
 */
export function freelyOrdered(network: Network): ReadonlyMap<NodeId, readonly number[]> {
  const consumers = consumersOf(network);
  const isUnseen: boolean[] = [];
  for (const { id } of [...network.nodes].reverse()) {
    isUnseen[id] =
      !network.outputs.includes(id) &&
      consumers[id]!.every(({ op, id: reader }) => op === "fc" || (ORDERLESS.has(op) && isUnseen[reader]!));
  }
  const maps = new Map<NodeId, readonly number[]>();
  for (const { id, op, inputs } of network.nodes) {
    if (!isUnseen[id]) continue;
    const [input] = inputs;
    if (op === "flatten") {
      const { shape } = network.nodes[input!]!.type;
      // No dense layer reads what has an open size.
      if (shape.length > 1 && isFixedShape(shape)) maps.set(id, shape);
    } else if (ORDERLESS.has(op)) {
      const map = maps.get(input!);
      if (map) maps.set(id, map);
    }
  }
  return maps;
}
