/** What a layer becomes in ONNX, written down node by node. */
import type { WeightTensor } from "../../analysis/weights.js";
import { inputTypes, nodeOf, type Network, type Node, type NodeId } from "../../ir/network.js";
import { isFixed, type Dimension } from "../../ir/dimension.js";
import { fixedChannels, isFixedShape } from "../../ir/shape.js";
import { bytesOf, streamOf } from "../bytes.js";
import { hasFeature, type OpsetFeature } from "./opsets.js";
import type { Attributes, OnnxNode, OnnxTensor } from "./schema.js";
import type { OpenSizes, SizeWriter } from "./sizes.js";
import type { WeightOrder } from "./weights.js";

/** What a lowering adds to the graph. Its last node gives the value that is named as the layer. */
export interface Lowered {
  readonly nodes: readonly OnnxNode[];
  /** The order of each learnt tensor, canonical where it is not named. */
  readonly orders: Readonly<Record<string, WeightOrder>>;
  /** Constants of the graph that are not learnt. */
  readonly constants: readonly OnnxTensor[];
}

export interface LoweringContext {
  readonly network: Network;
  readonly opset: number;
  /** The nodes that read each node's value, by id. */
  readonly consumers: readonly (readonly Node[])[];
  /** Sizes that depend on letters. */
  readonly sizes: OpenSizes;
  /** The tensors of each node, by id. */
  readonly tensors: ReadonlyMap<NodeId, readonly WeightTensor[]>;
  /** Vectors that are kept in the order of a channels-first map, and the shape of that map in the language. */
  readonly flattened: ReadonlyMap<NodeId, readonly number[]>;
  /** Every name of a layer or a tensor, which the steps within a layer keep clear of. */
  readonly taken: ReadonlySet<string>;
}

/** Layers that do nothing but while training. */
const LEFT_OUT = new Set(["identity", "dropout", "droppath"]);

const POOLS = new Set(["pool", "avgpool", "adaptiveavgpool"]);

export class Draft implements SizeWriter {
  private readonly nodes: OnnxNode[] = [];
  private readonly constants: OnnxTensor[] = [];
  private readonly orders: Record<string, WeightOrder> = {};

  constructor(
    readonly node: Node,
    private readonly context: LoweringContext,
  ) {}

  /** The name of a value that the layer reads. */
  input(index = 0): string {
    return nodeOf(this.context.network, this.node.inputs[index]!).name;
  }

  inputs(): string[] {
    return this.node.inputs.map((_, index) => this.input(index));
  }

  /** The shape of a value that it reads, channels last, without the batch. */
  shape(index = 0): readonly Dimension[] {
    return inputTypes(this.context.network, this.node)[index]!.shape;
  }

  /** The channels of the first value that it reads, where the operator asks for a number. */
  channels(): number {
    return fixedChannels({ shape: this.shape() });
  }

  /** The shape of its own value. */
  result(): readonly Dimension[] {
    return this.node.type.shape;
  }

  /** Whether a pool reads its value, as it is or through layers that runtimes leave out. */
  feedsPool(): boolean {
    const reads = ({ id }: Node): boolean =>
      this.context.consumers[id]!.some((next) => POOLS.has(next.op) || (LEFT_OUT.has(next.op) && reads(next)));
    return reads(this.node);
  }

  /**
   * The zero that is padded with in front of a pool. onnxruntime makes plain zeros there the pool's own padding: it then
   * gives other values in a max pool where all are negative, and refuses windows smaller than the padding. A zero with a
   * sign stays.
   */
  keptZero(): string {
    return this.floats("zero", [-0]);
  }

  /** Whether the operator set has what came with a later one. */
  has(feature: OpsetFeature): boolean {
    return hasFeature(this.context.opset, feature);
  }

  /** The map that the vector it reads is in the order of, where that is not the language's. */
  flattenedFrom(): readonly number[] | undefined {
    return this.context.flattened.get(this.node.inputs[0]!);
  }

  /** Whether its own vector may stay in the order of a channels-first map. */
  isFreelyOrdered(): boolean {
    return this.context.flattened.has(this.node.id);
  }

  /** The name of a learnt tensor; undefined where the layer has none of this name. */
  tensor(name: string, order?: WeightOrder): string | undefined {
    const found = this.context.tensors.get(this.node.id)?.find(({ spec }) => spec.name === name);
    if (found && order) this.orders[name] = order;
    return found?.name;
  }

  /** The same, of a layer that has it. */
  weight(name: string, order?: WeightOrder): string {
    const found = this.tensor(name, order);
    if (found === undefined) throw new Error(`${this.node.name} has no ${name}`);
    return found;
  }

  /** A node whose value is called `<layer>.<step>`. */
  step(step: string, type: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.add(this.fresh(step), type, inputs, attributes);
  }

  /** The last node, whose value is the layer's. */
  end(type: string, inputs: readonly string[], attributes: Attributes = {}): Lowered {
    this.add(this.node.name, type, inputs, attributes);
    return { nodes: this.nodes, orders: this.orders, constants: this.constants };
  }

  /** The step that was added last gives the layer's value; where there is none, it is what the layer reads. */
  endWith(value: string): Lowered {
    const step = this.nodes.pop();
    return step?.name === value ? this.end(step.type, step.inputs, step.attributes) : this.end("Identity", [value]);
  }

  /** A constant of the layer. */
  integers(step: string, values: readonly number[]): string {
    return this.constantIntegers(this.fresh(step), values);
  }

  private scalar(step: string, value: number): string {
    const data = streamOf(bytesOf(BigInt64Array.of(BigInt(value))));
    return this.constant({ name: this.fresh(step), type: "int64", shape: [], data });
  }

  /** An int64 vector that has this name. */
  constantIntegers(name: string, values: readonly number[]): string {
    const data = streamOf(bytesOf(BigInt64Array.from(values.map(BigInt))));
    return this.constant({ name, type: "int64", shape: [values.length], data });
  }

  floats(name: string, values: readonly number[], shape: readonly number[] = []): string {
    const data = streamOf(bytesOf(Float32Array.from(values)));
    return this.constant({ name: this.fresh(name), type: "float32", shape, data });
  }

  /** One size as an int64 vector of one value. */
  dimension(size: Dimension): string {
    return this.context.sizes.vector(size, this);
  }

  /** The numbers from 0 up to a size, as an int64 vector. */
  range(name: string, size: Dimension): string {
    const scalar = this.step(`${name}_end`, "Squeeze", [this.dimension(size)]);
    return this.step(name, "Range", [this.scalar(`${name}_start`, 0), scalar, this.scalar(`${name}_step`, 1)]);
  }

  /** Sizes as an int64 vector: a constant, or what the graph works out where some depend on letters. */
  dimensions(name: string, sizes: readonly Dimension[]): string {
    if (isFixedShape(sizes)) return this.integers(name, sizes);
    const parts = sizes.map((size) => this.dimension(size));
    return parts.length === 1 ? parts[0]! : this.step(name, "Concat", parts, { axis: { int: 0 } });
  }

  /** The same as what Reshape takes, whose first number is 0, the batch; one open size is for Reshape to find out. */
  newShape(name: string, sizes: readonly Dimension[]): string {
    const isOpen = sizes.filter((size) => !isFixed(size)).length === 1;
    return this.dimensions(name, [0, ...(isOpen ? sizes.map((size) => (isFixed(size) ? size : -1)) : sizes)]);
  }

  /** The shape of the value that it reads, for a Reshape that turns something back into it. */
  shapeOfInput(name: string): string {
    const [channels, ...rest] = [this.shape().at(-1)!, ...this.shape().slice(0, -1)];
    const isOpen = [channels, ...rest].filter((size) => !isFixed(size)).length > 1;
    return isOpen ? this.step(name, "Shape", [this.input()]) : this.newShape(name, [channels, ...rest]);
  }

  private constant(tensor: OnnxTensor): string {
    this.constants.push(tensor);
    return tensor.name;
  }

  /** A node whose value has this name. */
  add(name: string, type: string, inputs: readonly string[], attributes: Attributes = {}): string {
    this.nodes.push({ name, type, inputs, outputs: [name], attributes });
    return name;
  }

  private fresh(step: string): string {
    const own = [...this.nodes, ...this.constants];
    let name = `${this.node.name}.${step}`;
    while (this.context.taken.has(name) || own.some((other) => other.name === name)) name += "_";
    return name;
  }
}

export type Lowering = (layer: Draft) => Lowered;

/** An operator that is one of ONNX's, for all values alike. */
export function single(type: string, attributes: Attributes = {}): Lowering {
  return (layer) => layer.end(type, [layer.input()], attributes);
}

/** The axes of a value of so many axes in the language, in the order channels last, from channels first. */
export function toChannelsLast(rank: number): number[] {
  return [0, ...Array.from({ length: rank - 1 }, (_, axis) => axis + 2), 1];
}

/** The axes in the order channels first, from channels last. */
export function toChannelsFirst(rank: number): number[] {
  return [0, rank, ...Array.from({ length: rank - 1 }, (_, axis) => axis + 1)];
}

/** A tensor with one value for each channel, so that it meets the channels of a value with so many axes. */
export function perChannel(channels: number, rank: number): WeightOrder {
  return { kind: "canonical", shape: [channels, ...Array<number>(rank - 1).fill(1)] };
}
