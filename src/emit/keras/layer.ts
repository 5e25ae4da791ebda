/** What lowerings to Keras share. Values are channels last there, as in the language. */
import { code, own, reads, type LayerCode, type Piece } from "../outline/pieces.js";
import type { PythonLayer } from "../python/layer.js";
import type { HelperName } from "./helpers.js";

export type Layer = PythonLayer<HelperName>;

export type Lowering = (layer: Layer) => LayerCode;

/** `layers.ReLU(name="relu1")(x)`; the arguments stand before the name. */
export function layer(kind: string, ...args: readonly Piece[]): LayerCode {
  return applied(kind, args, [reads(0)]);
}

/** The same, of what is done to the input first. */
export function applied(kind: string, args: readonly Piece[], input: readonly Piece[]): LayerCode {
  const separator = args.length > 0 ? ", " : "";
  return { apply: code`${kind}(${args}${separator}name=${own})(${input})` };
}

/** A layer that only helps, named after the one that it helps: no layer of a program has a dash in its name. */
export function helping(kind: string, args: readonly Piece[], what: string, input: readonly Piece[]): Piece[] {
  const separator = args.length > 0 ? ", " : "";
  return code`${kind}(${args}${separator}name=${own} + "-${what}")(${input})`;
}

/** An expression of what arrives, with no layer. */
export function expression(...apply: readonly Piece[]): LayerCode {
  return { apply };
}

export function plain(kind: string, ...args: readonly Piece[]): Lowering {
  return () => layer(kind, ...args);
}
