/** What lowerings to tfjs share. */
import { feedsRelu, type WeightTensor } from "../../analysis/weights.js";
import { inputTypes, type Network, type Node, type NodeId } from "../../ir/network.js";
import { fixedShape } from "../../ir/shape.js";
import type { Config, ConfigValue, LayerCall } from "./code.js";
import type { CustomLayerName } from "./custom-layers.js";
import type { StandardLayer } from "./model/standard.js";

export interface LoweringContext {
  readonly network: Network;
  readonly consumers: readonly (readonly Node[])[];
  /** The nodes whose values are never below 0. */
  readonly nonNegative: ReadonlySet<NodeId>;
  /** The tensors of each node, as training starts from them. */
  readonly tensors: ReadonlyMap<NodeId, readonly WeightTensor[]>;
  /** The names of all layers of the program. */
  readonly names: ReadonlySet<string>;
}

/** The calls of a layer in order: the first takes all that it reads, the last one is named as the layer. */
export type Lowering = (node: Node, context: LoweringContext) => LayerCall[];

export function layer(kind: StandardLayer, node: Node, config: Config = {}): LayerCall {
  return { kind, config: { name: node.name, ...config } };
}

export function custom(name: CustomLayerName, node: Node, config: Config = {}): LayerCall {
  return { custom: name, config: { name: node.name, ...config } };
}

/** The value as it is. */
export function unchanged(node: Node): LayerCall {
  return activation("linear", node);
}

export function activation(name: string, node: Node): LayerCall {
  return layer("activation", node, { activation: name });
}

/** The same call under the name of a layer that only helps the node's, and that no layer of the program has. */
export function helping(call: LayerCall, what: string, node: Node, { names }: LoweringContext): LayerCall {
  let name = `${node.name}_${what}`;
  while (names.has(name)) name += "_";
  return { ...call, config: { ...call.config, name } };
}

/** The shape of the first value that it reads, without the batch. */
export function shapeOf(node: Node, { network }: LoweringContext): readonly number[] {
  return fixedShape(inputTypes(network, node)[0]!);
}

/** One number where all axes have it. */
export function axesValue(values: readonly number[]): ConfigValue {
  return values.every((value) => value === values[0]) ? values[0]! : values;
}

/** How new weights of a layer of tfjs's own are drawn: by the fans of the kernel's shape. */
export function initializer(node: Node, { consumers }: LoweringContext): ConfigValue {
  return { start: feedsRelu(node, consumers) ? "heUniform" : "glorotUniform" };
}

/** The same with exact bounds, where the shape of tfjs's kernel would say other fans. */
export function boundedInitializer(node: Node, { tensors }: LoweringContext): ConfigValue {
  return { start: "uniform", limit: tensors.get(node.id)![0]!.limit };
}

/** How far from 0 new weights may lie, for layers of which tfjs knows no fans; 0 where they are loaded next. */
export function limit(node: Node, { tensors }: LoweringContext): ConfigValue {
  return { start: "limit", limit: tensors.get(node.id)![0]!.limit };
}
