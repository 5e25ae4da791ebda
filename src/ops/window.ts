/**
 * The arithmetic of sliding windows, shared by convolutions and pooling, for any number of spatial axes.
 *
 * Sizes follow LANGUAGE section 4: `floor((in - (dilation*(k-1)+1) + before + after)/stride) + 1`, rounded up with
 * `ceil`, where a last window that would start in the padding behind the input is dropped (as PyTorch does).
 */
import { defineDiagnostic } from "../base/diagnostics.js";
import { formatShape, groupDigits, sameShape } from "../base/integers.js";
import { listWords } from "../base/suggest.js";
import type { Padding, TensorType } from "../ir/network.js";
import type { Alternative, AxisReach, Fault } from "./define.js";
import { LARGEST_SIZE, tooLarge } from "./size.js";

export interface WindowArgs {
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly pad: Padding;
  readonly dilation?: readonly number[];
  readonly ceil?: boolean;
}

/** Everything about one spatial axis, decided. */
export interface Axis {
  readonly input: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before and after, as the padding says. */
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
});

export const needsMap = defineDiagnostic<{ layer: string; arrives: string }>({
  code: "CNN2103",
  severity: "error",
  mayFollow: true,
  title: "a layer that slides over a map receives a vector",
  message: ({ layer, arrives }) => `${layer} slides over height and width, but a vector of ${arrives} values arrives`,
  explanation: `Convolutions and pooling need a map, height x width x channels. After FC, FLATTEN or GAP only a vector is
left. Move the layer before them.`,
});

/** The fault of a layer that needs a map and receives a vector; undefined where a map arrives. */
export function mapFault(layer: string, input: TensorType): Fault | undefined {
  if (input.shape.length > 1) return undefined;
  return { at: "input", kind: needsMap, args: { layer, arrives: formatShape(input.shape) } };
}

/** Effective window: what it spans with its gaps. */
export function spanOfWindow(window: number, dilation: number): number {
  return dilation * (window - 1) + 1;
}

/** The geometry of each spatial axis. `output` is 0 or less where the window does not fit. */
export function windowAxes(args: WindowArgs, input: TensorType): Axis[] {
  return input.shape.slice(0, -1).map((size, axis) => {
    const window = args.window[axis]!;
    const stride = args.stride[axis]!;
    const dilation = args.dilation?.[axis] ?? 1;
    const span = spanOfWindow(window, dilation);
    const [before, after] = padsOf(args.pad, axis, { size, window, stride, dilation });
    const room = size + before + after - span;
    if (room < 0) {
      return { input: size, window, stride, dilation, before, after, overhang: 0, output: 0, leftover: 0 };
    }
    let output = Math.floor(room / stride) + 1;
    if (args.ceil) {
      output = Math.ceil(room / stride) + 1;
      if ((output - 1) * stride >= size + before) output--;
    }
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
  });
}

function padsOf(
  pad: Padding,
  axis: number,
  { size, window, stride, dilation }: { size: number; window: number; stride: number; dilation: number },
): [number, number] {
  if (pad.kind === "explicit") return [pad.before[axis]!, pad.after[axis]!];
  const span = spanOfWindow(window, dilation);
  if (pad.kind === "half") {
    const half = Math.floor((span - 1) / 2);
    return [half, half];
  }
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + span - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Output sizes of a window over a map, or the fault that no window fits. */
export function slide(layer: string, args: WindowArgs, input: TensorType): { axes: Axis[] } | { fault: Fault } {
  const noMap = mapFault(layer, input);
  if (noMap) return { fault: noMap };
  const axes = windowAxes(args, input);
  const sides = axes.flatMap((axis) => [
    spanOfWindow(axis.window, axis.dilation),
    axis.input + axis.before + axis.after,
    axis.output,
  ]);
  const longest = Math.max(...sides);
  if (longest > LARGEST_SIZE)
    return { fault: { at: "window", kind: tooLarge, args: { layer, size: groupDigits(longest) } } };
  if (axes.every((axis) => axis.output >= 1)) return { axes };
  const pads = listWords([...new Set(axes.map((axis) => padText(axis)).filter(Boolean))]);
  return {
    fault: {
      at: "window",
      kind: windowTooLarge,
      args: {
        layer,
        window: formatShape(args.window),
        arrives: formatShape(input.shape),
        pads: pads ? ` with ${pads}` : "",
      },
      notes: formulaLines(axes),
    },
  };
}

function padText(axis: Axis): string {
  if (axis.before === 0 && axis.after === 0) return "";
  return axis.before === axis.after ? `pad ${axis.before}` : `pad ${axis.before} and ${axis.after}`;
}

const AXIS_NAMES: Record<number, readonly string[]> = {
  1: ["length"],
  2: ["height", "width"],
  3: ["depth", "height", "width"],
};

/** The size formula with its numbers: `height and width: (227 - 11 + 2*0)/4 + 1 = 55`. */
export function formulaLines(axes: readonly Axis[]): string[] {
  const names = AXIS_NAMES[axes.length] ?? axes.map((_, axis) => `axis ${axis + 1}`);
  const formulas = axes.map(axisFormula);
  const groups = new Map<string, string[]>();
  formulas.forEach((formula, axis) => {
    groups.set(formula, [...(groups.get(formula) ?? []), names[axis]!]);
  });
  return [...groups].map(([formula, axesOfIt]) => `${listWords(axesOfIt)}: ${formula}`);
}

function axisFormula(axis: Axis): string {
  const window = axis.dilation === 1 ? `${axis.window}` : `(${axis.dilation}*(${axis.window} - 1) + 1)`;
  const pads = axis.before === axis.after ? `2*${axis.before}` : `${axis.before} + ${axis.after}`;
  const text = `(${axis.input} - ${window} + ${pads})/${axis.stride} + 1`;
  const exact = (axis.input - spanOfWindow(axis.window, axis.dilation) + axis.before + axis.after) / axis.stride + 1;
  if (exact < 1) return `${text} = ${decimal(exact)}`;
  if (Number.isInteger(exact)) return `${text} = ${exact}`;
  return `${text} = ${decimal(exact)}, rounded ${axis.output > exact ? "up" : "down"}: ${axis.output}`;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2).replace(/0+$/, "");
}

/** What one output position reads, for the analyses that walk backwards. */
export function windowReach(args: WindowArgs, input: TensorType): AxisReach[] {
  return windowAxes(args, input).map(({ window, stride, dilation, before }) => ({
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
  wanted: readonly number[],
): { pad: Padding; text: string } | undefined {
  const axes = input.shape.length - 1;
  const gives = (pad: Padding) =>
    sameShape(
      windowAxes({ ...args, pad }, input).map((axis) => axis.output),
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
    const axes = windowAxes({ ...args, stride }, input);
    if (
      !sameShape(
        axes.map((axis) => axis.output),
        spatial,
      )
    )
      continue;
    found.push({ parameter: "stride", text: `stride ${size}` });
    break;
  }
  return found;
}
