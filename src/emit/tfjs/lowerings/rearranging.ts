/** Layers that move values about. */
import { argsOf, type Node } from "../../../ir/network.js";
import { fixedShape } from "../../../ir/shape.js";
import type { ChunkArgs } from "../../../ops/chunk.js";
import { cropStarts, type CropArgs } from "../../../ops/crop.js";
import type { PadArgs } from "../../../ops/pad.js";
import type { PixelshuffleArgs } from "../../../ops/pixelshuffle.js";
import type { ShuffleArgs } from "../../../ops/shuffle.js";
import { orderOf, type TransposeArgs } from "../../../ops/transpose.js";
import type { LayerCall } from "../code.js";
import { custom, helping, layer, shapeOf, unchanged, type Lowering } from "../lowering.js";

function reshaped(node: Node, shape: readonly number[]): LayerCall {
  return layer("reshape", node, { targetShape: shape });
}

export const chunk: Lowering = (node, context) => {
  const { part, of } = argsOf<ChunkArgs>(node);
  const size = shapeOf(node, context).at(-1)! / of;
  return [custom("Chunk", node, { start: (part - 1) * size, size })];
};

/** Positions by groups by channels, the last two exchanged. */
export const shuffle: Lowering = (node, context) => {
  const { groups } = argsOf<ShuffleArgs>(node);
  const shape = shapeOf(node, context);
  const channels = shape.at(-1)!;
  const positions = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  return [
    helping(reshaped(node, [positions, groups, channels / groups]), "groups", node, context),
    helping(layer("permute", node, { dims: [1, 3, 2] }), "turns", node, context),
    reshaped(node, shape),
  ];
};

/** UPSAMPLE and RESIZE. tfjs's own repeats positions of images; its scale is exact for powers of two only. */
export const resize: Lowering = (node, context) => {
  const { bilinear } = argsOf<{ bilinear: boolean }>(node);
  const sides = shapeOf(node, context).slice(0, -1);
  const wanted = fixedShape(node.type).slice(0, -1);
  const factors = wanted.map((size, axis) => size / sides[axis]!);
  const isOwn =
    !bilinear && sides.length === 2 && factors.every((factor) => Number.isInteger(Math.log2(factor)) && factor >= 1);
  return [
    isOwn ? layer("upSampling2d", node, { size: factors }) : custom("Resampling", node, { size: wanted, bilinear }),
  ];
};

export const pad: Lowering = (node) => {
  const { amount, reflect } = argsOf<PadArgs>(node);
  if (amount.kind !== "explicit") throw new Error(`${node.name} has no numbers to pad by`);
  const padding = amount.before.map((before, axis) => [before, amount.after[axis]!]);
  if (!reflect && padding.length === 2) return [layer("zeroPadding2d", node, { padding })];
  return [custom("Padding", node, { padding, reflect })];
};

export const crop: Lowering = (node, context) => {
  const shape = shapeOf(node, context);
  const starts = fixedShape({ shape: cropStarts(argsOf<CropArgs>(node), { shape }) });
  const size = fixedShape(node.type).slice(0, -1);
  if (size.length !== 2) return [custom("Cropping", node, { starts, size })];
  const cropping = starts.map((start, axis) => [start, shape[axis]! - start - size[axis]!]);
  return [layer("cropping2D", node, { cropping })];
};

export const reshape: Lowering = (node) => [reshaped(node, fixedShape(node.type))];

export const transpose: Lowering = (node, context) => {
  const shape = shapeOf(node, context);
  if (shape.length === 1) return [unchanged(node)];
  const dims = orderOf(argsOf<TransposeArgs>(node), { shape }).map((axis) => axis + 1);
  return [layer("permute", node, { dims })];
};

export const pixelshuffle: Lowering = (node) => [
  custom("PixelShuffle", node, { factor: argsOf<PixelshuffleArgs>(node).factor }),
];

export const pixelunshuffle: Lowering = (node) => [
  custom("PixelUnshuffle", node, { factor: argsOf<PixelshuffleArgs>(node).factor }),
];
