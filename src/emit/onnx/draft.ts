/** What a layer becomes in ONNX, written down node by node. */
import type { WeightTensor } from "../../analysis/weights.js";
import { inputTypes, nodeOf, type Network, type Node, type NodeId } from "../../ir/network.js";
import { fixedShape } from "../../ir/shape.js";
import { bytesOf, streamOf } from "../bytes.js";
import type { OnnxAttribute, OnnxNode, OnnxTensor } from "./schema.js";
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
  /** The tensors of each node, by id. */
  readonly tensors: ReadonlyMap<NodeId, readonly WeightTensor[]>;
  /** Vectors that are kept in the order of a channels-first map, and the shape of that map in the language. */
  readonly flattened: ReadonlyMap<NodeId, readonly number[]>;
  /** Every name of a layer or a tensor, which the steps within a layer keep clear of. */
  readonly taken: ReadonlySet<string>;
}

export type Attributes = Readonly<Record<string, OnnxAttribute>>;

export class Draft {
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
  shape(index = 0): readonly number[] {
    return fixedShape(inputTypes(this.context.network, this.node)[index]!);
  }

  /** The shape of its own value. */
  result(): readonly number[] {
    return fixedShape(this.node.type);
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

  integers(name: string, values: readonly number[]): string {
    const data = streamOf(bytesOf(BigInt64Array.from(values.map(BigInt))));
    return this.constant({ name: this.fresh(name), type: "int64", shape: [values.length], data });
  }

  floats(name: string, values: readonly number[], shape: readonly number[] = []): string {
    const data = streamOf(bytesOf(Float32Array.from(values)));
    return this.constant({ name: this.fresh(name), type: "float32", shape, data });
  }

  private constant(tensor: OnnxTensor): string {
    this.constants.push(tensor);
    return tensor.name;
  }

  private add(name: string, type: string, inputs: readonly string[], attributes: Attributes): string {
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
