/** What lowerings to PyTorch share. Values are channels first there: `N x C x H x W`. */
import { code, own, reads, type LayerCode, type Literal, type Piece } from "../outline/pieces.js";
import type { PythonLayer } from "../python/layer.js";
import type { HelperName } from "./helpers.js";

export type Layer = PythonLayer<HelperName>;

export type Lowering = (layer: Layer) => LayerCode;

/** `self.name(x)`. */
const APPLIED: readonly Piece[] = code`${own}(${reads(0)})`;

/** A module that is made once and applied to what arrives. */
export function module(...make: readonly Piece[]): LayerCode {
  return { make, apply: APPLIED };
}

/** An expression of what arrives, with nothing to make. */
export function expression(...apply: readonly Piece[]): LayerCode {
  return { apply };
}

/** `nn.ReLU()`. */
export function plain(make: string): Lowering {
  return () => module(make);
}

/** The numbers of `F.pad`: before and after each axis, the last axis first. */
export function padding(before: readonly number[], after: readonly number[]): Literal {
  return [...before.keys()].reverse().flatMap((axis) => [before[axis]!, after[axis]!]);
}
