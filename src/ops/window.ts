/**
 * The arithmetic of sliding windows, shared by convolutions and pooling, for any number of spatial axes.
 *
 * Sizes follow LANGUAGE section 4: `floor((in - (dilation*(k-1)+1) + before + after)/stride) + 1`, rounded up with
 * `ceil`, where a last window that would start in the padding behind the input is dropped (as PyTorch does).
 */
import { defineDiagnostic } from "../base/diagnostics.js";
import { formatShape, groupDigits, sameShape } from "../base/integers.js";
import { listWords } from "../base/suggest.js";
import {
  ceilDivide,
  evaluateCount,
  floorDivide,
  formatDimension,
  isSame,
  plus,
  variablesOf,
  type Dimension,
  type Expression,
} from "../ir/dimension.js";
import type { Padding, TensorType } from "../ir/network.js";
import { fixedShape, formatDimensions, formatSide, sameDimensions } from "../ir/shape.js";
import type { Alternative, AxisReach, Fault } from "./define.js";
import { LARGEST_SIZE, tooLarge } from "./size.js";

export interface WindowArgs {
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly pad: Padding;
  readonly dilation?: readonly number[];
  readonly ceil?: boolean;
}

/** A window along one spatial axis, whose size may be open. */
export interface SlidAxis {
  readonly input: Dimension;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before and after, as the padding says; undefined where that depends on a size that is open. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly output: Dimension;
}

/** Everything about one spatial axis, decided. */
export interface Axis extends SlidAxis {
  readonly input: number;
  readonly before: number;
  readonly after: number;
  /** Positions behind the padding that the last window of a `ceil` pool covers. */
  readonly overhang: number;
  readonly output: number;
  /** Input positions behind the last window, of the padded input; never negative. */
  readonly leftover: number;
}

export const windowTooLarge = defineDiagnostic<{
  layer: string;
  window: string;
  arrives: string;
  pads: string;
}>({
  code: "CNN2102",
  severity: "error",
  mayFollow: true,
  title: "a window larger than its input",
  message: ({ layer, window, arrives, pads }) =>
    `${layer} slides a ${window} window over ${arrives}${pads}: the window is larger than its input`,
  explanation: `A window must fit into the input at least once, padding included. Usually a pooling layer or a stride
further up has already made the map small, or a padding is missing. Use a smaller window, add padding, pool less, or end
the chain here with GAP or FC.`,
  example: {
    wrong: "INPUT 8x8x3 - POOL2*3 - CONV3-16 pad 0",
    right: "INPUT 8x8x3 - POOL2*2 - CONV2-16 pad 0",
  },
});

export const needsMap = defineDiagnostic<{ layer: string; arrives: string }>({
  code: "CNN2103",
  severity: "error",
  mayFollow: true,
  title: "a layer that needs a map receives a vector",
  message: ({ layer, arrives }) =>
    `${layer} needs a map, height x width x channels, but a vector of ${arrives} values arrives`,
  explanation: `Convolutions, pooling and what moves positions need a map, height x width x channels, or a sequence, length x
channels. After FC, FLATTEN or GAP only a vector is left. Move the layer before them.`,
  example: {
    wrong: "INPUT 32x32x3 - GAP - CONV3-16",
    right: "INPUT 32x32x3 - CONV3-16 - GAP",
  },
});

export const tooManyAxes = defineDiagnostic<{ layer: string; arrives: string; axes: number; most: number }>({
  code: "CNN2128",
  severity: "error",
  mayFollow: true,
  title: "a layer over maps that receives more axes than a volume has",
  message: ({ layer, arrives, axes, most }) =>
    `${layer} slides over at most ${most} axes, but ${arrives} has ${axes} beside its channels`,
  explanation: `Convolutions, pooling and other layers over maps take sequences, images and volumes. What RESHAPE gives more axes
can be put in another order with TRANSPOSE, and has to be given fewer axes again.`,
  example: {
    wrong: "INPUT 4x4x4 - RESHAPE 2x2x2x2x4 - CONV3-8",
    right: "INPUT 4x4x4 - RESHAPE 4x4x4 - CONV3-8",
  },
});

/** Of a volume. */
const MOST_AXES = 3;

/** The fault of a layer that needs a map and receives a vector, or something of more axes; undefined where a map arrives. */
export function mapFault(layer: string, input: TensorType): Fault | undefined {
  const axes = input.shape.length - 1;
  if (axes >= 1 && axes <= MOST_AXES) return undefined;
  const arrives = formatDimensions(input.shape);
  if (axes < 1) return { at: "input", kind: needsMap, args: { layer, arrives } };
  return { at: "input", kind: tooManyAxes, args: { layer, arrives, axes, most: MOST_AXES } };
}

/** Effective window: what it spans with its gaps. */
export function spanOfWindow(window: number, dilation: number): number {
  return dilation * (window - 1) + 1;
}

/** The geometry of each spatial axis. `output` is 0 or less where the window does not fit. Errors: throws on an open size. */
export function windowAxes(args: WindowArgs, input: TensorType): Axis[] {
  return fixedShape(input)
    .slice(0, -1)
    .map((size, axis) => fixedAxis(args, axis, size));
}

function fixedAxis(args: WindowArgs, axis: number, size: number): Axis {
  const window = args.window[axis]!;
  const stride = args.stride[axis]!;
  const dilation = args.dilation?.[axis] ?? 1;
  const span = spanOfWindow(window, dilation);
  const [before, after] = padsOf(args.pad, axis, { span, stride, size })!;
  const room = size + before + after - span;
  if (room < 0) {
    return { input: size, window, stride, dilation, before, after, overhang: 0, output: 0, leftover: 0 };
  }
  const output = outputOf(size, { span, stride, before, after, ceil: args.ceil }) as number;
  const covered = (output - 1) * stride + span;
  return {
    input: size,
    window,
    stride,
    dilation,
    before,
    after,
    overhang: Math.max(0, covered - (size + before + after)),
    output,
    leftover: Math.max(0, size + before + after - covered),
  };
}

/** The same for a size in letters: the formula of its output, for all sizes that the window fits into. */
function openAxis(args: WindowArgs, axis: number, size: Expression): SlidAxis {
  const window = args.window[axis]!;
  const stride = args.stride[axis]!;
  const dilation = args.dilation?.[axis] ?? 1;
  const span = spanOfWindow(window, dilation);
  const [before, after] = padsOf(args.pad, axis, { span, stride }) ?? [];
  const output =
    args.pad.kind === "same"
      ? ceilDivide(size, stride)
      : outputOf(size, { span, stride, before: before!, after: after!, ceil: args.ceil });
  return { input: size, window, stride, dilation, before, after, output };
}

/** How often a window fits; with `ceil` the last one may hang over the end, but must start in front of the padding there. */
function outputOf(
  size: Dimension,
  {
    span,
    stride,
    before,
    after,
    ceil,
  }: { span: number; stride: number; before: number; after: number; ceil?: boolean },
): Dimension {
  const room = before + after - span;
  // Both are rounded down after the same division, so that the smaller of two numerators decides.
  const reach = ceil ? Math.min(room + stride - 1, before - 1) : room;
  return plus(floorDivide(plus(size, reach), stride), 1);
}

/** Zeros before and after; undefined where they depend on a size that is open. */
function padsOf(
  pad: Padding,
  axis: number,
  { span, stride, size }: { span: number; stride: number; size?: number },
): [number, number] | undefined {
  if (pad.kind === "explicit") return [pad.before[axis]!, pad.after[axis]!];
  if (pad.kind === "half") {
    const half = Math.floor((span - 1) / 2);
    return [half, half];
  }
  if (size === undefined && stride > 1) return undefined;
  // At stride 1 it is the same for every size.
  const length = size ?? span;
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + span - length);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Output sizes of a window over a map, or the fault that no window fits. */
export function slide(layer: string, args: WindowArgs, input: TensorType): { axes: SlidAxis[] } | { fault: Fault } {
  const noMap = mapFault(layer, input);
  if (noMap) return { fault: noMap };
  const axes = slidAxes(args, input);
  const sides = axes.flatMap(({ window, dilation, input: size, before = 0, after = 0, output }) => [
    spanOfWindow(window, dilation),
    (typeof size === "number" ? size : 0) + before + after,
    typeof output === "number" ? output : 0,
  ]);
  const longest = Math.max(...sides);
  if (longest > LARGEST_SIZE)
    return { fault: { at: "window", kind: tooLarge, args: { layer, size: groupDigits(longest) } } };
  if (axes.every(mayFit)) return { axes };
  const pads = listWords([...new Set(axes.map((axis) => padText(axis)).filter(Boolean))]);
  return {
    fault: {
      at: "window",
      kind: windowTooLarge,
      args: {
        layer,
        window: formatShape(args.window),
        arrives: formatDimensions(input.shape),
        pads: pads ? ` with ${pads}` : "",
      },
      notes: formulaLines(axes),
    },
  };
}

/** The geometry of each spatial axis, of fixed and of open size. */
export function slidAxes(args: WindowArgs, input: TensorType): (Axis | SlidAxis)[] {
  return input.shape
    .slice(0, -1)
    .map((size, axis) => (typeof size === "number" ? fixedAxis(args, axis, size) : openAxis(args, axis, size)));
}

/** Whether the window fits; for an open size, whether it fits into the largest that there is. */
function mayFit({ input, output }: SlidAxis): boolean {
  if (typeof output === "number") return output >= 1;
  if (isSame(input, output)) return true;
  return evaluateCount(output, new Map(variablesOf(output).map((name) => [name, LARGEST_SIZE]))) >= 1n;
}

function padText({ before = 0, after = 0 }: SlidAxis): string {
  if (before === 0 && after === 0) return "";
  return before === after ? `pad ${before}` : `pad ${before} and ${after}`;
}

const AXIS_NAMES: Record<number, readonly string[]> = {
  1: ["length"],
  2: ["height", "width"],
  3: ["depth", "height", "width"],
};

/** The size formula with its numbers: `height and width: (227 - 11 + 2*0)/4 + 1 = 55`. */
export function formulaLines(axes: readonly SlidAxis[]): string[] {
  const names = AXIS_NAMES[axes.length] ?? axes.map((_, axis) => `axis ${axis + 1}`);
  const formulas = axes.map(axisFormula);
  const groups = new Map<string, string[]>();
  formulas.forEach((formula, axis) => {
    groups.set(formula, [...(groups.get(formula) ?? []), names[axis]!]);
  });
  return [...groups].map(([formula, axesOfIt]) => `${listWords(axesOfIt)}: ${formula}`);
}

function axisFormula(axis: SlidAxis): string {
  const { input, dilation, stride, before, after, output } = axis;
  if (before === undefined || after === undefined)
    return `${formatSide(input)}/${stride}, rounded up: ${formatDimension(output)}`;
  const span = spanOfWindow(axis.window, dilation);
  const window = dilation === 1 ? `${axis.window}` : `(${dilation}*(${axis.window} - 1) + 1)`;
  const pads = before === after ? `2*${before}` : `${before} + ${after}`;
  const text = `(${formatDimension(input)} - ${window} + ${pads})/${stride} + 1`;
  if (typeof input !== "number") {
    const isDown = isSame(outputOf(input, { span, stride, before, after }), output);
    return `${text}${stride === 1 ? " =" : `, rounded ${isDown ? "down" : "up"}:`} ${formatDimension(output)}`;
  }
  const exact = (input - span + before + after) / stride + 1;
  if (exact < 1) return `${text} = ${decimal(exact)}`;
  if (Number.isInteger(exact)) return `${text} = ${exact}`;
  return `${text} = ${decimal(exact)}, rounded ${(output as number) > exact ? "up" : "down"}: ${formatDimension(output)}`;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2).replace(/0+$/, "");
}

/** What one output position reads, for the analyses that walk backwards. */
export function windowReach(args: WindowArgs, input: TensorType): AxisReach[] {
  return slidAxes(args, input).map(({ window, stride, dilation, before }) => ({
    window,
    stride,
    dilation,
    padBefore: before,
  }));
}

/** Largest padding and stride that are tried when a size is solved for. */
const SEARCH_LIMIT = 64;

/** Same padding on every side of every axis. */
export function evenPadding(size: number, axes: number): Padding {
  const pads = Array<number>(axes).fill(size);
  return { kind: "explicit", before: pads, after: pads };
}

/** The smallest even padding (below the window) that gives the wanted spatial size, else `same` where that does. */
export function solvePadding(
  args: WindowArgs,
  input: TensorType,
  wanted: readonly Dimension[],
): { pad: Padding; text: string } | undefined {
  const axes = input.shape.length - 1;
  const gives = (pad: Padding) =>
    sameDimensions(
      slidAxes({ ...args, pad }, input).map((axis) => axis.output),
      wanted,
    );
  const largest = Math.max(...args.window.map((size, axis) => spanOfWindow(size, args.dilation?.[axis] ?? 1)));
  for (let size = 0; size < Math.min(largest, SEARCH_LIMIT); size++) {
    const pad = evenPadding(size, axes);
    if (gives(pad)) return { pad, text: `pad ${size}` };
  }
  return gives({ kind: "same" }) ? { pad: { kind: "same" }, text: "pad same" } : undefined;
}

/** A stride or a padding that gives the wanted size with everything else as it is. */
export function windowAlternatives(args: WindowArgs, input: TensorType, wanted: TensorType): Alternative[] {
  const spatial = wanted.shape.slice(0, -1);
  if (spatial.length !== input.shape.length - 1) return [];
  const found: Alternative[] = [];
  const pad = solvePadding(args, input, spatial);
  if (pad) found.push({ parameter: "pad", text: pad.text });
  for (let size = 1; size <= SEARCH_LIMIT; size++) {
    const stride = Array<number>(spatial.length).fill(size);
    if (sameShape(stride, args.stride)) continue;
    const outputs = slidAxes({ ...args, stride }, input).map((axis) => axis.output);
    if (!sameDimensions(outputs, spatial)) continue;
    found.push({ parameter: "stride", text: `stride ${size}` });
    break;
  }
  return found;
}
