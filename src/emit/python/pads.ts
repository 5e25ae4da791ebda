/** The padding of windows, before and after each axis. */
import { argsOf } from "../../ir/network.js";
import { spanOfWindow, windowAxes, type WindowArgs } from "../../ops/window.js";
import type { PythonLayer } from "./layer.js";

export interface Pads {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Padding by half, or by numbers, depends on the window alone, so that the sizes may be open. */
export function padsOf(layer: Pick<PythonLayer<string>, "node" | "shape">): Pads {
  const args = argsOf<WindowArgs>(layer.node);
  const { pad, window } = args;
  if (pad.kind === "explicit") return pad;
  if (pad.kind === "half") {
    const half = window.map((size, axis) => Math.floor((spanOfWindow(size, args.dilation?.[axis] ?? 1) - 1) / 2));
    return { before: half, after: half };
  }
  const axes = windowAxes(args, { shape: layer.shape() });
  return { before: axes.map((axis) => axis.before), after: axes.map((axis) => axis.after) };
}
