/** A layer as lowerings to Python's libraries see it. */
import { isFixed, type Dimension } from "../../ir/dimension.js";
import { inputTypes, type Network, type Node, type NodeId } from "../../ir/network.js";
import { formatDimensions, isFixedShape } from "../../ir/shape.js";
import { TargetError } from "../errors.js";

/** `H` is the names of what the target's module defines for itself. */
export interface LoweringContext<H extends string> {
  readonly network: Network;
  /** How the target is called in messages. */
  readonly target: string;
  /** Vectors that are kept in the order of a channels-first map; none for a target with the channels last. */
  readonly flattened?: ReadonlyMap<NodeId, readonly number[]>;
  /** What the module has to define. */
  readonly helpers: Set<H>;
}

export class PythonLayer<H extends string> {
  constructor(
    readonly node: Node,
    private readonly context: LoweringContext<H>,
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
    return this.context.flattened?.has(this.node.id) ?? false;
  }

  /** The name of something that the module then defines. */
  helper(name: H): string {
    this.context.helpers.add(name);
    return name;
  }

  private type(index: number): readonly Dimension[] {
    return inputTypes(this.context.network, this.node)[index]!.shape;
  }

  /** Errors: `TargetError` where the code would depend on a size that is open. */
  private fixed(shape: readonly Dimension[]): readonly number[] {
    if (isFixedShape(shape)) return shape;
    const { network, target } = this.context;
    const letters = network.symbols.map((letter) => `--size ${letter}=224`).join(" ");
    const open = formatDimensions(shape.filter((size) => !isFixed(size)));
    throw new TargetError(
      `${this.node.name} cannot be written for ${target} while ${open} is open: give numbers for the letters, as ${letters}`,
    );
  }
}
