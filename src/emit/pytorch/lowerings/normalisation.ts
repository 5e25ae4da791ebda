/** Normalisations, and the learnt factors and numbers of channels. */
import { argsOf } from "../../../ir/network.js";
import type { AffineArgs } from "../../../ops/affine.js";
import type { BnArgs } from "../../../ops/bn.js";
import type { GnArgs } from "../../../ops/gn.js";
import type { LrnArgs } from "../../../ops/lrn.js";
import type { ScaleArgs } from "../../../ops/scale.js";
import { code, keyword, own, reads, value, type Piece } from "../../outline/pieces.js";
import { module, type Lowering } from "../layer.js";

/** PyTorch's own epsilon. */
const EPS = 1e-5;

export const bn: Lowering = (layer) => {
  const { eps, momentum, affine } = argsOf<BnArgs>(layer.node);
  const sides = layer.sides();
  const isOwn = sides <= 3;
  const make: Piece[] = [
    `nn.BatchNorm${isOwn ? Math.max(1, sides) : 1}d(`,
    value("channels", layer.channels()),
    keyword("eps", eps, EPS),
    keyword("momentum", momentum, 0.1),
    keyword("affine", affine, true),
    ")",
  ];
  if (isOwn) return module(...make);
  return { make, apply: code`${own}(${reads(0)}.flatten(2)).view_as(${reads(0)})` };
};

/** PyTorch normalises the last axes, so that the channels are put there. */
export const ln: Lowering = (layer) => {
  const { eps, affine } = argsOf<AffineArgs>(layer.node);
  const make = code`nn.LayerNorm(${value("channels", layer.channels())}${keyword("eps", eps, EPS)}${keyword("elementwise_affine", affine, true)})`;
  if (layer.axes() === 1) return module(...make);
  return { make, apply: code`${own}(${reads(0)}.movedim(1, -1)).movedim(-1, 1)` };
};

export const gn: Lowering = (layer) => {
  const { groups, eps, affine } = argsOf<GnArgs>(layer.node);
  return module(
    ...code`nn.GroupNorm(${value("groups", groups)}, ${value("channels", layer.channels())}${keyword("eps", eps, EPS)}${keyword("affine", affine, true)})`,
  );
};

export const instanceNorm: Lowering = (layer) => {
  const { eps, affine } = argsOf<AffineArgs>(layer.node);
  return module(
    ...code`nn.InstanceNorm${String(layer.sides())}d(${value("channels", layer.channels())}${keyword("eps", eps, EPS)}${keyword("affine", affine, false)})`,
  );
};

/** PyTorch divides alpha by the size, the paper does not. */
export const lrn: Lowering = (layer) => {
  const { size, alpha, beta, k } = argsOf<LrnArgs>(layer.node);
  return module(
    ...code`nn.LocalResponseNorm(${value("size", size)}${keyword("alpha", alpha * size, 1e-4)}${keyword("beta", beta, 0.75)}${keyword("k", k, 1)})`,
  );
};

export const scale: Lowering = (layer) => {
  const { init } = argsOf<ScaleArgs>(layer.node);
  return module(...code`${layer.helper("Scale")}(${value("channels", layer.channels())}${keyword("init", init, 1)})`);
};

export const bias: Lowering = (layer) =>
  module(...code`${layer.helper("Bias")}(${value("channels", layer.channels())})`);
