/** Which positions of what it reads a layer's position is made of, along an axis. */
import { argsOf, type Node, type TensorType } from "../ir/network.js";
import { fixedShape } from "../ir/shape.js";
import { operatorNamed } from "../ops/registry.js";
import { orderOf, type TransposeArgs } from "../ops/transpose.js";
import { cutOf, type UpconvArgs } from "../ops/upconv.js";
import { spanOfWindow } from "../ops/window.js";

/** How one axis of a result reads one of what comes in. */
export interface AxisRead {
  /** The axis that is read. */
  readonly axis: number;
  /** Positions of the input from one position of the result to the next. */
  readonly step: number;
  /** The first and the last position that position `index` reads; they may lie in the padding. */
  positions(index: number): readonly [first: number, last: number];
}

/** An axis that is read in place. */
const same = (axis: number): AxisRead => ({ axis, step: 1, positions: (index) => [index, index] });

/**
 * For each axis of the result how it reads; undefined where a position may be made of all positions. The statistics of
 * normalisations, which are of all positions too, are not looked at.
 */
export function readsOf(node: Node, input: TensorType): AxisRead[] | undefined {
  const operator = operatorNamed(node.op);
  const reach = operator.reach?.(node.args, [input]);
  if (reach) {
    return reach.map(({ window, stride, dilation, padBefore = 0 }, axis) => ({
      axis,
      step: stride,
      positions: (index) => [index * stride - padBefore, index * stride - padBefore + (window - 1) * dilation],
    }));
  }
  const sizes = fixedShape(input).slice(0, -1);
  const wanted = fixedShape(node.type).slice(0, -1);
  switch (node.op) {
    case "upconv":
      return sizes.map((_, axis) => transposed(argsOf<UpconvArgs>(node), axis));
    case "upsample":
    case "resize":
      return sizes.map((size, axis) => resampled(axis, size, wanted[axis]!, node.args["bilinear"] === true));
    case "adaptiveavgpool":
      return sizes.map((size, axis) => {
        const step = size / wanted[axis]!;
        return { axis, step, positions: (index) => [Math.floor(index * step), Math.ceil((index + 1) * step) - 1] };
      });
    case "pixelshuffle":
      return sizes.map((size, axis) => resampled(axis, size, wanted[axis]!, false));
    case "pixelunshuffle":
      return sizes.map((size, axis) => {
        const factor = size / wanted[axis]!;
        return { axis, step: factor, positions: (index) => [index * factor, index * factor + factor - 1] };
      });
    case "classtoken":
      return [{ axis: 0, step: 1, positions: (index) => [index - 1, index - 1] }];
    case "pad":
      return node.args["reflect"] === true ? padded(node) : undefined;
    case "transpose": {
      const order = orderOf(argsOf<TransposeArgs>(node), input);
      return order.at(-1) === order.length - 1 ? order.slice(0, -1).map(same) : undefined;
    }
    default:
      break;
  }
  const isSame = sizes.length === wanted.length && sizes.every((size, axis) => size === wanted[axis]);
  return isSame && !operator.readsAll && sizes.length > 0 ? sizes.map((_, axis) => same(axis)) : undefined;
}

/** A mirror image: as far off as zeros would be. */
function padded(node: Node): AxisRead[] {
  const { before } = node.args["amount"] as { before: readonly number[] };
  return before.map((amount, axis) => ({ axis, step: 1, positions: (index) => [index - amount, index - amount] }));
}

/** Position i of a transposed convolution is made of those whose windows, laid out by the stride, cover it. */
function transposed(args: UpconvArgs, axis: number): AxisRead {
  const [before] = cutOf(args, axis);
  const stride = args.stride[axis]!;
  const span = spanOfWindow(args.window[axis]!, args.dilation[axis]!);
  return {
    axis,
    step: 1 / stride,
    positions: (index) => [Math.ceil((index + before - span + 1) / stride), Math.floor((index + before) / stride)],
  };
}

function resampled(axis: number, size: number, wanted: number, bilinear: boolean): AxisRead {
  const step = size / wanted;
  if (!bilinear) return { axis, step, positions: (index) => repeat(Math.floor((index * size) / wanted)) };
  return {
    axis,
    step,
    positions(index) {
      const centre = ((index + 0.5) * size) / wanted - 0.5;
      return [Math.floor(centre), Math.ceil(centre)];
    },
  };
}

const repeat = (position: number) => [position, position] as const;
