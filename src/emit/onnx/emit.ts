/** IR to an ONNX model: one valid file, symbolic batch `N`, maps channels first, names as in the language. */
import { tensorsByNode, weightBytes, type WeightSource } from "../../analysis/weights.js";
import { consumersOf, nodeOf, type Network, type NodeId } from "../../ir/network.js";
import { formatCondition } from "../../ir/condition.js";
import { formatDimension, isFixed } from "../../ir/dimension.js";
import { encodeModel } from "./encode.js";
import type { ByteStream, EmittedFile } from "../bytes.js";
import { withExternalData } from "./external.js";
import type { LoweringContext } from "./draft.js";
import { lower } from "./lowerings.js";
import { freelyOrdered } from "../freely-ordered.js";
import { DEFAULT_OPSET, irVersionOf } from "./opsets.js";
import { OpenSizes } from "./sizes.js";
import type { OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "./schema.js";
import { onnxTensor } from "./weights.js";

export interface OnnxOptions {
  /** The operator set, from `DEFAULT_OPSET` to `NEWEST_OPSET`. */
  opset?: number;
  /** Where the weights come from; without one their tensors are inputs of the graph. */
  weights?: WeightSource;
}

/** Bytes of weights that one file holds: protobuf ends at 2 GiB, a megabyte is left for the graph. */
export const LARGEST_FILE = 2n ** 31n - 2n ** 20n;

/** The model as data. */
export function onnxModel(network: Network, options: OnnxOptions): OnnxModel {
  const tensors = tensorsByNode(network);
  const names = [...network.nodes, ...[...tensors.values()].flat()].map(({ name }) => name);
  const { opset = DEFAULT_OPSET } = options;
  const taken = new Set(names);
  const sizes = new OpenSizes(network, taken);
  const consumers = consumersOf(network);
  const context: LoweringContext = {
    network,
    opset,
    consumers,
    sizes,
    tensors,
    flattened: freelyOrdered(network),
    taken,
  };
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
    irVersion: irVersionOf(opset),
    producerName: "cnnc",
    opset,
    ...conditionsOf(network),
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

/** Whether weights are more than one file holds. */
export function needsExternalData(network: Network): boolean {
  return weightBytes(network) > LARGEST_FILE;
}

/**
 * The files of a network: `path` is the model, and with external data `<path>.data` beside it holds the weights, written
 * first. Weights that one file does not hold are external in any case.
 */
export function emitOnnxFiles(
  network: Network,
  { path, externalData = false, ...options }: OnnxOptions & { path: string; externalData?: boolean },
): EmittedFile[] {
  const whole = onnxModel(network, options);
  if (!options.weights || !(externalData || needsExternalData(network))) return [{ path, data: encodeModel(whole) }];
  const location = `${path}.data`;
  const { model, data } = withExternalData(whole, location);
  return [
    { path: location, data },
    { path, data: encodeModel(model) },
  ];
}

/** An open side is called what it is in letters: `H`, `floor(H/2)`. No letter is N, which is the batch. */
function valueOf(network: Network, id: NodeId): OnnxValue {
  const { name, type } = nodeOf(network, id);
  const sides = type.shape.map((size) => (isFixed(size) ? size : formatDimension(size)));
  return { name, shape: ["N", sides.at(-1)!, ...sides.slice(0, -1)] };
}

/** What the letters have to fulfil, for people and by letter. */
function conditionsOf({ conditions }: Network): Pick<OnnxModel, "documentation" | "metadata"> {
  const metadata: Record<string, string> = {};
  for (const condition of conditions) {
    const key = `size ${condition.variable}`;
    const text = formatCondition(condition);
    metadata[key] = key in metadata ? `${metadata[key]!}, and ${text}` : text;
  }
  const texts = Object.values(metadata);
  return { metadata, ...(texts.length > 0 ? { documentation: `Sizes: ${texts.join("; ")}.` } : {}) };
}
