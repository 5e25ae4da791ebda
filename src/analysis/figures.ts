/** The figures of a whole network that reports total and assertions compare. */
import type { Figure } from "../ir/budget.js";
import { productOf, scaleCount, sumOf, type Count } from "../ir/dimension.js";
import { consumersOf, type Network } from "../ir/network.js";
import { costOf, totalCost } from "./cost.js";

const BYTES_PER_VALUE = 4n;

/** A figure, for `batch` images where it is one of memory. */
export function figureOf(network: Network, figure: Figure, batch = 1): Count {
  const total = totalCost(network.nodes.map((node) => costOf(network, node)));
  switch (figure) {
    case "layers":
      return BigInt(network.nodes.length - network.inputs.length);
    case "params.memory":
      return total.params * BYTES_PER_VALUE;
    case "peak.memory":
      return peakMemory(network, batch);
    default:
      return total[figure];
  }
}

/** Floating-point operations for one image (LANGUAGE section 8): see `Cost`. */
export function flopsOf(network: Network): Count {
  return totalCost(network.nodes.map((node) => costOf(network, node))).flops;
}

/**
 * Bytes of the values that have to be kept at once when layers run one after the other in the order of the text: the
 * inputs and the result of the layer that runs, and what later layers still read. Float32, nothing computed in place;
 * weights are not counted. With letters in the sizes the peak is not decided: the sum at the layer where it is largest for
 * some size cannot be told, so that the sum of all values is given, which no run exceeds.
 */
export function peakMemory(network: Network, batch = 1): Count {
  const bytes = network.nodes.map((node) => scaleCount(productOf(node.type.shape), BYTES_PER_VALUE * BigInt(batch)));
  if (network.symbols.length > 0) return sumOf(bytes);
  const consumers = consumersOf(network);
  const lastUse = network.nodes.map(({ id }) =>
    network.outputs.includes(id)
      ? network.nodes.length
      : Math.max(id, ...consumers[id]!.map((consumer) => consumer.id)),
  );
  const endingAt = new Map<number, number[]>();
  lastUse.forEach((last, id) => endingAt.set(last, [...(endingAt.get(last) ?? []), id]));
  let live = 0n;
  let peak = 0n;
  for (const { id } of network.nodes) {
    live += bytes[id] as bigint;
    if (live > peak) peak = live;
    for (const ended of endingAt.get(id) ?? []) live -= bytes[ended] as bigint;
  }
  return peak;
}
