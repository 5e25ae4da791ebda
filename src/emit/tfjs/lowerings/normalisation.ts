/** Normalisations, and the learnt factors and numbers of channels. */
import { argsOf } from "../../../ir/network.js";
import type { AffineArgs } from "../../../ops/affine.js";
import type { BnArgs } from "../../../ops/bn.js";
import type { GnArgs } from "../../../ops/gn.js";
import type { LrnArgs } from "../../../ops/lrn.js";
import type { ScaleArgs } from "../../../ops/scale.js";
import { custom, layer, shapeOf, type Lowering } from "../lowering.js";

/** tfjs's own takes no volumes, and does not train without a scale and a shift. */
export const bn: Lowering = (node, context) => {
  const { eps: epsilon, affine, momentum } = argsOf<BnArgs>(node);
  // What tfjs calls momentum is the weight of the old statistics.
  const config = { momentum: Number((1 - momentum).toPrecision(12)), epsilon };
  const isOwn = affine && shapeOf(node, context).length < 4;
  return [
    isOwn
      ? layer("batchNormalization", node, config)
      : custom("GeneralBatchNormalization", node, { ...config, affine }),
  ];
};

/** tfjs's own takes no volumes, and does not train without a scale and a shift. */
export const ln: Lowering = (node, context) => {
  const { eps: epsilon, affine } = argsOf<AffineArgs>(node);
  const axes = shapeOf(node, context).length;
  if (affine && axes < 4) return [layer("layerNormalization", node, { axis: [axes], epsilon })];
  return [custom("GroupNormalization", node, { groups: 1, perPosition: true, epsilon, affine })];
};

export const gn: Lowering = (node) => {
  const { groups, eps: epsilon, affine } = argsOf<GnArgs>(node);
  return [custom("GroupNormalization", node, { groups, perPosition: false, epsilon, affine })];
};

/** Every channel is a group. */
export const instanceNorm: Lowering = (node, context) => {
  const { eps: epsilon, affine } = argsOf<AffineArgs>(node);
  const groups = shapeOf(node, context).at(-1)!;
  return [custom("GroupNormalization", node, { groups, perPosition: false, epsilon, affine })];
};

export const lrn: Lowering = (node) => {
  const { size, alpha, beta, k } = argsOf<LrnArgs>(node);
  return [custom("LocalResponseNormalization", node, { size, alpha, beta, bias: k })];
};

export const scale: Lowering = (node) => [custom("ChannelScale", node, { init: argsOf<ScaleArgs>(node).init })];

export const bias: Lowering = (node) => [custom("ChannelBias", node)];
