/** The figures of a whole network that reports total and assertions compare. */
import type { Figure } from "../ir/budget.js";
import { productOf, scaleCount, sumOf, type Count } from "../ir/dimension.js";
import { liveNodes } from "../ir/live.js";
import type { Network } from "../ir/network.js";
import { isFixedShape } from "../ir/shape.js";
import { costOf, totalCost } from "./cost.js";
import { runningOf } from "./memory/running.js";
import { isView } from "./memory/storages.js";

const BYTES_PER_VALUE = 4n;

/** A figure, for `batch` images where it is one of memory. */
export function figureOf(network: Network, figure: Figure, batch = 1): Count {
  if (figure === "peak.memory") return peakMemory(network, batch);
  if (figure === "layers") return BigInt(network.nodes.length - network.inputs.length);
  const total = totalCost(network.nodes.map((node) => costOf(network, node)));
  return figure === "params.memory" ? total.params * BYTES_PER_VALUE : total[figure];
}

/** Floating-point operations for one image (LANGUAGE section 8): see `Cost`. */
export function flopsOf(network: Network): Count {
  return totalCost(network.nodes.map((node) => costOf(network, node))).flops;
}

/**
 * Bytes of the values that have to be kept at once, as `cnnc memory` has them: in the best order of layers that was found,
 * element-wise layers in the place of what they read, layers that change no value in none. Float32; weights are not counted.
 * With letters in the sizes it is not decided which layer needs the most: the sum of all values is given, which no run exceeds.
 */
export function peakMemory(network: Network, batch = 1): Count {
  const bytes = BYTES_PER_VALUE * BigInt(batch);
  if (network.nodes.every(({ type }) => isFixedShape(type.shape))) return runningOf(network).best.peak * bytes;
  const live = liveNodes(network);
  const own = network.nodes.filter((node) => network.inputs.includes(node.id) || (live.has(node.id) && !isView(node)));
  return sumOf(own.map(({ type }) => scaleCount(productOf(type.shape), bytes)));
}
