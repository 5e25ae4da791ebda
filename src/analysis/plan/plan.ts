/** Ways to train a network on several devices: what each device needs, what is moved, and the fastest that fits. */
import { sum } from "../../base/integers.js";
import type { Network } from "../../ir/network.js";
import type { Candidate, Cluster, Draft, PlanOptions } from "./cluster.js";
import { dataParallel } from "./data-parallel.js";
import { pipelines } from "./pipeline.js";

/**
 * All ways that there are, in the order of the strategies; none where there are fewer images than devices and no pipeline.
 * `undefined` where the device does not compute in the precision. Errors: throws where a size has letters.
 */
export function planOf(network: Network, cluster: Cluster, options: PlanOptions): Candidate[] | undefined {
  if (cluster.device.operations[options.precision ?? "float32"] === undefined) return undefined;
  const drafts = [...dataParallel(network, cluster, options), ...pipelines(network, cluster, options)];
  return drafts.map((draft) => summedUp(draft, cluster.memory));
}

function summedUp(draft: Draft, memory: bigint): Candidate {
  const total = sum(Object.values(draft.memory));
  const { compute, idle, moving, update } = draft.time;
  return { ...draft, total, seconds: compute + idle + moving + update, fits: total <= memory };
}

/** What is this much slower than the fastest is as fast: the estimate is no better. */
const AS_FAST = 1.01;

/** Of those that fit and are as fast as the fastest the first one, which is the plainest. */
export function cheapestOf(candidates: readonly Candidate[]): Candidate | undefined {
  const fitting = candidates.filter(({ fits }) => fits);
  const least = Math.min(...fitting.map(({ seconds }) => seconds));
  return fitting.find(({ seconds }) => seconds <= least * AS_FAST);
}
