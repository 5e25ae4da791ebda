/**
 * The order of layers that needs the least memory. Between the places that all values pass through (the end of a block) each
 * stretch is ordered by itself, by a search over sets of layers that have run: states with the smallest peak first, so that
 * the first one that is whole has the smallest. The search is exact until it has looked at `MOST_STATES` sets.
 */
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import { leastOf, scheduleOf, type Schedule } from "./schedule.js";
import { placeOf, readOf, type Storages } from "./storages.js";

/** The sets of layers that are looked at, of all stretches together. */
const MOST_STATES = 20_000;

/** Each set is held against all layers of its stretch: what is longer than this is left in the order of the text. */
const LONGEST_STRETCH = 2_000;

export interface Ordered extends Schedule {
  /** Whether no other order has a smaller peak. */
  readonly isLeast: boolean;
  /** No order has a smaller peak than this. */
  readonly bound: bigint;
}

export function bestOrder(network: Network, storages: Storages): Ordered {
  const asWritten = scheduleOf(network, storages);
  const bound = leastOf(network, storages);
  // Nothing can be smaller than what one layer needs.
  if (asWritten.peak === bound) return { ...asWritten, isLeast: true, bound };
  const order: NodeId[] = [];
  let isExact = true;
  let states = MOST_STATES;
  for (const stretch of stretchesOf(storages)) {
    const isSearched = stretch.length >= 3 && stretch.length <= LONGEST_STRETCH;
    const found = isSearched ? search(network, storages, stretch, states) : undefined;
    if (found) states -= found.states;
    if (found?.order === undefined && stretch.length >= 3) isExact = false;
    order.push(...(found?.order ?? stretch));
  }
  const ordered = scheduleOf(network, storages, order);
  const best = ordered.peak < asWritten.peak ? ordered : asWritten;
  return { ...best, isLeast: isExact || best.peak === bound, bound };
}

/** The layers cut where one value is all that later layers read, and all that came before was needed for it. */
export function stretchesOf({ all, of, steps }: Storages): NodeId[][] {
  const last = new Map<number, number>();
  const position = new Map(steps.map((id, index) => [id, index]));
  all.forEach(({ readers, isOutput }, index) => {
    const end = isOutput ? steps.length : Math.max(-1, ...readers.map((id) => position.get(id)!));
    last.set(index, end);
  });
  const stretches: NodeId[][] = [];
  let stretch: NodeId[] = [];
  /** The last step that reads anything of the steps so far, but for the value of the last of them. */
  let reach = Math.max(-1, ...all.flatMap(({ isInput }, index) => (isInput ? [last.get(index)!] : [])));
  steps.forEach((id, index) => {
    stretch.push(id);
    if (reach <= index) {
      stretches.push(stretch);
      stretch = [];
    }
    reach = Math.max(reach, last.get(of[id]!)!);
  });
  if (stretch.length > 0) stretches.push(stretch);
  return stretches;
}

interface State {
  /** The layers that have run, a bit for each. */
  readonly done: bigint;
  readonly live: bigint;
  readonly peak: bigint;
  readonly count: number;
  readonly node?: NodeId;
  readonly before?: State;
}

/** A layer of a stretch, with what does not change while it is ordered. */
interface Candidate {
  readonly id: NodeId;
  readonly bit: bigint;
  /** The layers of the stretch that it reads. */
  readonly needs: bigint;
  readonly reads: readonly number[];
  readonly own: number;
}

/** The order of a stretch with the smallest peak; none where more than `most` sets would have to be looked at. */
function search(
  network: Network,
  storages: Storages,
  stretch: readonly NodeId[],
  most: number,
): { order?: NodeId[]; states: number } {
  const { all, of } = storages;
  const bits = new Map(stretch.map((id, index) => [of[id]!, 1n << BigInt(index)]));
  const candidates = stretch.map((id): Candidate => {
    const reads = readOf(storages, nodeOf(network, id));
    const needs = reads.reduce((mask, index) => mask | (bits.get(index) ?? 0n), 0n);
    return { id, bit: bits.get(of[id]!)!, needs, reads, own: of[id]! };
  });
  const whole = (1n << BigInt(stretch.length)) - 1n;
  const arriving = new Set(candidates.flatMap(({ reads }) => reads).filter((index) => !bits.has(index)));
  const live = [...arriving].reduce((sum, index) => sum + all[index]!.values, 0n);
  const waiting = new Heap();
  waiting.push({ done: 0n, live, peak: live, count: 0 });
  const seen = new Set<bigint>();
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    if (state.done === whole) return { order: pathTo(state), states: seen.size };
    if (seen.has(state.done)) continue;
    if (seen.size >= most) break;
    seen.add(state.done);
    const next = statesBehind(network, storages, candidates, state);
    // A layer that needs no more than was needed already, and leaves no more than there was, can as well run at once.
    const free = next.find(({ peak, live: left }) => peak === state.peak && left <= state.live);
    for (const found of free ? [free] : next) waiting.push(found);
  }
  return { states: seen.size };
}

/** The states that one more layer leads to. */
function statesBehind(network: Network, storages: Storages, candidates: readonly Candidate[], state: State): State[] {
  const { all } = storages;
  const left = new Map<number, number>();
  const open = candidates.filter(({ bit }) => (state.done & bit) === 0n);
  for (const { reads } of open) for (const index of reads) left.set(index, (left.get(index) ?? 0) + 1);
  const isLast = (index: number) => left.get(index) === 1;
  return open
    .filter(({ needs }) => (needs & state.done) === needs)
    .map(({ id, bit, reads, own }) => {
      const { values, readers, isOutput } = all[own]!;
      const isInPlace = placeOf(storages, nodeOf(network, id), isLast) !== undefined;
      const during = state.live + (isInPlace ? 0n : values);
      const freed = reads.reduce((sum, index) => {
        return isLast(index) && !all[index]!.isOutput ? sum + all[index]!.values : sum;
      }, 0n);
      const kept = readers.length > 0 || isOutput ? values : 0n;
      return {
        done: state.done | bit,
        live: state.live + kept - freed,
        peak: during > state.peak ? during : state.peak,
        count: state.count + 1,
        node: id,
        before: state,
      };
    });
}

function pathTo(state: State): NodeId[] {
  const order: NodeId[] = [];
  for (let at: State | undefined = state; at?.node !== undefined; at = at.before) order.push(at.node);
  return order.reverse();
}

/** States by their peak; of equal ones those first in which more has run. */
class Heap {
  private readonly states: State[] = [];

  push(state: State): void {
    const { states } = this;
    let index = states.length;
    states.push(state);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(state, states[parent]!)) break;
      states[index] = states[parent]!;
      index = parent;
    }
    states[index] = state;
  }

  pop(): State | undefined {
    const { states } = this;
    const first = states[0];
    const last = states.pop();
    if (first === undefined || last === undefined || states.length === 0) return first;
    let index = 0;
    for (let child = 1; child < states.length; child = 2 * index + 1) {
      if (child + 1 < states.length && isBefore(states[child + 1]!, states[child]!)) child++;
      if (!isBefore(states[child]!, last)) break;
      states[index] = states[child]!;
      index = child;
    }
    states[index] = last;
    return first;
  }
}

const isBefore = (a: State, b: State) => a.peak < b.peak || (a.peak === b.peak && a.count > b.count);
