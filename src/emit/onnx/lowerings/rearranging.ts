/** Layers that move values about. Orders are those of the language, height before width before channels. */
import { evaluateDimension, isFixed, isSame, plus, times, variablesOf, type Dimension } from "../../../ir/dimension.js";
import { argsOf } from "../../../ir/network.js";
import type { ChunkArgs } from "../../../ops/chunk.js";
import { cropStarts, type CropArgs } from "../../../ops/crop.js";
import type { PadArgs } from "../../../ops/pad.js";
import type { PixelshuffleArgs } from "../../../ops/pixelshuffle.js";
import type { ShuffleArgs } from "../../../ops/shuffle.js";
import { orderOf, type TransposeArgs } from "../../../ops/transpose.js";
import { toChannelsFirst, toChannelsLast, type Draft, type Lowered, type Lowering } from "../draft.js";
import type { Attributes } from "../schema.js";

export const chunk: Lowering = (layer) => {
  const { part, of } = argsOf<ChunkArgs>(layer.node);
  const size = layer.channels() / of;
  const [start, end] = [layer.integers("start", [(part - 1) * size]), layer.integers("end", [part * size])];
  return layer.end("Slice", [layer.input(), start, end, layer.integers("axis", [1])]);
};

export const shuffle: Lowering = (layer) => {
  const { groups } = argsOf<ShuffleArgs>(layer.node);
  const split = layer.integers("split", [0, groups, layer.channels() / groups, -1]);
  const grouped = layer.step("groups", "Reshape", [layer.input(), split]);
  const turns = layer.step("turns", "Transpose", [grouped], { perm: { ints: [0, 2, 1, 3] } });
  return layer.end("Reshape", [turns, layer.shapeOfInput("shape")]);
};

/** For each of so many positions the nearest of a side: floor(i*size/wanted). */
function nearestIndices(layer: Draft, name: string, size: Dimension, wanted: Dimension): string {
  if (isFixed(size) && isFixed(wanted)) {
    const indices = Array.from({ length: wanted }, (_, position) => Math.floor((position * size) / wanted));
    return layer.integers(name, indices);
  }
  const products = layer.step(`${name}_times`, "Mul", [layer.range(`${name}_wanted`, wanted), layer.dimension(size)]);
  return layer.step(name, "Div", [products, layer.dimension(wanted)]);
}

/** The nearest position by exact arithmetic, where a runtime's scale would have to be rounded: an index for each one. */
function nearest(layer: Draft, sides: readonly Dimension[], wanted: readonly Dimension[]): Lowered {
  let value = layer.input();
  for (const [axis, size] of wanted.entries()) {
    if (isSame(sides[axis]!, size)) continue;
    const indices = nearestIndices(layer, `indices${axis + 1}`, sides[axis]!, size);
    value = layer.step(`gathered${axis + 1}`, "Gather", [value, indices], { axis: { int: axis + 2 } });
  }
  return layer.endWith(value);
}

/** How many times as large a side becomes, where that is a whole number for all sizes. */
function wholeFactor(side: Dimension, wanted: Dimension): number | undefined {
  if (isFixed(side) && isFixed(wanted)) return wanted % side === 0 ? wanted / side : undefined;
  const at = (size: Dimension) =>
    evaluateDimension(size, new Map([...variablesOf(side), ...variablesOf(wanted)].map((name) => [name, TRIED])));
  const factor = at(wanted) / at(side);
  return Number.isInteger(factor) && isSame(wanted, times(side, factor)) ? factor : undefined;
}

/** A size of letters at which a factor is looked for; whether it is one is then decided for all sizes. */
const TRIED = 1 << 10;

/** UPSAMPLE and RESIZE. */
export const resize: Lowering = (layer) => {
  const { bilinear } = argsOf<{ bilinear: boolean }>(layer.node);
  const sides = layer.shape().slice(0, -1);
  const wanted = layer.result().slice(0, -1);
  const factors = sides.map((side, axis) => wholeFactor(side, wanted[axis]!));
  const isWhole = factors.every((factor) => factor !== undefined);
  if (!bilinear && !isWhole) return nearest(layer, sides, wanted);
  const attributes: Attributes = bilinear
    ? { mode: { text: "linear" }, coordinate_transformation_mode: { text: "half_pixel" } }
    : {
        mode: { text: "nearest" },
        coordinate_transformation_mode: { text: "asymmetric" },
        nearest_mode: { text: "floor" },
      };
  if (isWhole) {
    const scales = layer.floats("factors", [1, 1, ...factors], [factors.length + 2]);
    return layer.end("Resize", [layer.input(), "", scales], attributes);
  }
  // A scale would have to be rounded, and the size with it: sizes are given, the batch as it is.
  const kept = layer.step("kept", "Shape", [layer.input()], { start: { int: 0 }, end: { int: 2 } });
  const sizes = layer.step("sizes", "Concat", [kept, layer.dimensions("size", wanted)], { axis: { int: 0 } });
  return layer.end("Resize", [layer.input(), "", "", sizes], attributes);
};

export const pad: Lowering = (layer) => {
  const { amount, reflect } = argsOf<PadArgs>(layer.node);
  if (amount.kind !== "explicit") throw new Error(`${layer.node.name} has no numbers to pad by`);
  const pads = layer.integers("pads", [0, 0, ...amount.before, 0, 0, ...amount.after]);
  const zero = !reflect && layer.feedsPool() ? [layer.keptZero()] : [];
  return layer.end("Pad", [layer.input(), pads, ...zero], { mode: { text: reflect ? "reflect" : "constant" } });
};

export const crop: Lowering = (layer) => {
  const starts = cropStarts(argsOf<CropArgs>(layer.node), { shape: layer.shape() });
  const sizes = layer.result().slice(0, -1);
  return layer.end("Slice", [
    layer.input(),
    layer.dimensions("starts", starts),
    layer.dimensions(
      "ends",
      starts.map((start, axis) => plus(start, sizes[axis]!)),
    ),
    layer.integers(
      "axes",
      starts.map((_, axis) => axis + 2),
    ),
  ]);
};

export const reshape: Lowering = (layer) => {
  const [from, to] = [layer.shape(), layer.result()];
  if (from.length === 1 && to.length === 1) return layer.end("Identity", [layer.input()]);
  if (isSame(from.at(-1)!, to.at(-1)!) && from.length > 1 && to.length > 1) {
    // Positions keep their order, channels stay channels.
    return layer.end("Reshape", [layer.input(), layer.newShape("shape", [to.at(-1)!, ...to.slice(0, -1)])]);
  }
  const perm = { ints: toChannelsLast(from.length) };
  const last = from.length === 1 ? layer.input() : layer.step("channels_last", "Transpose", [layer.input()], { perm });
  const inputs = [last, layer.newShape("shape", to)];
  if (to.length === 1) return layer.end("Reshape", inputs);
  const reshaped = layer.step("reshaped", "Reshape", inputs);
  return layer.end("Transpose", [reshaped], { perm: { ints: toChannelsFirst(to.length) } });
};

export const transpose: Lowering = (layer) => {
  const shape = layer.shape();
  const order = orderOf(argsOf<TransposeArgs>(layer.node), { shape });
  const last = shape.length - 1;
  /** Where an axis of the language is in ONNX. */
  const place = (axis: number) => (axis === last ? 1 : axis + 2);
  const perm = [0, place(order[last]!), ...order.slice(0, -1).map(place)];
  return layer.end("Transpose", [layer.input()], { perm: { ints: perm } });
};

export const pixelshuffle: Lowering = (layer) => {
  const { factor } = argsOf<PixelshuffleArgs>(layer.node);
  const sides = layer.shape().slice(0, -1);
  const result = layer.result();
  if (sides.length === 2) {
    return layer.end("DepthToSpace", [layer.input()], { blocksize: { int: factor }, mode: { text: "CRD" } });
  }
  // Channels are [c, r, r, ...]: each r goes behind its axis.
  const axes = sides.length;
  const split = layer.newShape("split", [result.at(-1)!, ...sides.map(() => factor), ...sides]);
  const parts = layer.step("parts", "Reshape", [layer.input(), split]);
  const perm = [0, 1, ...sides.flatMap((_, axis) => [2 + axes + axis, 2 + axis])];
  const moved = layer.step("moved", "Transpose", [parts], { perm: { ints: perm } });
  return layer.end("Reshape", [moved, layer.newShape("shape", [result.at(-1)!, ...result.slice(0, -1)])]);
};

export const pixelunshuffle: Lowering = (layer) => {
  const { factor } = argsOf<PixelshuffleArgs>(layer.node);
  const result = layer.result();
  const sides = result.slice(0, -1);
  const split = layer.newShape("split", [layer.channels(), ...sides.flatMap((side) => [side, factor])]);
  const parts = layer.step("parts", "Reshape", [layer.input(), split]);
  const perm = [0, 1, ...sides.map((_, axis) => 3 + 2 * axis), ...sides.map((_, axis) => 2 + 2 * axis)];
  const moved = layer.step("moved", "Transpose", [parts], { perm: { ints: perm } });
  return layer.end("Reshape", [moved, layer.newShape("shape", [result.at(-1)!, ...sides])]);
};
