/**
 * Batch normalisations taken into the layer that they stand behind. While a model runs, one multiplies each channel by
 * scale/sqrt(variance + eps) and adds shift - mean * that factor: a convolution or a dense layer with other weights and
 * another bias computes the same.
 */
import { argsOf, consumersOf, type Network, type Node, type NodeId } from "../ir/network.js";
import type { BnArgs } from "../ops/bn.js";
import { allWeights, weightTensors, type WeightSource, type WeightTensor } from "./weights.js";

/** Layers that have a weight and a bias for each of their channels. */
const FOLDABLE = new Set(["conv", "dwconv", "upconv", "fc", "linear"]);

export interface Folded {
  /** The network without the normalisations that were taken in. */
  readonly network: Network;
  /** The names of those, in order. */
  readonly names: readonly string[];
  /** The weights that then go with it. */
  weights(source: WeightSource): WeightSource;
}

/**
 * Folds every BN whose value no other layer changes first: directly behind a convolution, a transposed convolution, FC or
 * LINEAR whose value nobody else reads, and that is no output. The layer keeps its name and those of its tensors, and gains a
 * bias where it has none. A BN that is an output stays under its name as a layer that changes nothing.
 */
export function foldBatchNorms(network: Network): Folded {
  const consumers = consumersOf(network);
  /** The normalisations of each layer that takes some in, and the layer of each. */
  const taken = new Map<NodeId, Node[]>();
  const layers = new Map<NodeId, NodeId>();
  for (const node of network.nodes) {
    if (node.op !== "bn") continue;
    const [input] = node.inputs as [NodeId];
    const layer = layers.get(input) ?? input;
    const isFree = consumers[input]!.length === 1 && !network.outputs.includes(input);
    if (!isFree || !FOLDABLE.has(network.nodes[layer]!.op)) continue;
    layers.set(node.id, layer);
    taken.set(layer, [...(taken.get(layer) ?? []), node]);
  }
  return {
    network: without(network, layers, taken),
    names: [...taken.values()].flat().map(({ name }) => name),
    weights: (source) => foldedWeights(network, taken, source),
  };
}

/** The network with its layers numbered anew. */
function without(network: Network, layers: ReadonlyMap<NodeId, NodeId>, taken: ReadonlyMap<NodeId, Node[]>): Network {
  const ids = new Map<NodeId, NodeId>();
  const nodes: Node[] = [];
  for (const node of network.nodes) {
    const isFolded = layers.has(node.id);
    if (isFolded && !network.outputs.includes(node.id)) {
      ids.set(node.id, ids.get(node.inputs[0]!)!);
      continue;
    }
    const id = nodes.length;
    ids.set(node.id, id);
    const inputs = node.inputs.map((input) => ids.get(input)!);
    const args = taken.has(node.id) ? { ...node.args, bias: true } : node.args;
    nodes.push(
      isFolded ? { ...node, id, inputs, op: "identity", args: {}, argSpans: {} } : { ...node, id, inputs, args },
    );
  }
  const moved = (list: readonly NodeId[]) => list.map((id) => ids.get(id)!);
  return { ...network, nodes, inputs: moved(network.inputs), outputs: moved(network.outputs) };
}

/** What a layer's channels are multiplied by, and what is then added. */
interface Affine {
  readonly factors: Float64Array;
  readonly shifts: Float64Array;
}

function foldedWeights(network: Network, taken: ReadonlyMap<NodeId, Node[]>, source: WeightSource): WeightSource {
  const tensors = new Map(weightTensors(network).map((tensor) => [tensor.name, tensor]));
  const normalisations = new Map([...taken].map(([id, nodes]) => [network.nodes[id]!.name, nodes]));
  const affines = new Map<string, Affine>();
  const affineOf = ({ name }: Node): Affine | undefined => {
    const known = affines.get(name);
    const nodes = normalisations.get(name);
    if (known || !nodes) return known;
    const affine = affineOfAll(nodes, tensors, source);
    affines.set(name, affine);
    return affine;
  };
  return {
    read(tensor, start, target) {
      // Tensors start as they did before: by the network as it was written.
      const original = tensors.get(tensor.name);
      if (original) source.read(original, start, target);
      else target.fill(0);
      const affine = affineOf(tensor.node);
      if (!affine) return;
      const { factors, shifts } = affine;
      if (tensor.spec.name === "bias") {
        for (let index = 0; index < target.length; index++) {
          target[index] = target[index]! * factors[start + index]! + shifts[start + index]!;
        }
        return;
      }
      const channelOf = channels(tensor);
      for (let index = 0; index < target.length; index++) target[index]! *= factors[channelOf(start + index)]!;
    },
  };
}

/** The channel of the result that a value of a weight belongs to. */
function channels({ node, spec }: WeightTensor): (index: number) => number {
  const last = spec.shape.at(-1)!;
  if (node.op !== "upconv") return (index) => index % last;
  // Windows, filters of a group, inputs of all groups.
  const { groups } = argsOf<{ groups: number }>(node);
  const filters = spec.shape.at(-2)!;
  const perGroup = last / groups;
  return (index) => Math.floor((index % last) / perGroup) * filters + (Math.floor(index / last) % filters);
}

/** Normalisations one after the other, in float64. */
function affineOfAll(nodes: readonly Node[], tensors: ReadonlyMap<string, WeightTensor>, source: WeightSource): Affine {
  const size = tensors.get(`${nodes[0]!.name}.mean`)!.size;
  const factors = new Float64Array(size).fill(1);
  const shifts = new Float64Array(size);
  for (const node of nodes) {
    const { eps } = argsOf<BnArgs>(node);
    const values = (name: string): Float32Array | undefined => {
      const tensor = tensors.get(`${node.name}.${name}`);
      return tensor && allWeights(tensor, source);
    };
    const [scale, shift, mean, variance] = ["scale", "bias", "mean", "variance"].map(values);
    for (let channel = 0; channel < size; channel++) {
      const factor = (scale?.[channel] ?? 1) / Math.sqrt(variance![channel]! + eps);
      factors[channel]! *= factor;
      shifts[channel] = (shifts[channel]! - mean![channel]!) * factor + (shift?.[channel] ?? 0);
    }
  }
  return { factors, shifts };
}
