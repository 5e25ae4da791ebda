/** Where each value lies in one block of memory: no two that are needed at once overlap. */
import type { Moment, Schedule } from "./schedule.js";
import type { Storages } from "./storages.js";

/** A stretch of the arena with all values that lie in it one after the other. Numbers are of values of one image. */
export interface Placement {
  /** The storages that lie here: each takes the place of the one before. */
  readonly storages: readonly number[];
  readonly values: bigint;
  readonly offset: bigint;
  /** The first and the last step that need it; -1 for what is there from the beginning. */
  readonly from: number;
  readonly to: number;
}

export interface Arena {
  readonly values: bigint;
  readonly placements: readonly Placement[];
}

interface Block {
  readonly storages: number[];
  readonly values: bigint;
  readonly from: number;
  to: number;
  /** The blocks that are needed at the same time. */
  readonly beside: Block[];
  offset?: bigint;
}

/** How often blocks that stick out are tried to be placed earlier. */
const MOST_ROUNDS = 64;

/**
 * The arena of layers in the order in which they run: the smallest of several ways to place one block after the other, and of
 * those in which blocks that stick out of the least are placed before others.
 */
export function arenaOf(storages: Storages, { moments, peak }: Schedule): Arena {
  const blocks = blocksOf(storages, moments);
  const ways: ((a: Block, b: Block) => number)[] = [
    (a, b) => compare(b.values, a.values) || a.from - b.from,
    (a, b) => a.from - b.from || compare(b.values, a.values),
    (a, b) => b.to - b.from - (a.to - a.from) || compare(b.values, a.values),
    byBusiestStep(blocks, moments.length),
  ];
  let best: Arena | undefined;
  for (const way of ways) {
    let order = [...blocks].sort(way);
    for (let round = 0; round < MOST_ROUNDS && best?.values !== peak; round++) {
      const values = place(order);
      if (!best || values < best.values) best = { values, placements: blocks.map(placementOf) };
      const isOut = ({ offset, values: size }: Block) => offset! + size > peak;
      order = [...order.filter(isOut), ...order.filter((block) => !isOut(block))];
    }
  }
  return best!;
}

function placementOf({ storages, values, offset, from, to }: Block): Placement {
  return { storages, values, offset: offset!, from, to };
}

const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

/** Storages that take each other's place are one block. */
function blocksOf({ all, of }: Storages, moments: readonly Moment[]): Block[] {
  const step = new Map(moments.map(({ node }, index) => [node, index]));
  const lastStep = (index: number) => {
    const { readers, isOutput, node } = all[index]!;
    if (isOutput) return moments.length - 1;
    return Math.max(step.get(node) ?? -1, ...readers.map((id) => step.get(id)!));
  };
  const blockOf = new Map<number, Block>();
  const blocks: Block[] = [];
  const open = (index: number, from: number) => {
    const block: Block = { storages: [index], values: all[index]!.values, from, to: lastStep(index), beside: [] };
    blockOf.set(index, block);
    blocks.push(block);
  };
  all.forEach(({ isInput }, index) => {
    if (isInput) open(index, -1);
  });
  moments.forEach(({ node, inPlace }, index) => {
    const own = of[node]!;
    if (inPlace === undefined) {
      open(own, index);
      return;
    }
    const block = blockOf.get(inPlace)!;
    block.storages.push(own);
    block.to = lastStep(own);
    blockOf.set(own, block);
  });
  meet(blocks);
  return blocks;
}

/** Finds out which blocks are needed at once, going through the steps. */
function meet(blocks: readonly Block[]): void {
  let active: Block[] = [];
  for (const block of [...blocks].sort((a, b) => a.from - b.from)) {
    active = active.filter(({ to }) => to >= block.from);
    for (const other of active) {
      other.beside.push(block);
      block.beside.push(other);
    }
    active.push(block);
  }
}

/** First what is needed at the step that needs most, then what is needed at the next one of those that are left. */
function byBusiestStep(blocks: readonly Block[], steps: number): (a: Block, b: Block) => number {
  const load = Array.from({ length: steps + 1 }, () => 0n);
  for (const { from, to, values } of blocks) {
    for (let step = from; step <= to; step++) load[step + 1]! += values;
  }
  const busiest = new Map(
    blocks.map((block) => {
      let most = 0n;
      for (let step = block.from; step <= block.to; step++) if (load[step + 1]! > most) most = load[step + 1]!;
      return [block, most];
    }),
  );
  return (a, b) => compare(busiest.get(b)!, busiest.get(a)!) || compare(b.values, a.values) || a.from - b.from;
}

/** Each block at the lowest place that is free for as long as it is needed: into the gap that it fills best. */
function place(blocks: readonly Block[]): bigint {
  for (const block of blocks) block.offset = undefined;
  let end = 0n;
  for (const block of blocks) {
    const taken = block.beside.filter(({ offset }) => offset !== undefined);
    taken.sort((a, b) => compare(a.offset!, b.offset!));
    let free = 0n;
    let best: { offset: bigint; gap: bigint } | undefined;
    for (const other of taken) {
      const gap = other.offset! - free;
      if (gap >= block.values && (best === undefined || gap < best.gap)) best = { offset: free, gap };
      const behind = other.offset! + other.values;
      if (behind > free) free = behind;
    }
    block.offset = best?.offset ?? free;
    if (block.offset + block.values > end) end = block.offset + block.values;
  }
  return end;
}
