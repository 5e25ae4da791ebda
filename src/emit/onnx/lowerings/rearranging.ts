/** Layers that move values about. Orders are those of the language, height before width before channels. */
import { argsOf } from "../../../ir/network.js";
import { fixedShape } from "../../../ir/shape.js";
import type { ChunkArgs } from "../../../ops/chunk.js";
import { cropStarts, type CropArgs } from "../../../ops/crop.js";
import type { PadArgs } from "../../../ops/pad.js";
import type { PixelshuffleArgs } from "../../../ops/pixelshuffle.js";
import type { ShuffleArgs } from "../../../ops/shuffle.js";
import { orderOf, type TransposeArgs } from "../../../ops/transpose.js";
import { toChannelsFirst, toChannelsLast, type Attributes, type Draft, type Lowered, type Lowering } from "../draft.js";

export const chunk: Lowering = (layer) => {
  const { part, of } = argsOf<ChunkArgs>(layer.node);
  const size = layer.shape().at(-1)! / of;
  const [start, end] = [layer.integers("start", [(part - 1) * size]), layer.integers("end", [part * size])];
  return layer.end("Slice", [layer.input(), start, end, layer.integers("axis", [1])]);
};

export const shuffle: Lowering = (layer) => {
  const { groups } = argsOf<ShuffleArgs>(layer.node);
  const shape = layer.shape();
  const channels = shape.at(-1)!;
  const split = layer.integers("split", [0, groups, channels / groups, -1]);
  const grouped = layer.step("groups", "Reshape", [layer.input(), split]);
  const turns = layer.step("turns", "Transpose", [grouped], { perm: { ints: [0, 2, 1, 3] } });
  return layer.end("Reshape", [turns, layer.integers("shape", [0, channels, ...shape.slice(0, -1)])]);
};

/** The nearest position by exact arithmetic, where a runtime's scale would have to be rounded: an index for each one. */
function nearest(layer: Draft, sides: readonly number[], wanted: readonly number[]): Lowered {
  const changed = [...sides.keys()].filter((axis) => sides[axis] !== wanted[axis]);
  let value = layer.input();
  for (const [turn, axis] of changed.entries()) {
    const size = wanted[axis]!;
    const indices = Array.from({ length: size }, (_, position) => Math.floor((position * sides[axis]!) / size));
    const inputs = [value, layer.integers(`indices${axis + 1}`, indices)];
    const attributes = { axis: { int: axis + 2 } };
    if (turn === changed.length - 1) return layer.end("Gather", inputs, attributes);
    value = layer.step(`gathered${axis + 1}`, "Gather", inputs, attributes);
  }
  return layer.end("Identity", [value]);
}

/** UPSAMPLE and RESIZE. */
export const resize: Lowering = (layer) => {
  const { bilinear } = argsOf<{ bilinear: boolean }>(layer.node);
  const sides = layer.shape().slice(0, -1);
  const wanted = layer.result().slice(0, -1);
  const isWhole = sides.every((side, axis) => wanted[axis]! % side === 0);
  if (!bilinear && !isWhole) return nearest(layer, sides, wanted);
  const attributes: Attributes = bilinear
    ? { mode: { text: "linear" }, coordinate_transformation_mode: { text: "half_pixel" } }
    : {
        mode: { text: "nearest" },
        coordinate_transformation_mode: { text: "asymmetric" },
        nearest_mode: { text: "floor" },
      };
  if (isWhole) {
    const factors = [1, 1, ...wanted.map((size, axis) => size / sides[axis]!)];
    return layer.end("Resize", [layer.input(), "", layer.floats("factors", factors, [factors.length])], attributes);
  }
  // A scale would have to be rounded, and the size with it: sizes are given, the batch as it is.
  const kept = layer.step("kept", "Shape", [layer.input()], { start: { int: 0 }, end: { int: 2 } });
  const sizes = layer.step("sizes", "Concat", [kept, layer.integers("size", wanted)], { axis: { int: 0 } });
  return layer.end("Resize", [layer.input(), "", "", sizes], attributes);
};

export const pad: Lowering = (layer) => {
  const { amount, reflect } = argsOf<PadArgs>(layer.node);
  if (amount.kind !== "explicit") throw new Error(`${layer.node.name} has no numbers to pad by`);
  const pads = layer.integers("pads", [0, 0, ...amount.before, 0, 0, ...amount.after]);
  return layer.end("Pad", [layer.input(), pads], { mode: { text: reflect ? "reflect" : "constant" } });
};

export const crop: Lowering = (layer) => {
  const starts = fixedShape({ shape: cropStarts(argsOf<CropArgs>(layer.node), { shape: layer.shape() }) });
  const sizes = layer.result().slice(0, -1);
  return layer.end("Slice", [
    layer.input(),
    layer.integers("starts", starts),
    layer.integers(
      "ends",
      starts.map((start, axis) => start + sizes[axis]!),
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
  if (from.at(-1) === to.at(-1) && from.length > 1 && to.length > 1) {
    // Positions keep their order, channels stay channels.
    return layer.end("Reshape", [layer.input(), layer.integers("shape", [0, to.at(-1)!, ...to.slice(0, -1)])]);
  }
  const perm = { ints: toChannelsLast(from.length) };
  const last = from.length === 1 ? layer.input() : layer.step("channels_last", "Transpose", [layer.input()], { perm });
  const inputs = [last, layer.integers("shape", [0, ...to])];
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
  const split = layer.integers("split", [0, result.at(-1)!, ...sides.map(() => factor), ...sides]);
  const parts = layer.step("parts", "Reshape", [layer.input(), split]);
  const perm = [0, 1, ...sides.flatMap((_, axis) => [2 + axes + axis, 2 + axis])];
  const moved = layer.step("moved", "Transpose", [parts], { perm: { ints: perm } });
  return layer.end("Reshape", [moved, layer.integers("shape", [0, result.at(-1)!, ...result.slice(0, -1)])]);
};

export const pixelunshuffle: Lowering = (layer) => {
  const { factor } = argsOf<PixelshuffleArgs>(layer.node);
  const channels = layer.shape().at(-1)!;
  const result = layer.result();
  const sides = result.slice(0, -1);
  const split = layer.integers("split", [0, channels, ...sides.flatMap((side) => [side, factor])]);
  const parts = layer.step("parts", "Reshape", [layer.input(), split]);
  const perm = [0, 1, ...sides.map((_, axis) => 3 + 2 * axis), ...sides.map((_, axis) => 2 + 2 * axis)];
  const moved = layer.step("moved", "Transpose", [parts], { perm: { ints: perm } });
  return layer.end("Reshape", [moved, layer.integers("shape", [0, result.at(-1)!, ...sides])]);
};
