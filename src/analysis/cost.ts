/** What each layer costs: parameters, buffers, multiply-accumulates, activations. Exact. */
import { product, sum } from "../base/integers.js";
import { productOf, scaleCount, sumOf, type Count } from "../ir/dimension.js";
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
  /**
   * Floating-point operations: two for each multiply-accumulate, one for each result of an activation, a normalisation or
   * element-wise merging.
   */
  readonly flops: Count;
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
  const operator = operatorNamed(node.op);
  const macs = operator.macs?.(node.args, inputTypes(network, node), node.type) ?? 0n;
  const activations = productOf(node.type.shape);
  return {
    params: weights + biases,
    weights,
    biases,
    buffers: count("buffer"),
    macs,
    flops: sumOf([scaleCount(macs, 2n), operator.isElementWise === true ? activations : 0n]),
    activations,
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
    flops: sumOf(costs.map(({ flops }) => flops)),
    activations: sumOf(costs.map(({ activations }) => activations)),
  };
}

/**
 * Values that a layer moves for one image: what it reads and gives, and its parameters and buffers once each. Layers that only
 * give what they read another shape, or act in training alone, move nothing.
 */
export function movedValues(network: Network, node: Node): Count {
  const { storage, group, inputs } = operatorNamed(node.op);
  if (storage === "view" || group === "regularisation" || inputs === 0) return 0n;
  const { params, buffers, activations } = costOf(network, node);
  const read = inputTypes(network, node).map(({ shape }) => productOf(shape));
  return sumOf([...read, activations, params + buffers]);
}
