/** What each layer costs: parameters, buffers, multiply-accumulates, activations. Exact. */
import { product, sum } from "../base/integers.js";
import { productOf, sumOf, type Count } from "../ir/dimension.js";
import { inputTypes, type Network, type Node } from "../ir/network.js";
import type { WeightSpec } from "../ops/define.js";
import { operatorNamed } from "../ops/registry.js";

/**
 * Counts of one layer, or their sums. For one image; shapes without the batch. What a layer learns is always a number;
 * what it does and gives may depend on the letters of the input.
 */
export interface Cost {
  /** Trainable scalars: weights and biases. */
  readonly params: bigint;
  /** Trainable scalars without biases, which is how slides count. */
  readonly weights: bigint;
  readonly biases: bigint;
  /** Running statistics. */
  readonly buffers: bigint;
  /** Multiply-accumulates of convolutions and dense layers, without biases; no element-wise work. */
  readonly macs: Count;
  /** Values in the output: what slides call memory. */
  readonly activations: Count;
}

/** Tensors of a layer, in the operator's order. */
export function weightSpecs(network: Network, node: Node): WeightSpec[] {
  return operatorNamed(node.op).weights?.(node.args, inputTypes(network, node)) ?? [];
}

export function costOf(network: Network, node: Node): Cost {
  const specs = weightSpecs(network, node);
  const count = (role: WeightSpec["role"]) =>
    sum(specs.filter((spec) => spec.role === role).map((spec) => product(spec.shape)));
  const weights = count("weight");
  const biases = count("bias");
  return {
    params: weights + biases,
    weights,
    biases,
    buffers: count("buffer"),
    macs: operatorNamed(node.op).macs?.(node.args, inputTypes(network, node), node.type) ?? 0n,
    activations: productOf(node.type.shape),
  };
}

export function totalCost(costs: readonly Cost[]): Cost {
  const total = (key: "params" | "weights" | "biases" | "buffers") => sum(costs.map((cost) => cost[key]));
  return {
    params: total("params"),
    weights: total("weights"),
    biases: total("biases"),
    buffers: total("buffers"),
    macs: sumOf(costs.map(({ macs }) => macs)),
    activations: sumOf(costs.map(({ activations }) => activations)),
  };
}
