/** Convolutions and pooling. */
import type { AdaptiveAvgpoolArgs } from "../../../ops/adaptiveavgpool.js";
import type { AvgPoolArgs } from "../../../ops/avgpool.js";
import type { ConvArgs } from "../../../ops/conv.js";
import type { DwconvArgs } from "../../../ops/dwconv.js";
import type { PoolArgs } from "../../../ops/pooling.js";
import { cutOf, outpadOf, type UpconvArgs } from "../../../ops/upconv.js";
import { windowAxes, type Axis, type WindowArgs } from "../../../ops/window.js";
import { argsOf } from "../../../ir/network.js";
import type { Attributes, Draft, Lowered, Lowering } from "../draft.js";
import type { OnnxAttribute } from "../schema.js";
import { averagingRows } from "../../average.js";

function axesOf(layer: Draft): Axis[] {
  return windowAxes(argsOf<WindowArgs>(layer.node), { shape: layer.shape() });
}

/** All the starts, then all the ends; an overhanging last window is padding at the end. */
function pads(axes: readonly Axis[]): OnnxAttribute {
  return { ints: [...axes.map((axis) => axis.before), ...axes.map((axis) => axis.after + axis.overhang)] };
}

function windowAttributes(layer: Draft): Attributes {
  const { window, stride } = argsOf<WindowArgs>(layer.node);
  return { kernel_shape: { ints: window }, strides: { ints: stride }, pads: pads(axesOf(layer)) };
}

/** Its tensors, with a bias where it has one. */
function weightAndBias(layer: Draft): string[] {
  const bias = layer.tensor("bias");
  return [layer.weight("weight", { kind: "filters-first" }), ...(bias === undefined ? [] : [bias])];
}

function convolve(layer: Draft, dilation: readonly number[], groups: number): Lowered {
  const attributes = { ...windowAttributes(layer), dilations: { ints: dilation }, group: { int: groups } };
  return layer.end("Conv", [layer.input(), ...weightAndBias(layer)], attributes);
}

export const conv: Lowering = (layer) => {
  const { dilation, groups } = argsOf<ConvArgs>(layer.node);
  return convolve(layer, dilation, groups);
};

export const dwconv: Lowering = (layer) =>
  convolve(layer, argsOf<DwconvArgs>(layer.node).dilation, layer.shape().at(-1)!);

export const upconv: Lowering = (layer) => {
  const args = argsOf<UpconvArgs>(layer.node);
  const cuts = args.window.map((_, axis) => cutOf(args, axis));
  return layer.end("ConvTranspose", [layer.input(), ...weightAndBias(layer)], {
    kernel_shape: { ints: args.window },
    strides: { ints: args.stride },
    dilations: { ints: args.dilation },
    group: { int: args.groups },
    pads: { ints: [...cuts.map(([before]) => before), ...cuts.map(([, after]) => after)] },
    output_padding: { ints: args.window.map((_, axis) => outpadOf(args, axis)) },
  });
};

export const pool: Lowering = (layer) => layer.end("MaxPool", [layer.input()], windowAttributes(layer));

export const avgpool: Lowering = (layer) => {
  const { countpad } = argsOf<AvgPoolArgs>(layer.node);
  const axes = axesOf(layer);
  const attributes = windowAttributes(layer);
  if (!countpad || axes.every((axis) => axis.before + axis.after === 0)) {
    return layer.end("AveragePool", [layer.input()], attributes);
  }
  if (axes.every((axis) => axis.overhang === 0)) {
    return layer.end("AveragePool", [layer.input()], { ...attributes, count_include_pad: { int: 1 } });
  }
  // Padding counts in the mean, the overhang of a ceil pool does not: the padding is made a part of the map.
  const amounts = [0, 0, ...axes.map((axis) => axis.before), 0, 0, ...axes.map((axis) => axis.after)];
  const padded = layer.step("padded", "Pad", [layer.input(), layer.integers("pads", amounts)], {
    mode: { text: "constant" },
  });
  const overhang = { ints: [...axes.map(() => 0), ...axes.map((axis) => axis.overhang)] };
  return layer.end("AveragePool", [padded], { ...attributes, pads: overhang });
};

function global(type: string): Lowering {
  return (layer) => {
    const values = layer.step(type === "GlobalMaxPool" ? "largest" : "means", type, [layer.input()]);
    return layer.end("Flatten", [values], { axis: { int: 1 } });
  };
}

export const gap = global("GlobalAveragePool");
export const gmp = global("GlobalMaxPool");

/** A pool where all windows are alike, else a product with a matrix of the means along each axis. */
export const adaptiveavgpool: Lowering = (layer) => {
  const { size } = argsOf<AdaptiveAvgpoolArgs>(layer.node);
  const shape = layer.shape();
  const sides = shape.slice(0, -1);
  if (size.every((wanted, axis) => sides[axis]! % wanted === 0)) {
    const window: PoolArgs["window"] = sides.map((side, axis) => side / size[axis]!);
    return layer.end("AveragePool", [layer.input()], { kernel_shape: { ints: window }, strides: { ints: window } });
  }
  let value = layer.input();
  const current = [...sides];
  const count = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
  for (const [axis, wanted] of size.entries()) {
    if (current[axis] === wanted) continue;
    const before = shape.at(-1)! * count(current.slice(0, axis));
    const after = count(current.slice(axis + 1));
    const rows = averagingRows(current[axis]!, wanted);
    const lines = layer.integers(`lines${axis + 1}`, [0, before, current[axis]!, after]);
    const flat = layer.step(`axis${axis + 1}`, "Reshape", [value, lines]);
    const matrix = layer.floats(`means${axis + 1}`, rows.flat(), [wanted, current[axis]!]);
    value = layer.step(`averaged${axis + 1}`, "MatMul", [matrix, flat]);
    current[axis] = wanted;
  }
  return layer.end("Reshape", [value, layer.integers("shape", [0, shape.at(-1)!, ...size])]);
};
