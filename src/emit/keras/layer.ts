/** What lowerings to Keras share. Values are channels last there, as in the language. */
import { isFixed } from "../../ir/dimension.js";
import { inputTypes, type Network, type Node } from "../../ir/network.js";
import { formatDimensions, isFixedShape } from "../../ir/shape.js";
import { TargetError } from "../errors.js";
import { code, own, reads, type LayerCode, type Piece } from "../outline/pieces.js";
import type { HelperName } from "./helpers.js";

export interface LoweringContext {
  readonly network: Network;
  /** Classes and functions of ours that the module needs. */
  readonly helpers: Set<HelperName>;
}

export type Lowering = (layer: Layer) => LayerCode;

export class Layer {
  constructor(
    readonly node: Node,
    private readonly context: LoweringContext,
  ) {}

  /** How many axes a value that it reads has beside the batch. */
  axes(index = 0): number {
    return this.type(index).length;
  }

  /** How many axes it has beside the batch and the channels. */
  sides(): number {
    return this.axes() - 1;
  }

  channels(): number {
    return this.fixed(this.type(0).slice(-1))[0]!;
  }

  /** The shape of a value that it reads, without the batch. */
  shape(index = 0): readonly number[] {
    return this.fixed(this.type(index));
  }

  result(): readonly number[] {
    return this.fixed(this.node.type.shape);
  }

  /** The name of something that the module then defines. */
  helper(name: HelperName): string {
    this.context.helpers.add(name);
    return name;
  }

  private type(index: number) {
    return inputTypes(this.context.network, this.node)[index]!.shape;
  }

  /** Errors: `TargetError` where the code would depend on a size that is open. */
  private fixed(shape: ReturnType<Layer["type"]>): readonly number[] {
    if (isFixedShape(shape)) return shape;
    const letters = this.context.network.symbols.map((letter) => `--size ${letter}=224`).join(" ");
    throw new TargetError(
      `${this.node.name} cannot be written for Keras while ${formatDimensions(shape.filter((size) => !isFixed(size)))} is open: give numbers for the letters, as ${letters}`,
    );
  }
}

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
