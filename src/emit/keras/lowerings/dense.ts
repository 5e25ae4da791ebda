/** Dense layers. Values are in the language's order. */
import { argsOf } from "../../../ir/network.js";
import type { FcArgs } from "../../../ops/fc.js";
import { keyword, reads, value, type Piece } from "../../outline/pieces.js";
import { applied, expression, helping, layer, type Layer, type Lowering } from "../layer.js";

function options(of: Layer): Piece[] {
  const { units, bias } = argsOf<FcArgs>(of.node);
  return [value("units", units), keyword("use_bias", bias, true)];
}

export const fc: Lowering = (of) => {
  const input = of.axes() > 1 ? helping("layers.Flatten", [], "flat", [reads(0)]) : [reads(0)];
  return applied("layers.Dense", options(of), input);
};

/** Along the last axis, whatever stands before it. */
export const linear: Lowering = (of) => layer("layers.Dense", ...options(of));

export const flatten: Lowering = (of) => (of.axes() === 1 ? expression(reads(0)) : layer("layers.Flatten"));
