/**
 * The tensors of a network and their seeded values, the same for every target.
 *
 * A tensor is called `<layer>.<tensor>` (`CONV1.weight`). Its values are a stream of Threefry-2x32-20 (base/threefry.ts)
 * with the key (seed, FNV-1a of the name), so that they depend on the seed and the name alone: not on other layers, nor on
 * the order in which they are made. Uniform values have 24 random bits and are scaled with one multiplication; there is no
 * transcendental function in it, so the bytes are the same on every machine.
 */
import { product } from "../base/integers.js";
import { fillUniform, hashName } from "../base/threefry.js";
import { consumersOf, type Network, type Node, type NodeId } from "../ir/network.js";
import type { WeightSpec } from "../ops/define.js";
import { operatorNamed } from "../ops/registry.js";
import { weightSpecs } from "./cost.js";

/**
 * `init` starts training: weights uniform by He before a ReLU, by Glorot elsewhere, biases 0, normalisation neutral.
 * `probe` is for comparing targets: as `init`, but biases and normalisation also get random values, so that a target that
 * drops or confuses one of them computes something else.
 */
export type WeightScheme = "init" | "probe";

export interface WeightTensor {
  readonly name: string;
  readonly node: Node;
  readonly spec: WeightSpec;
  /** How far from 0 a tensor that starts uniform may lie; 0 for one that starts with a constant. */
  readonly limit: number;
  /** Number of values. */
  readonly size: number;
}

/** Where the values of tensors come from: a seed, or a file. */
export interface WeightSource {
  /** Fills `target` with the values of a tensor in canonical order, from the value with index `start` on. */
  read(tensor: WeightTensor, start: number, target: Float32Array): void;
}

/** Every tensor of a network, layer by layer. */
export function weightTensors(network: Network): WeightTensor[] {
  const consumers = consumersOf(network);
  return network.nodes.flatMap((node) =>
    weightSpecs(network, node).map((spec) => ({
      name: `${node.name}.${spec.name}`,
      node,
      spec,
      limit: limitOf(spec, () => feedsRelu(node, consumers)),
      size: Number(product(spec.shape)),
    })),
  );
}

/** The tensors of each layer that has some, by its id. */
export function tensorsByNode(network: Network): ReadonlyMap<NodeId, readonly WeightTensor[]> {
  const tensors = new Map<NodeId, WeightTensor[]>();
  for (const tensor of weightTensors(network)) {
    tensors.set(tensor.node.id, [...(tensors.get(tensor.node.id) ?? []), tensor]);
  }
  return tensors;
}

function limitOf({ initial }: WeightSpec, relu: () => boolean): number {
  if (initial.kind === "constant") return 0;
  return Math.sqrt(6 / (relu() ? initial.fanIn : initial.fanIn + initial.fanOut));
}

/** Groups that keep what an activation later does to the values: what lies between a layer and its ReLU. */
const TRANSPARENT = new Set(["normalisation", "pooling", "regularisation", "other"]);

/** Whether the next activation behind a layer is a ReLU. */
export function feedsRelu(node: Node, consumers: readonly (readonly Node[])[]): boolean {
  let [next] = consumers[node.id] ?? [];
  while (next && TRANSPARENT.has(operatorNamed(next.op).group)) [next] = consumers[next.id] ?? [];
  return next?.op === "relu";
}

/** Values from a seed, a whole number from 0 to 2^32 - 1. */
export function seededWeights(seed: number, scheme: WeightScheme = "init"): WeightSource {
  return {
    read(tensor, start, target) {
      const { center, limit } = rangeOf(tensor, scheme);
      if (limit === 0) {
        target.fill(center);
        return;
      }
      fillUniform(target, [seed, hashName(tensor.name)], start, limit);
      if (center !== 0) for (let index = 0; index < target.length; index++) target[index]! += center;
    },
  };
}

/** Values are uniform in `center` +- `limit`. */
function rangeOf({ spec, limit }: WeightTensor, scheme: WeightScheme): { center: number; limit: number } {
  if (spec.initial.kind === "fan") return { center: 0, limit };
  const center = spec.initial.value;
  if (scheme === "init") return { center, limit: 0 };
  // Scales and variances stay away from 0.
  return center === 0 ? { center, limit: 0.25 } : { center, limit: center / 2 };
}

/** All values of a tensor, in canonical order. */
export function allWeights(tensor: WeightTensor, source: WeightSource): Float32Array {
  const values = new Float32Array(tensor.size);
  source.read(tensor, 0, values);
  return values;
}

/** Bytes of all tensors as float32. */
export function weightBytes(network: Network): bigint {
  return network.nodes.reduce(
    (total, node) => weightSpecs(network, node).reduce((sum, spec) => sum + product(spec.shape) * 4n, total),
    0n,
  );
}
