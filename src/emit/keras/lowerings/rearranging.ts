/** Layers that move values about. */
import { argsOf } from "../../../ir/network.js";
import { fixedShape } from "../../../ir/shape.js";
import type { ChunkArgs } from "../../../ops/chunk.js";
import { cropStarts, type CropArgs } from "../../../ops/crop.js";
import type { PadArgs } from "../../../ops/pad.js";
import type { PixelshuffleArgs } from "../../../ops/pixelshuffle.js";
import type { ShuffleArgs } from "../../../ops/shuffle.js";
import { orderOf, type TransposeArgs } from "../../../ops/transpose.js";
import { code, keyword, reads, value, type Literal } from "../../outline/pieces.js";
import { axesValue } from "../../python/values.js";
import { applied, expression, helping, layer, type Lowering } from "../layer.js";

const x = reads(0);

export const chunk: Lowering = (of) => {
  const { part, of: parts } = argsOf<ChunkArgs>(of.node);
  const size = of.channels() / parts;
  return expression(...code`${x}[..., ${value("start", (part - 1) * size)}:${value("end", part * size)}]`);
};

/** Positions by groups by channels, the last two exchanged. */
export const shuffle: Lowering = (of) => {
  const { groups } = argsOf<ShuffleArgs>(of.node);
  const shape = of.shape();
  const channels = shape.at(-1)!;
  const positions = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const split = helping("layers.Reshape", [value("shape", [positions, groups, channels / groups])], "groups", [x]);
  const turned = helping("layers.Permute", ["(1, 3, 2)"], "turns", split);
  return applied("layers.Reshape", [value("shape", shape)], turned);
};

/** UPSAMPLE and RESIZE. */
export const resize: Lowering = (of) => {
  const { bilinear } = argsOf<{ bilinear: boolean }>(of.node);
  const factors = of.node.args["factor"] as readonly number[] | undefined;
  if (factors && !bilinear) return layer(`layers.UpSampling${factors.length}D`, value("size", axesValue(factors)));
  const size = value("size", of.result().slice(0, -1));
  return layer(of.helper("Resample"), size, keyword("bilinear", bilinear, false));
};

export const pad: Lowering = (of) => {
  const { amount, reflect } = argsOf<PadArgs>(of.node);
  if (amount.kind !== "explicit") throw new Error(`${of.node.name} has no numbers to pad by`);
  const pairs = amount.before.map((before, axis): Literal => [before, amount.after[axis]!]);
  if (reflect) return layer(of.helper("ReflectPadding"), value("padding", pairs));
  return layer(`layers.ZeroPadding${pairs.length}D`, value("padding", pairs.length === 1 ? pairs[0]! : pairs));
};

export const crop: Lowering = (of) => {
  const shape = of.shape();
  const starts = fixedShape({ shape: cropStarts(argsOf<CropArgs>(of.node), { shape }) });
  const size = of.result().slice(0, -1);
  const pairs = starts.map((start, axis): Literal => [start, shape[axis]! - start - size[axis]!]);
  return layer(`layers.Cropping${pairs.length}D`, value("cropping", pairs.length === 1 ? pairs[0]! : pairs));
};

export const reshape: Lowering = (of) => layer("layers.Reshape", value("shape", of.result()));

export const transpose: Lowering = (of) => {
  const shape = of.shape();
  if (shape.length === 1) return expression(x);
  const dims = orderOf(argsOf<TransposeArgs>(of.node), { shape }).map((axis) => axis + 1);
  return layer("layers.Permute", value("dims", dims));
};

/** Channels are [c, r, r, ...]: each r goes behind its axis. */
export const pixelshuffle: Lowering = (of) => {
  const { factor } = argsOf<PixelshuffleArgs>(of.node);
  const sides = of.shape().slice(0, -1);
  const result = of.result();
  const axes = sides.length;
  const split = [...sides, result.at(-1)!, ...sides.map(() => factor)];
  const parts = helping("layers.Reshape", [value("shape", split)], "parts", [x]);
  const dims = [...sides.flatMap((_, axis) => [axis + 1, axes + 2 + axis]), axes + 1];
  const moved = helping("layers.Permute", [value("dims", dims)], "moved", parts);
  return applied("layers.Reshape", [value("shape", result)], moved);
};

export const pixelunshuffle: Lowering = (of) => {
  const { factor } = argsOf<PixelshuffleArgs>(of.node);
  const result = of.result();
  const sides = result.slice(0, -1);
  const split = [...sides.flatMap((side) => [side, factor]), of.channels()];
  const parts = helping("layers.Reshape", [value("shape", split)], "parts", [x]);
  const last = 2 * sides.length + 1;
  const dims = [...sides.map((_, axis) => 2 * axis + 1), last, ...sides.map((_, axis) => 2 * axis + 2)];
  const moved = helping("layers.Permute", [value("dims", dims)], "moved", parts);
  return applied("layers.Reshape", [value("shape", result)], moved);
};
