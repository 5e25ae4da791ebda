/** Layers that step over positions without looking at them. */
import type { Node } from "../ir/network.js";
import { isNorm, type View } from "./view.js";

/** Whether a stride is larger than its window along some axis of a map that has several positions to keep. */
export function skips({ op, args, type }: Node): boolean {
  if (!["conv", "dwconv", "pool", "avgpool"].includes(op)) return false;
  const [window, stride] = [args["window"], args["stride"]] as [readonly number[], readonly number[]];
  const dilation = args["dilation"] as readonly number[] | undefined;
  return window.some(
    (size, axis) => stride[axis]! > (size - 1) * (dilation?.[axis] ?? 1) + 1 && type.shape[axis] !== 1,
  );
}

/** Whether it is the 1x1 convolution of a shortcut: a normalisation at most stands between it and the sum. */
export function isShortcut(node: Node, view: View): boolean {
  const isPoint = node.op === "conv" && (node.args["window"] as readonly number[]).every((size) => size === 1);
  return isPoint && view.nextBeyond(node, isNorm)?.op === "add";
}
