/** Normalisations, and the learnt factors and numbers of channels. */
import { argsOf } from "../../../ir/network.js";
import type { AffineArgs } from "../../../ops/affine.js";
import type { GnArgs } from "../../../ops/gn.js";
import type { LrnArgs } from "../../../ops/lrn.js";
import { perChannel, toChannelsFirst, toChannelsLast, type Draft, type Lowering } from "../draft.js";

/** The learnt scale and shift, or constants that do nothing where there are none. */
function scaleAndBias(layer: Draft): [scale: string, bias: string] {
  const channels = layer.channels();
  const constant = (name: string, value: number) =>
    layer.tensor(name) ?? layer.floats(name, Array<number>(channels).fill(value), [channels]);
  return [constant("scale", 1), constant("bias", 0)];
}

const epsilon = (layer: Draft) => ({ float: argsOf<AffineArgs>(layer.node).eps });

export const bn: Lowering = (layer) => {
  const inputs = [layer.input(), ...scaleAndBias(layer), layer.weight("mean"), layer.weight("variance")];
  return layer.end("BatchNormalization", inputs, { epsilon: epsilon(layer) });
};

/** ONNX normalises the last axes, so that the channels are put there. */
export const ln: Lowering = (layer) => {
  const rank = layer.shape().length;
  const attributes = { axis: { int: -1 }, epsilon: epsilon(layer) };
  if (rank === 1) return layer.end("LayerNormalization", [layer.input(), ...scaleAndBias(layer)], attributes);
  const perm = { ints: toChannelsLast(rank) };
  const last = layer.step("channels_last", "Transpose", [layer.input()], { perm });
  const normalised = layer.step("normalised", "LayerNormalization", [last, ...scaleAndBias(layer)], attributes);
  return layer.end("Transpose", [normalised], { perm: { ints: toChannelsFirst(rank) } });
};

/** In older sets each group of an image is an instance of its own, with all of its values in a row. */
export const gn: Lowering = (layer) => {
  const { groups } = argsOf<GnArgs>(layer.node);
  const rank = layer.shape().length;
  const channels = layer.channels();
  if (layer.has("GroupNormalization")) {
    const own = { num_groups: { int: groups }, epsilon: epsilon(layer) };
    return layer.end("GroupNormalization", [layer.input(), ...scaleAndBias(layer)], own);
  }
  const rows = layer.step("groups", "Reshape", [layer.input(), layer.integers("rows", [0, groups, -1])]);
  const neutral = [1, 0].map((value, index) =>
    layer.floats(index === 0 ? "ones" : "zeros", Array<number>(groups).fill(value), [groups]),
  );
  const attributes = { epsilon: epsilon(layer) };
  const normalised = layer.step("normalised", "InstanceNormalization", [rows, ...neutral], attributes);
  const back = [normalised, layer.shapeOfInput("shape")];
  const scale = layer.tensor("scale", perChannel(channels, rank));
  if (scale === undefined) return layer.end("Reshape", back);
  const map = layer.step("map", "Reshape", back);
  const scaled = layer.step("scaled", "Mul", [map, scale]);
  return layer.end("Add", [scaled, layer.weight("bias", perChannel(channels, rank))]);
};

export const instanceNorm: Lowering = (layer) =>
  layer.end("InstanceNormalization", [layer.input(), ...scaleAndBias(layer)], { epsilon: epsilon(layer) });

/** LRN; runtimes have it for images only, so that a sequence or a volume is put as an image one position wide. */
export const lrn: Lowering = (layer) => {
  const { size, alpha, beta, k } = argsOf<LrnArgs>(layer.node);
  // ONNX divides alpha by the size, the paper does not.
  const attributes = {
    size: { int: size },
    alpha: { float: alpha * size },
    beta: { float: beta },
    bias: { float: k },
  };
  const shape = layer.shape();
  if (shape.length === 3) return layer.end("LRN", [layer.input()], attributes);
  // 0 keeps the batch and the channels.
  const narrow = layer.integers("image_shape", [0, 0, -1, 1]);
  const image = layer.step("image", "Reshape", [layer.input(), narrow]);
  const normalised = layer.step("normalised", "LRN", [image], attributes);
  return layer.end("Reshape", [normalised, layer.shapeOfInput("shape")]);
};

/** The layer's tensor of one value for each channel, and its input, through an operator that broadcasts. */
function channelwise(type: string, tensor: string): Lowering {
  return (layer) => {
    const order = perChannel(layer.channels(), layer.shape().length);
    return layer.end(type, [layer.input(), layer.weight(tensor, order)]);
  };
}

export const scale = channelwise("Mul", "weight");
export const bias = channelwise("Add", "bias");
