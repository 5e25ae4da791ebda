/** How parameters are shared out among devices: as PyTorch does it, tensor by tensor or in units of some modules. */
import type { Network } from "../../ir/network.js";
import { product, sum } from "../../base/integers.js";
import { weightTensors } from "../weights.js";

/** Parameters from which on some modules are a unit of their own, as the emitted script has it. */
export const UNIT_PARAMS = 1_000_000n;

interface Tensor {
  readonly path: readonly string[];
  readonly size: bigint;
  /** How many it holds for one value of its first axis in PyTorch, which is the last one here. */
  readonly row: bigint;
}

function learnt(network: Network): Tensor[] {
  return weightTensors(network)
    .filter(({ spec }) => spec.role !== "buffer")
    .map(({ node, spec, size }) => ({
      path: node.name.split("."),
      size: BigInt(size),
      row: product(spec.shape.slice(0, -1)),
    }));
}

/**
 * The parameters whose state the busiest device keeps, where whole tensors are shared out: the largest first, each to the
 * device that has the fewest, as `ZeroRedundancyOptimizer` does it.
 */
export function largestShareOfTensors(network: Network, devices: number): bigint {
  const shares = new Array<bigint>(devices).fill(0n);
  const sizes = learnt(network).map(({ size }) => size);
  for (const size of sizes.sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))) {
    const least = shares.reduce((best, share, index) => (share < shares[best]! ? index : best), 0);
    shares[least]! += size;
  }
  return shares.reduce((most, share) => (share > most ? share : most), 0n);
}

/** The parameters of the busiest device where each tensor is cut along its first axis, as `fully_shard` does it. */
export function largestShareOfRows(network: Network, devices: number): bigint {
  const count = BigInt(devices);
  return sum(learnt(network).map(({ size, row }) => ((size / row + count - 1n) / count) * row));
}

/** Parameters of units that are gathered as a whole. */
export interface Units {
  /** What is in no other unit: it is gathered all the time. */
  readonly rest: bigint;
  /** In the order of the network. */
  readonly others: readonly bigint[];
}

/** A module with many parameters is a unit, without its parts that are units themselves: as the emitted script has it. */
export function unitsOf(network: Network): Units {
  const others: bigint[] = [];
  const wrap = (tensors: readonly Tensor[], depth: number): bigint => {
    const parts = new Map<string, Tensor[]>();
    for (const tensor of tensors) {
      const name = tensor.path[depth];
      if (name === undefined) continue;
      const part = parts.get(name);
      if (part) part.push(tensor);
      else parts.set(name, [tensor]);
    }
    let wrapped = 0n;
    for (const part of parts.values()) {
      const all = sum(part.map(({ size }) => size));
      if (all < UNIT_PARAMS) continue;
      const within = wrap(part, depth + 1);
      const own = all - within;
      if (own >= UNIT_PARAMS) others.push(own);
      wrapped += own >= UNIT_PARAMS ? all : within;
    }
    return wrapped;
  };
  const tensors = learnt(network);
  const wrapped = wrap(tensors, 0);
  return { rest: sum(tensors.map(({ size }) => size)) - wrapped, others };
}
