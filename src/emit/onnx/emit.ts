/** IR to an ONNX model: one valid file, symbolic batch `N`, maps channels first, names as in the language. */
import { tensorsByNode, type WeightSource } from "../../analysis/weights.js";
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import { fixedShape } from "../../ir/shape.js";
import { encodeModel } from "./encode.js";
import type { ByteStream } from "../bytes.js";
import type { LoweringContext } from "./draft.js";
import { lower } from "./lowerings.js";
import { freelyOrdered } from "./lowerings/dense.js";
import type { OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "./schema.js";
import { onnxTensor } from "./weights.js";

export interface OnnxOptions {
  /** Where the weights come from; without one their tensors are inputs of the graph. */
  weights?: WeightSource;
}

/** Operator set 17 is the first with every operator that the language will need (LayerNormalization). */
const OPSET = 17;
const IR_VERSION = 8;

/** Bytes of weights that one file holds: protobuf ends at 2 GiB, a megabyte is left for the graph. */
export const LARGEST_FILE = 2n ** 31n - 2n ** 20n;

/** The model as data. */
export function onnxModel(network: Network, options: OnnxOptions): OnnxModel {
  const tensors = tensorsByNode(network);
  const names = [...network.nodes, ...[...tensors.values()].flat()].map(({ name }) => name);
  const context: LoweringContext = { network, tensors, flattened: freelyOrdered(network), taken: new Set(names) };
  const nodes: OnnxNode[] = [];
  const constants: OnnxTensor[] = [];
  const learnt: OnnxTensor[] = [];
  for (const node of network.nodes) {
    const lowered = lower(node, context);
    nodes.push(...lowered.nodes);
    constants.push(...lowered.constants);
    for (const tensor of tensors.get(node.id) ?? []) {
      learnt.push(
        onnxTensor(tensor, options.weights ?? NO_WEIGHTS, lowered.orders[tensor.spec.name] ?? { kind: "canonical" }),
      );
    }
  }
  const open = options.weights === undefined;
  return {
    irVersion: IR_VERSION,
    producerName: "cnnc",
    opset: OPSET,
    graph: {
      name: network.name,
      documentation: network.documentation,
      nodes,
      initializers: open ? constants : [...learnt, ...constants],
      inputs: [
        ...network.inputs.map((id) => valueOf(network, id)),
        ...(open ? learnt.map(({ name, shape }) => ({ name, shape })) : []),
      ],
      outputs: network.outputs.map((id) => valueOf(network, id)),
    },
  };
}

/** For tensors of which only the shapes are written. */
const NO_WEIGHTS: WeightSource = { read: () => undefined };

/** The file of a network, as a stream that makes the weights while it is read. */
export function emitOnnx(network: Network, options: OnnxOptions): ByteStream {
  return encodeModel(onnxModel(network, options));
}

function valueOf(network: Network, id: NodeId): OnnxValue {
  const { name, type } = nodeOf(network, id);
  const shape = fixedShape(type);
  return { name, shape: ["N", shape.at(-1)!, ...shape.slice(0, -1)] };
}
