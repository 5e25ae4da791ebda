/** What is in memory while layers run in an order: the least that is needed at each step. */
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import { placeOf, readOf, type Storages } from "./storages.js";

/** One layer that runs. Numbers are of values of one image. */
export interface Moment {
  readonly node: NodeId;
  /** What is there while it runs: what it reads and gives, and what later ones read. */
  readonly live: bigint;
  /** The storage whose place it takes. */
  readonly inPlace?: number;
}

export interface Schedule {
  readonly moments: readonly Moment[];
  readonly peak: bigint;
}

/** The layers in the order of the text, or in another one in which each comes after those that it reads. */
export function scheduleOf(network: Network, storages: Storages, order: readonly NodeId[] = storages.steps): Schedule {
  const { all, of } = storages;
  const left = all.map(({ readers }) => readers.length);
  let live = 0n;
  for (const { isInput, values } of all) if (isInput) live += values;
  let peak = live;
  const moments = order.map((id): Moment => {
    const node = nodeOf(network, id);
    const read = readOf(storages, node);
    const inPlace = placeOf(storages, node, (index) => left[index] === 1);
    const own = all[of[id]!]!;
    const during = live + (inPlace === undefined ? own.values : 0n);
    if (during > peak) peak = during;
    live += own.values;
    for (const index of read) {
      left[index]! -= 1;
      if (left[index] === 0 && !all[index]!.isOutput) live -= all[index]!.values;
    }
    // What nobody reads is gone at once, unless it is given.
    if (own.readers.length === 0 && !own.isOutput) live -= own.values;
    return { node: id, live: during, inPlace };
  });
  return { moments, peak };
}

/** The least that any order needs: each layer needs what it reads, and a place for what it gives. */
export function leastOf(network: Network, storages: Storages): bigint {
  const { all, of } = storages;
  let least = 0n;
  for (const id of storages.steps) {
    const node = nodeOf(network, id);
    const read = readOf(storages, node).reduce((sum, index) => sum + all[index]!.values, 0n);
    // At best it is the last to read all of it.
    const own = placeOf(storages, node, () => true) === undefined ? all[of[id]!]!.values : 0n;
    if (read + own > least) least = read + own;
  }
  return least;
}
