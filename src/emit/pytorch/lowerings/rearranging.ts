/** Layers that move values about. Orders are those of the language, height before width before channels. */
import { argsOf } from "../../../ir/network.js";
import { fixedShape } from "../../../ir/shape.js";
import type { ChunkArgs } from "../../../ops/chunk.js";
import { cropStarts, type CropArgs } from "../../../ops/crop.js";
import type { PadArgs } from "../../../ops/pad.js";
import type { PixelshuffleArgs } from "../../../ops/pixelshuffle.js";
import type { ShuffleArgs } from "../../../ops/shuffle.js";
import { orderOf, type TransposeArgs } from "../../../ops/transpose.js";
import { code, reads, value, type Piece } from "../../outline/pieces.js";
import { expression, module, padding, type Lowering } from "../layer.js";
import { axesValue } from "../../python/values.js";

const x = reads(0);

export const chunk: Lowering = (layer) => {
  const { part, of } = argsOf<ChunkArgs>(layer.node);
  return expression(...code`${x}.chunk(${value("of", of)}, dim=1)[${value("part", part - 1)}]`);
};

export const shuffle: Lowering = (layer) => {
  const { groups } = argsOf<ShuffleArgs>(layer.node);
  const parts = value("groups", [groups, layer.channels() / groups]);
  return expression(...code`${x}.unflatten(1, ${parts}).transpose(1, 2).flatten(1, 2)`);
};

const LINEAR = ["linear", "bilinear", "trilinear"];

/** UPSAMPLE and RESIZE. */
export const resize: Lowering = (layer) => {
  const { bilinear } = argsOf<{ bilinear: boolean }>(layer.node);
  const factors = (layer.node.args["factor"] ?? undefined) as readonly number[] | undefined;
  const mode = bilinear ? `"${LINEAR[layer.sides() - 1]!}", align_corners=False` : '"nearest"';
  if (factors) {
    const factor = axesValue(factors);
    return module(...code`nn.Upsample(scale_factor=${value("factor", factor)}, mode=${mode})`);
  }
  const size = value("size", layer.result().slice(0, -1));
  if (bilinear) return expression(...code`F.interpolate(${x}, size=${size}, mode=${mode})`);
  return expression(...code`${layer.helper("resize_nearest")}(${x}, ${size})`);
};

export const pad: Lowering = (layer) => {
  const { amount, reflect } = argsOf<PadArgs>(layer.node);
  if (amount.kind !== "explicit") throw new Error(`${layer.node.name} has no numbers to pad by`);
  const around = value("padding", padding(amount.before, amount.after));
  return expression(...code`F.pad(${x}, ${around}${reflect ? ', mode="reflect"' : ""})`);
};

export const crop: Lowering = (layer) => {
  const starts = fixedShape({ shape: cropStarts(argsOf<CropArgs>(layer.node), { shape: layer.shape() }) });
  const sizes = layer.result().slice(0, -1);
  const slices = starts.map((start, axis) => code`, ${value("start", start)}:${value("end", start + sizes[axis]!)}`);
  return expression(...code`${x}[:, :${slices.flat()}]`);
};

export const reshape: Lowering = (layer) => {
  const [from, to] = [layer.shape(), layer.result()];
  if (from.length === 1 && to.length === 1) return expression(x);
  if (from.at(-1) === to.at(-1) && from.length > 1 && to.length > 1) {
    // Positions keep their order, channels stay channels.
    return expression(...code`${x}.reshape(${value("shape", [-1, to.at(-1)!, ...to.slice(0, -1)])})`);
  }
  const last: Piece[] = from.length === 1 ? [x] : code`${x}.movedim(1, -1)`;
  const reshaped = code`${last}.reshape(${value("shape", [-1, ...to])})`;
  return expression(...(to.length === 1 ? reshaped : code`${reshaped}.movedim(-1, 1)`));
};

export const transpose: Lowering = (layer) => {
  const shape = layer.shape();
  if (shape.length === 1) return expression(x);
  const order = orderOf(argsOf<TransposeArgs>(layer.node), { shape });
  const last = shape.length - 1;
  /** Where an axis of the language is in PyTorch. */
  const place = (axis: number) => (axis === last ? 1 : axis + 2);
  const dims = [0, place(order[last]!), ...order.slice(0, -1).map(place)];
  return expression(...code`${x}.permute(${value("dims", dims)})`);
};

export const pixelshuffle: Lowering = (layer) => {
  const factor = value("factor", argsOf<PixelshuffleArgs>(layer.node).factor);
  if (layer.sides() === 2) return module(...code`nn.PixelShuffle(${factor})`);
  return expression(...code`${layer.helper("pixel_shuffle")}(${x}, ${factor})`);
};

export const pixelunshuffle: Lowering = (layer) => {
  const factor = value("factor", argsOf<PixelshuffleArgs>(layer.node).factor);
  if (layer.sides() === 2) return module(...code`nn.PixelUnshuffle(${factor})`);
  return expression(...code`${layer.helper("pixel_unshuffle")}(${x}, ${factor})`);
};
