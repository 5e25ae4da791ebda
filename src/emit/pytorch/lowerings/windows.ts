/** Convolutions and pooling. */
import { argsOf } from "../../../ir/network.js";
import type { AdaptiveAvgpoolArgs } from "../../../ops/adaptiveavgpool.js";
import type { AvgPoolArgs } from "../../../ops/avgpool.js";
import type { ConvArgs } from "../../../ops/conv.js";
import type { DwconvArgs } from "../../../ops/dwconv.js";
import type { PoolArgs } from "../../../ops/pooling.js";
import { cutOf, outpadOf, type UpconvArgs } from "../../../ops/upconv.js";
import { code, keyword, own, reads, value, type LayerCode, type Piece } from "../../outline/pieces.js";
import { expression, module, padding, type Layer, type Lowering } from "../layer.js";
import { padsOf, type Pads } from "../../python/pads.js";
import { axesValue } from "../../python/values.js";

/** Whether there is as much before as after every axis. */
const isEven = ({ before, after }: Pads) => before.every((size, axis) => size === after[axis]);

/** What arrives with zeros (or another number) around it. */
function padded({ before, after }: Pads, fill?: string): Piece[] {
  return code`F.pad(${reads(0)}, ${value("padding", padding(before, after))}${fill === undefined ? "" : `, value=${fill}`})`;
}

interface Convolution {
  readonly filters: number;
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly bias: boolean;
}

function convolve(layer: Layer, args: Convolution, groups: number): LayerCode {
  const pads = padsOf(layer);
  const make = [
    `nn.Conv${args.window.length}d(`,
    value("in_channels", layer.channels()),
    ", ",
    value("out_channels", args.filters),
    ", ",
    value("kernel_size", axesValue(args.window)),
    keyword("stride", axesValue(args.stride), 1),
    keyword("padding", isEven(pads) ? axesValue(pads.before) : 0, 0),
    keyword("dilation", axesValue(args.dilation), 1),
    keyword("groups", groups, 1),
    keyword("bias", args.bias, true),
    ")",
  ];
  return isEven(pads) ? module(...make) : { make, apply: code`${own}(${padded(pads)})` };
}

export const conv: Lowering = (layer) => {
  const args = argsOf<ConvArgs>(layer.node);
  return convolve(layer, args, args.groups);
};

export const dwconv: Lowering = (layer) => convolve(layer, argsOf<DwconvArgs>(layer.node), layer.channels());

/** PyTorch cuts as much before as after an axis, and adds behind it: anything else is made whole, then cut. */
export const upconv: Lowering = (layer) => {
  const args = argsOf<UpconvArgs>(layer.node);
  const cuts = args.window.map((_, axis) => cutOf(args, axis));
  const outpads = args.window.map((_, axis) => outpadOf(args, axis));
  // What is cut off behind beyond what is cut off before is that much less output padding.
  const added = cuts.map(([before, after], axis) => outpads[axis]! + before - after);
  const isOwn = added.every((size, axis) => size >= 0 && size < Math.max(args.stride[axis]!, args.dilation[axis]!));
  const make = [
    `nn.ConvTranspose${args.window.length}d(`,
    value("in_channels", layer.channels()),
    ", ",
    value("out_channels", args.filters),
    ", ",
    value("kernel_size", axesValue(args.window)),
    keyword("stride", axesValue(args.stride), 1),
    keyword("padding", isOwn ? axesValue(cuts.map(([before]) => before)) : 0, 0),
    keyword("output_padding", isOwn ? axesValue(added) : 0, 0),
    keyword("groups", args.groups, 1),
    keyword("bias", args.bias, true),
    keyword("dilation", axesValue(args.dilation), 1),
    ")",
  ];
  if (isOwn) return module(...make);
  const cut = padding(
    cuts.map(([before]) => -before),
    cuts.map(([, after], axis) => outpads[axis]! - after),
  );
  // A negative padding cuts. What is added behind the result has the bias alone, which zeros would not have.
  if (outpads.every((size, axis) => size <= cuts[axis]![1])) {
    return { make, apply: code`F.pad(${own}(${reads(0)}), ${value("cut", cut)})` };
  }
  const size = layer.result().slice(0, -1);
  return {
    make,
    apply: code`${layer.helper("transposed_convolution")}(${own}, ${reads(0)}, ${value(
      "cut",
      cuts.map(([before]) => before),
    )}, ${value("size", size)})`,
  };
};

export const pool: Lowering = (layer) => {
  const args = argsOf<PoolArgs>(layer.node);
  const pads = padsOf(layer);
  const make = [
    `nn.MaxPool${args.window.length}d(`,
    value("kernel_size", axesValue(args.window)),
    keyword("stride", axesValue(args.stride), axesValue(args.window)),
    keyword("padding", fits(pads, args.window) ? axesValue(pads.before) : 0, 0),
    keyword("ceil_mode", args.ceil, false),
    ")",
  ];
  if (fits(pads, args.window)) return module(...make);
  return { make, apply: code`${own}(${padded(pads, 'float("-inf")')})` };
};

/** PyTorch pads pools by at most half of the window. */
const fits = (pads: Pads, window: readonly number[]) =>
  isEven(pads) && pads.before.every((size, axis) => size <= window[axis]! / 2);

export const avgpool: Lowering = (layer) => {
  const args = argsOf<AvgPoolArgs>(layer.node);
  const pads = padsOf(layer);
  const isPadded = [...pads.before, ...pads.after].some((size) => size > 0);
  const isOwn = fits(pads, args.window);
  const make = [
    `nn.AvgPool${args.window.length}d(`,
    value("kernel_size", axesValue(args.window)),
    keyword("stride", axesValue(args.stride), axesValue(args.window)),
    keyword("padding", isOwn ? axesValue(pads.before) : 0, 0),
    keyword("ceil_mode", args.ceil, false),
    keyword("count_include_pad", !isPadded || !isOwn || args.countpad, true),
    ")",
  ];
  if (isOwn) return module(...make);
  if (args.countpad) return { make, apply: code`${own}(${padded(pads)})` };
  const around = value("padding", padding(pads.before, pads.after));
  return { make, apply: code`${layer.helper("average_without_padding")}(${own}, ${reads(0)}, ${around})` };
};

/** The axes behind the channels. */
const spatial = (layer: Layer) =>
  value(
    "dim",
    Array.from({ length: layer.sides() }, (_, axis) => axis + 2),
  );

export const gap: Lowering = (layer) => expression(...code`${reads(0)}.mean(dim=${spatial(layer)})`);
export const gmp: Lowering = (layer) => expression(...code`${reads(0)}.amax(dim=${spatial(layer)})`);

export const adaptiveavgpool: Lowering = (layer) => {
  const { size } = argsOf<AdaptiveAvgpoolArgs>(layer.node);
  return module(`nn.AdaptiveAvgPool${size.length}d(`, value("output_size", axesValue(size)), ")");
};
