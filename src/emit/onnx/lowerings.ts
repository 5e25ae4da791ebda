/** Each operator in ONNX's terms. Values are channels first there; vectors are [batch, channels]. */
import type { WeightTensor } from "../../analysis/weights.js";
import { inputTypes, nodeOf, type Network, type Node } from "../../ir/network.js";
import { fixedShape } from "../../ir/shape.js";
import type { AvgPoolArgs } from "../../ops/avgpool.js";
import type { BnArgs } from "../../ops/bn.js";
import type { ConvArgs } from "../../ops/conv.js";
import type { DropoutArgs } from "../../ops/dropout.js";
import type { LrnArgs } from "../../ops/lrn.js";
import type { PoolArgs } from "../../ops/pooling.js";
import { operatorNamed, type OpName } from "../../ops/registry.js";
import { windowAxes, type Axis } from "../../ops/window.js";
import { bytesOf, streamOf } from "../bytes.js";
import type { OnnxAttribute, OnnxNode, OnnxTensor } from "./schema.js";
import type { WeightOrder } from "./weights.js";

/** What a lowering adds to the graph. Its last node gives the value that is named as the layer. */
export interface Lowered {
  readonly nodes: readonly OnnxNode[];
  /** The order of each learnt tensor, canonical where it is not named. */
  readonly orders?: Readonly<Record<string, WeightOrder>>;
  /** Constants of the graph that are not learnt. */
  readonly constants?: readonly OnnxTensor[];
}

export interface LoweringContext {
  readonly network: Network;
  /** The nodes that read each node's value, by id. */
  readonly consumers: readonly (readonly Node[])[];
  /** The tensors of each node, by id. */
  readonly tensors: ReadonlyMap<number, readonly WeightTensor[]>;
}

export type Lowering = (node: Node, context: LoweringContext) => Lowered;

type Attributes = Record<string, OnnxAttribute>;

/** The layer's value from its input and, behind it, its tensors. */
function single(type: string, attributes: (node: Node, context: LoweringContext) => Attributes = () => ({})): Lowering {
  return (node, context) => ({
    nodes: [
      make(type, node.name, [inputName(node, context), ...tensorNames(node, context)], attributes(node, context)),
    ],
  });
}

function make(type: string, name: string, inputs: readonly string[], attributes: Attributes = {}): OnnxNode {
  return { name, type, inputs, outputs: [name], attributes };
}

function inputName(node: Node, { network }: LoweringContext): string {
  return nodeOf(network, node.inputs[0]!).name;
}

function tensorNames(node: Node, { tensors }: LoweringContext): string[] {
  return (tensors.get(node.id) ?? []).map((tensor) => tensor.name);
}

function inputShape(node: Node, { network }: LoweringContext): readonly number[] {
  return fixedShape(inputTypes(network, node)[0]!);
}

function axesOf(node: Node, context: LoweringContext): Axis[] {
  return windowAxes(node.args as unknown as PoolArgs, { shape: inputShape(node, context) });
}

/** All the starts, then all the ends; an overhanging last window is padding at the end. */
function pads(axes: readonly Axis[], withOverhang: boolean): OnnxAttribute {
  return {
    ints: [...axes.map((axis) => axis.before), ...axes.map((axis) => axis.after + (withOverhang ? axis.overhang : 0))],
  };
}

const windowAttributes = (node: Node, context: LoweringContext): Attributes => {
  const args = node.args as unknown as PoolArgs;
  return {
    kernel_shape: { ints: args.window },
    strides: { ints: args.stride },
    pads: pads(axesOf(node, context), true),
  };
};

const convolution: Lowering = (node, context) => {
  const args = node.args as unknown as ConvArgs;
  const attributes = {
    ...windowAttributes(node, context),
    dilations: { ints: args.dilation },
    group: { int: args.groups },
  };
  const inputs = [inputName(node, context), ...tensorNames(node, context)];
  return { nodes: [make("Conv", node.name, inputs, attributes)], orders: { weight: { kind: "filters-first" } } };
};

const averagePool: Lowering = (node, context) => {
  const args = node.args as unknown as AvgPoolArgs;
  const axes = axesOf(node, context);
  const attributes = windowAttributes(node, context);
  const input = inputName(node, context);
  if (!args.countpad || axes.every((axis) => axis.before + axis.after === 0)) {
    return { nodes: [make("AveragePool", node.name, [input], attributes)] };
  }
  if (axes.every((axis) => axis.overhang === 0)) {
    return { nodes: [make("AveragePool", node.name, [input], { ...attributes, count_include_pad: { int: 1 } })] };
  }
  // Padding counts in the mean, the overhang of a ceil pool does not: the padding is made a part of the map.
  const padded = `${node.name}.padded`;
  const amounts = [0, 0, ...axes.map((axis) => axis.before), 0, 0, ...axes.map((axis) => axis.after)];
  const overhang = { ints: [...axes.map(() => 0), ...axes.map((axis) => axis.overhang)] };
  return {
    nodes: [
      make("Pad", padded, [input, `${node.name}.pads`], { mode: { text: "constant" } }),
      make("AveragePool", node.name, [padded], { ...attributes, pads: overhang }),
    ],
    constants: [integers(`${node.name}.pads`, amounts)],
  };
};

function integers(name: string, values: readonly number[]): OnnxTensor {
  const data = streamOf(bytesOf(BigInt64Array.from(values.map(BigInt))));
  return { name, type: "int64", shape: [values.length], data };
}

const globalAveragePool: Lowering = (node, context) => {
  const means = `${node.name}.means`;
  return {
    nodes: [
      make("GlobalAveragePool", means, [inputName(node, context)]),
      make("Flatten", node.name, [means], { axis: { int: 1 } }),
    ],
  };
};

/** Gemm; what arrives as a map is flattened channels first, and the rows of the weights follow that order. */
const dense: Lowering = (node, context) => {
  const shape = inputShape(node, context);
  const names = tensorNames(node, context);
  const input = inputName(node, context);
  const map = shape.length > 1 ? shape : freeFlattenShape(nodeOf(context.network, node.inputs[0]!), context);
  const orders: Record<string, WeightOrder> = map ? { weight: { kind: "channels-first-rows", map } } : {};
  if (shape.length === 1) return { nodes: [make("Gemm", node.name, [input, ...names])], orders };
  const flat = `${node.name}.flat`;
  return {
    nodes: [make("Flatten", flat, [input], { axis: { int: 1 } }), make("Gemm", node.name, [flat, ...names])],
    orders,
  };
};

/** Operators that treat every value alike, so that the order of a vector does not matter to them. */
const ORDERLESS = new Set(["relu", "sigmoid", "tanh", "softmax", "dropout", "identity"]);

/**
 * A FLATTEN whose order nobody sees: between it and dense layers there is nothing but element-wise layers. Its vector
 * stays channels first, and the dense layers take their rows in that order.
 */
function isFreeFlatten(node: Node, { network, consumers }: LoweringContext): boolean {
  if (node.op !== "flatten") return false;
  const free = (id: number): boolean =>
    !network.outputs.includes(id) &&
    consumers[id]!.every((consumer) => consumer.op === "fc" || (ORDERLESS.has(consumer.op) && free(consumer.id)));
  return free(node.id);
}

/** The map that a vector came from, where a free FLATTEN left it channels first. */
function freeFlattenShape(node: Node, context: LoweringContext): readonly number[] | undefined {
  let current = node;
  while (ORDERLESS.has(current.op)) current = nodeOf(context.network, current.inputs[0]!);
  if (!isFreeFlatten(current, context)) return undefined;
  const shape = inputShape(current, context);
  return shape.length > 1 ? shape : undefined;
}

const flatten: Lowering = (node, context) => {
  const shape = inputShape(node, context);
  const input = inputName(node, context);
  if (shape.length === 1) return { nodes: [make("Identity", node.name, [input])] };
  if (isFreeFlatten(node, context)) return { nodes: [make("Flatten", node.name, [input], { axis: { int: 1 } })] };
  const channelsLast = `${node.name}.channels_last`;
  const order = [0, ...shape.slice(0, -1).map((_, axis) => axis + 2), 1];
  return {
    nodes: [
      make("Transpose", channelsLast, [input], { perm: { ints: order } }),
      make("Flatten", node.name, [channelsLast], { axis: { int: 1 } }),
    ],
  };
};

const dropout: Lowering = (node, context) => {
  const { rate } = node.args as unknown as DropoutArgs;
  const ratio = `${node.name}.ratio`;
  return {
    nodes: [make("Dropout", node.name, [inputName(node, context), ratio])],
    constants: [{ name: ratio, type: "float32", shape: [], data: streamOf(bytesOf(Float32Array.of(rate))) }],
  };
};

/** LRN; runtimes have it for images only, so that a sequence or a volume is put as an image one position wide. */
const localResponse: Lowering = (node, context) => {
  const { size, alpha, beta, k } = node.args as unknown as LrnArgs;
  // ONNX divides alpha by the size, the paper does not.
  const attributes = {
    size: { int: size },
    alpha: { float: alpha * size },
    beta: { float: beta },
    bias: { float: k },
  };
  const input = inputName(node, context);
  const shape = inputShape(node, context);
  if (shape.length === 3) return { nodes: [make("LRN", node.name, [input], attributes)] };
  const [image, normalised] = [`${node.name}.image`, `${node.name}.normalised`];
  const channels = shape.at(-1)!;
  return {
    nodes: [
      make("Reshape", image, [input, `${image}_shape`]),
      make("LRN", normalised, [image], attributes),
      make("Reshape", node.name, [normalised, `${node.name}.shape`]),
    ],
    // 0 keeps the batch.
    constants: [
      integers(`${image}_shape`, [0, channels, -1, 1]),
      integers(`${node.name}.shape`, [0, channels, ...shape.slice(0, -1)]),
    ],
  };
};

export const lowerings: Record<OpName, Lowering> = {
  // The graph's input: it has no node.
  input: () => ({ nodes: [] }),
  conv: convolution,
  pool: single("MaxPool", windowAttributes),
  avgpool: averagePool,
  gap: globalAveragePool,
  fc: dense,
  flatten,
  bn: single("BatchNormalization", (node) => ({ epsilon: { float: (node.args as unknown as BnArgs).eps } })),
  lrn: localResponse,
  relu: single("Relu"),
  sigmoid: single("Sigmoid"),
  tanh: single("Tanh"),
  softmax: single("Softmax", () => ({ axis: { int: 1 } })),
  dropout,
  identity: single("Identity"),
};

export function lower(node: Node, context: LoweringContext): Lowered {
  return lowerings[operatorNamed(node.op).name as OpName](node, context);
}
