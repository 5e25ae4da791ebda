/** Normalisations, and the learnt factors and numbers of channels. */
import { argsOf } from "../../../ir/network.js";
import type { AffineArgs } from "../../../ops/affine.js";
import type { BnArgs } from "../../../ops/bn.js";
import type { GnArgs } from "../../../ops/gn.js";
import type { LrnArgs } from "../../../ops/lrn.js";
import type { ScaleArgs } from "../../../ops/scale.js";
import { keyword, value, type Piece } from "../../outline/pieces.js";
import { layer, type Lowering } from "../layer.js";

const affine = (isAffine: boolean): Piece[] => [keyword("center", isAffine, true), keyword("scale", isAffine, true)];

export const bn: Lowering = (of) => {
  const { eps, momentum, affine: isAffine } = argsOf<BnArgs>(of.node);
  // What Keras calls momentum is the weight of the old statistics.
  const kept = Number((1 - momentum).toPrecision(12));
  return layer(
    "layers.BatchNormalization",
    "axis=-1",
    keyword("momentum", kept, 0.99),
    keyword("epsilon", eps, 1e-3),
    ...affine(isAffine),
  );
};

export const ln: Lowering = (of) => {
  const { eps, affine: isAffine } = argsOf<AffineArgs>(of.node);
  return layer("layers.LayerNormalization", "axis=-1", keyword("epsilon", eps, 1e-3), ...affine(isAffine));
};

export const gn: Lowering = (of) => {
  const { groups, eps, affine: isAffine } = argsOf<GnArgs>(of.node);
  return layer(
    of.helper("GroupNormalization"),
    value("groups", groups),
    keyword("epsilon", eps),
    keyword("affine", isAffine, true),
  );
};

/** Every channel is a group. */
export const instanceNorm: Lowering = (of) => {
  const { eps, affine: isAffine } = argsOf<AffineArgs>(of.node);
  return layer(
    of.helper("GroupNormalization"),
    value("groups", of.channels()),
    keyword("epsilon", eps),
    keyword("affine", isAffine, true),
  );
};

export const lrn: Lowering = (of) => {
  const { size, alpha, beta, k } = argsOf<LrnArgs>(of.node);
  return layer(
    of.helper("LocalResponseNormalization"),
    value("size", size),
    keyword("alpha", alpha),
    keyword("beta", beta),
    keyword("bias", k),
  );
};

export const scale: Lowering = (of) => layer(of.helper("ChannelScale"), value("init", argsOf<ScaleArgs>(of.node).init));

export const bias: Lowering = (of) => layer(of.helper("ChannelBias"));
