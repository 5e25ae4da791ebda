/** Convolutions and pooling. */
import { floorDivide, isFixed, isSame, minus, plus, times, type Dimension } from "../../../ir/dimension.js";
import { argsOf } from "../../../ir/network.js";
import { formatDimensions, symbolsOf } from "../../../ir/shape.js";
import type { AdaptiveAvgpoolArgs } from "../../../ops/adaptiveavgpool.js";
import type { AvgPoolArgs } from "../../../ops/avgpool.js";
import type { ConvArgs } from "../../../ops/conv.js";
import type { DwconvArgs } from "../../../ops/dwconv.js";
import { cutOf, outpadOf, type UpconvArgs } from "../../../ops/upconv.js";
import { slidAxes, spanOfWindow, type Axis, type SlidAxis, type WindowArgs } from "../../../ops/window.js";
import { averagingRows } from "../../average.js";
import { TargetError } from "../../errors.js";
import type { Draft, Lowered, Lowering } from "../draft.js";
import { ELEMENT_TYPES, type Attributes, type OnnxAttribute } from "../schema.js";

/** Zeros around one axis; behind the padding, what a last window covers that is rounded up to. */
interface AxisPads {
  readonly before: number;
  readonly after: number;
  readonly overhang: number;
}

/** The padding of each axis; undefined where `same` makes it depend on an open size. */
function padsOf(layer: Draft): AxisPads[] | undefined {
  const args = argsOf<WindowArgs>(layer.node);
  const axes = slidAxes(args, { shape: layer.shape() }).map((axis) => axisPads(axis, args.ceil ?? false));
  return axes.every((axis) => axis !== undefined) ? axes : undefined;
}

function axisPads(axis: Axis | SlidAxis, ceil: boolean): AxisPads | undefined {
  const { before, after, stride } = axis;
  if (before === undefined || after === undefined) {
    // `same` adds no position before a window of one or two.
    const span = spanOfWindow(axis.window, axis.dilation);
    return span <= Math.min(2, stride) ? { before: 0, after: span - 1, overhang: 0 } : undefined;
  }
  if ("overhang" in axis) return { before, after, overhang: axis.overhang };
  // As many windows as when rounded up, for all sizes: one more fits where up to stride - 1 positions are missing, but
  // none that starts behind the last position of the map.
  const span = spanOfWindow(axis.window, axis.dilation);
  return { before, after, overhang: ceil ? Math.min(after + stride, span) - 1 - after : 0 };
}

/** All the starts, then all the ends. */
function padsAttribute(axes: readonly AxisPads[]): OnnxAttribute {
  return { ints: [...axes.map(({ before }) => before), ...axes.map(({ after, overhang }) => after + overhang)] };
}

/** Window, stride and padding of a convolution or a pool. */
function windowAttributes(layer: Draft): Attributes {
  const { window, stride } = argsOf<WindowArgs>(layer.node);
  const axes = padsOf(layer);
  // SAME_UPPER is the language's `same`: the odd position last.
  const padding: Attributes = axes ? { pads: padsAttribute(axes) } : { auto_pad: { text: "SAME_UPPER" } };
  return { kernel_shape: { ints: window }, strides: { ints: stride }, ...padding };
}

/**
 * The same of a pool. Errors: `TargetError` for an open size that is padded as `same` under a stride larger than the
 * window, where onnxruntime's SAME_UPPER comes to a padding below 0.
 */
function poolAttributes(layer: Draft): Attributes {
  const { window, stride } = argsOf<WindowArgs>(layer.node);
  const attributes = windowAttributes(layer);
  if (!("auto_pad" in attributes) || window.every((length, axis) => length >= stride[axis]!)) return attributes;
  const arrives = formatDimensions(layer.shape());
  const sizes = symbolsOf([layer.shape()]).map((letter) => `--size ${letter}=224`);
  throw new TargetError(
    `${layer.node.name} cannot be built for onnx while ${arrives} is open: pad same under a stride larger than the window pads by the size; give numbers, as ${sizes.join(" ")}`,
  );
}

/** The map with the padding of `same` around it, worked out by the graph where onnxruntime's SAME_UPPER does not. */
function paddedAsSame(layer: Draft): string {
  const args = argsOf<WindowArgs>(layer.node);
  const totals = slidAxes(args, { shape: layer.shape() }).map(({ input, output, window, stride, dilation }) =>
    minus(plus(times(minus(output, 1), stride), spanOfWindow(window, dilation)), input),
  );
  const halves = totals.map((total) => floorDivide(total, 2));
  const rest = totals.map((total, axis) => minus(total, halves[axis]!));
  const wanted = layer.dimensions("pads_wanted", [0, 0, ...halves, 0, 0, ...rest]);
  const pads = layer.step("pads", "Max", [wanted, layer.integers("none", [0])]);
  return layer.step("padded", "Pad", [layer.input(), pads], { mode: { text: "constant" } });
}

/** Its tensors, with a bias where it has one. */
function weightAndBias(layer: Draft): string[] {
  const bias = layer.tensor("bias");
  return [layer.weight("weight", { kind: "filters-first" }), ...(bias === undefined ? [] : [bias])];
}

function convolve(layer: Draft, dilation: readonly number[], groups: number): Lowered {
  const attributes = { ...windowAttributes(layer), dilations: { ints: dilation }, group: { int: groups } };
  const { window, stride } = argsOf<WindowArgs>(layer.node);
  const isPlain = window.every((length, axis) => dilation[axis] === 1 && length >= stride[axis]!);
  if (!("auto_pad" in attributes) || isPlain) {
    return layer.end("Conv", [layer.input(), ...weightAndBias(layer)], attributes);
  }
  const unpadded = { ...attributes, auto_pad: { text: "VALID" } };
  return layer.end("Conv", [paddedAsSame(layer), ...weightAndBias(layer)], unpadded);
}

export const conv: Lowering = (layer) => {
  const { dilation, groups } = argsOf<ConvArgs>(layer.node);
  return convolve(layer, dilation, groups);
};

export const dwconv: Lowering = (layer) => convolve(layer, argsOf<DwconvArgs>(layer.node).dilation, layer.channels());

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

export const pool: Lowering = (layer) => layer.end("MaxPool", [layer.input()], poolAttributes(layer));

export const avgpool: Lowering = (layer) => {
  const { countpad } = argsOf<AvgPoolArgs>(layer.node);
  const axes = padsOf(layer);
  const attributes = poolAttributes(layer);
  if (!countpad || axes?.every(({ before, after }) => before + after === 0)) {
    return layer.end("AveragePool", [layer.input()], attributes);
  }
  // onnxruntime's releases until early 2026 divide by too little where padding differs between the sides (issue 26708).
  if (!axes || axes.every(({ before, after, overhang }) => overhang === 0 && before === after)) {
    return layer.end("AveragePool", [layer.input()], { ...attributes, count_include_pad: { int: 1 } });
  }
  // Padding counts in the mean, the overhang of a ceil pool does not: the padding is made a part of the map.
  const amounts = [0, 0, ...axes.map((axis) => axis.before), 0, 0, ...axes.map((axis) => axis.after)];
  const padded = layer.step("padded", "Pad", [layer.input(), layer.integers("pads", amounts), layer.keptZero()], {
    mode: { text: "constant" },
  });
  const overhang = axes.map((axis) => ({ ...axis, before: 0, after: 0 }));
  return layer.end("AveragePool", [padded], { ...attributes, pads: padsAttribute(overhang) });
};

function global(type: string): Lowering {
  return (layer) => {
    const values = layer.step(type === "GlobalMaxPool" ? "largest" : "means", type, [layer.input()]);
    return layer.end("Flatten", [values], { axis: { int: 1 } });
  };
}

export const gap = global("GlobalAveragePool");
export const gmp = global("GlobalMaxPool");

/** The means along one axis as a matrix, [size, wanted] or turned: 1/n where a window lies, 0 elsewhere. */
function meansMatrix(layer: Draft, axis: number, wanted: number, isTurned: boolean): string {
  const size = layer.shape()[axis]!;
  const name = `means${axis + 1}`;
  if (!isFixed(size)) {
    const matrix = openMeans(layer, axis, size, wanted);
    return isTurned ? layer.step(`${name}_turned`, "Transpose", [matrix], { perm: { ints: [1, 0] } }) : matrix;
  }
  const rows = averagingRows(size, wanted);
  if (isTurned) return layer.floats(name, rows.flat(), [wanted, size]);
  const columns = Array.from({ length: size }, (_, index) => rows.map((row) => row[index]!));
  return layer.floats(name, columns.flat(), [size, wanted]);
}

/** The same worked out by the graph: window i of n spans floor(i*size/n) to ceil((i + 1)*size/n). */
function openMeans(layer: Draft, axis: number, size: Dimension, wanted: number): string {
  const step = (what: string, type: string, inputs: readonly string[], attributes: Attributes = {}) =>
    layer.step(`${what}${axis + 1}`, type, inputs, attributes);
  const constant = (what: string, values: readonly number[]) => layer.integers(`${what}${axis + 1}`, values);
  const length = layer.dimension(size);
  const places = Array.from({ length: wanted }, (_, place) => place);
  const count = constant("windows", [wanted]);
  const starts = step("starts", "Div", [step("first", "Mul", [constant("places", places), length]), count]);
  const last = step("last", "Mul", [
    constant(
      "behind",
      places.map((place) => place + 1),
    ),
    length,
  ]);
  const ends = step("ends", "Div", [step("last_up", "Add", [last, constant("round", [wanted - 1])]), count]);
  const range = layer.range(`positions${axis + 1}`, size);
  const positions = step("column", "Unsqueeze", [range, constant("columns", [1])]);
  const isFrom = step("from", "GreaterOrEqual", [positions, starts]);
  const inside = step("inside", "And", [isFrom, step("to", "Less", [positions, ends])]);
  const float = { to: { int: ELEMENT_TYPES.float32 } };
  const sizes = step("sizes", "Cast", [step("lengths", "Sub", [ends, starts])], float);
  return step("means", "Div", [step("ones", "Cast", [inside], float), sizes]);
}

/** The means of windows along one axis: a product with their matrix. */
function averagedAlong(layer: Draft, value: string, axis: number, wanted: number): string {
  const places = layer.shape().length + 1;
  const [place, last] = [axis + 2, places - 1];
  const product = `averaged${axis + 1}`;
  if (place === last) return layer.step(product, "MatMul", [value, meansMatrix(layer, axis, wanted, false)]);
  if (place === last - 1) return layer.step(product, "MatMul", [meansMatrix(layer, axis, wanted, true), value]);
  const order = Array.from({ length: places }, (_, other) => other);
  [order[place], order[last]] = [last, place];
  const perm = { ints: order };
  const turned = layer.step(`turned${axis + 1}`, "Transpose", [value], { perm });
  const means = layer.step(product, "MatMul", [turned, meansMatrix(layer, axis, wanted, false)]);
  return layer.step(`back${axis + 1}`, "Transpose", [means], { perm });
}

/** A pool where all windows are alike, else products with matrices. */
export const adaptiveavgpool: Lowering = (layer) => {
  const { size } = argsOf<AdaptiveAvgpoolArgs>(layer.node);
  const sides = layer.shape().slice(0, -1);
  if (size.every((wanted) => wanted === 1)) return layer.end("GlobalAveragePool", [layer.input()]);
  const window = sides.map((side, axis) => (isFixed(side) ? side / size[axis]! : NaN));
  if (window.every((length) => Number.isInteger(length))) {
    return layer.end("AveragePool", [layer.input()], { kernel_shape: { ints: window }, strides: { ints: window } });
  }
  let value = layer.input();
  for (const [axis, wanted] of size.entries()) {
    if (!isSame(sides[axis]!, wanted)) value = averagedAlong(layer, value, axis, wanted);
  }
  return layer.endWith(value);
};
