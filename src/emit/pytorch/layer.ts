/** What lowerings to PyTorch share. Values are channels first there: `N x C x H x W`. */
import { inputTypes, type Network, type Node, type NodeId } from "../../ir/network.js";
import { isFixed } from "../../ir/dimension.js";
import { formatDimensions, isFixedShape } from "../../ir/shape.js";
import { TargetError } from "../errors.js";
import { code, own, reads, type LayerCode, type Literal, type Piece } from "../outline/pieces.js";
import type { HelperName } from "./helpers.js";

export interface LoweringContext {
  readonly network: Network;
  /** Vectors that are kept in the order of a channels-first map, and the shape of that map in the language. */
  readonly flattened: ReadonlyMap<NodeId, readonly number[]>;
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

  /** The channels of a value that it reads. */
  channels(index = 0): number {
    return this.fixed(this.type(index).slice(-1))[0]!;
  }

  /** The shape of a value that it reads, channels last, without the batch. */
  shape(index = 0): readonly number[] {
    return this.fixed(this.type(index));
  }

  result(): readonly number[] {
    return this.fixed(this.node.type.shape);
  }

  /** Whether its vector may stay in the order of a channels-first map. */
  isFreelyOrdered(): boolean {
    return this.context.flattened.has(this.node.id);
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
      `${this.node.name} cannot be written for PyTorch while ${formatDimensions(shape.filter((size) => !isFixed(size)))} is open: give numbers for the letters, as ${letters}`,
    );
  }
}

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
