/** Dense layers, and what becomes of the order of a map that is flattened. */
import { consumersOf, type Network, type NodeId } from "../../../ir/network.js";
import { fixedChannels, fixedShape, isFixedShape } from "../../../ir/shape.js";
import { toChannelsFirst, toChannelsLast, type Lowering } from "../draft.js";

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

/** Gemm; what arrives as a map is flattened channels first, and the rows of the weights follow that order. */
export const fc: Lowering = (layer) => {
  const shape = layer.shape();
  const map = shape.length > 1 ? fixedShape({ shape }) : layer.flattenedFrom();
  const weight = layer.weight("weight", map ? { kind: "channels-first-rows", map } : undefined);
  const bias = layer.tensor("bias");
  const tensors = bias === undefined ? [weight] : [weight, bias];
  if (shape.length === 1) return layer.end("Gemm", [layer.input(), ...tensors]);
  const flat = layer.step("flat", "Flatten", [layer.input()], { axis: { int: 1 } });
  return layer.end("Gemm", [flat, ...tensors]);
};

/** At every position by itself: a convolution with a window of one. */
export const linear: Lowering = (layer) => {
  const shape = layer.shape();
  const bias = layer.tensor("bias");
  const tensors = bias === undefined ? [] : [bias];
  if (shape.length === 1) return layer.end("Gemm", [layer.input(), layer.weight("weight"), ...tensors]);
  if (shape.length > 4) {
    // No runtime convolves over more than three axes.
    const perm = { ints: toChannelsLast(shape.length) };
    const last = layer.step("channels_last", "Transpose", [layer.input()], { perm });
    const product = layer.step("product", "MatMul", [last, layer.weight("weight")]);
    const result = bias === undefined ? product : layer.step("shifted", "Add", [product, bias]);
    return layer.end("Transpose", [result], { perm: { ints: toChannelsFirst(shape.length) } });
  }
  const ones = Array<number>(shape.length - 1).fill(1);
  const weight = layer.weight("weight", {
    kind: "filters-first",
    shape: [fixedChannels(layer.node.type), layer.channels(), ...ones],
  });
  return layer.end("Conv", [layer.input(), weight, ...tensors], { kernel_shape: { ints: ones } });
};

export const flatten: Lowering = (layer) => {
  const shape = layer.shape();
  if (shape.length === 1) return layer.end("Identity", [layer.input()]);
  if (layer.isFreelyOrdered()) return layer.end("Flatten", [layer.input()], { axis: { int: 1 } });
  const order = { perm: { ints: toChannelsLast(shape.length) } };
  const last = layer.step("channels_last", "Transpose", [layer.input()], order);
  return layer.end("Flatten", [last], { axis: { int: 1 } });
};
