/** Dense layers. */
import { fixedChannels, fixedShape } from "../../../ir/shape.js";
import { toChannelsFirst, toChannelsLast, type Lowering } from "../draft.js";

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
