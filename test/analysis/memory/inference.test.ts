/** Memory while a network runs: exact on small networks by trying all orders, and what must hold for every net of the zoo. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arenaOf } from "../../../src/analysis/memory/arena.js";
import { inferenceMemory } from "../../../src/analysis/memory/inference.js";
import { bestOrder } from "../../../src/analysis/memory/order.js";
import { scheduleOf } from "../../../src/analysis/memory/schedule.js";
import { readOf, storagesOf, type Storages } from "../../../src/analysis/memory/storages.js";
import { hasErrors } from "../../../src/base/diagnostics.js";
import type { Network, NodeId } from "../../../src/ir/network.js";
import { exampleNets } from "../../example-nets.js";
import { compileText, networkOf } from "../../harness.js";
import { graphs } from "../../run/random-chains.js";

const nets = exampleNets
  .filter(({ network }) => network.symbols.length === 0)
  .map(({ name, network }) => [name, network] as const);

/** The smallest peak of all orders, by trying each; undefined where there are too many. */
function peakOfAllOrders(network: Network, storages: Storages): bigint | undefined {
  let best: bigint | undefined;
  let orders = 0;
  const done = new Set<NodeId>();
  const makers = new Map(storages.steps.map((id) => [storages.of[id]!, id]));
  const order: NodeId[] = [];
  const go = (): boolean => {
    if (order.length === storages.steps.length) {
      const { peak } = scheduleOf(network, storages, order);
      if (best === undefined || peak < best) best = peak;
      return ++orders < 3_000;
    }
    for (const id of storages.steps) {
      const reads = readOf(storages, network.nodes[id]!);
      if (done.has(id) || !reads.every((index) => !makers.has(index) || done.has(makers.get(index)!))) continue;
      done.add(id);
      order.push(id);
      const goesOn = go();
      order.pop();
      done.delete(id);
      if (!goesOn) return false;
    }
    return true;
  };
  return go() ? best : undefined;
}

test("the order is the best of all, on random networks", () => {
  let tried = 0;
  let better = 0;
  fc.assert(
    fc.property(graphs(2), (text) => {
      const { networks, diagnostics } = compileText(text);
      if (hasErrors(diagnostics) || !networks[0]) return;
      const storages = storagesOf(networks[0]);
      const expected = peakOfAllOrders(networks[0], storages);
      if (expected === undefined) return;
      tried++;
      const found = bestOrder(networks[0], storages);
      expect(found.isLeast).toBe(true);
      expect(found.peak).toBe(expected);
      expect(found.bound).toBeLessThanOrEqual(found.peak);
      if (found.peak < scheduleOf(networks[0], storages).peak) better++;
    }),
    { numRuns: 400, seed: 1 },
  );
  expect(tried).toBeGreaterThan(100);
  expect(better).toBeGreaterThan(0);
});

describe.each(nets)("%s", (_name, network) => {
  test("the plan", () => {
    const memory = inferenceMemory(network);
    expect(memory.arena).toBeGreaterThanOrEqual(memory.peak);
    // Within 5 % of what is needed at once.
    expect(memory.arena * 100n).toBeLessThanOrEqual(memory.peak * 105n);
    expect(memory.peak).toBeGreaterThanOrEqual(memory.bound);
    // What is there at the busiest step is the peak.
    expect(memory.steps.reduce((most, { live }) => (live > most ? live : most), 0n)).toBe(memory.peak);
    expect(memory.peak).toBeLessThanOrEqual(memory.asWritten);
    expect(memory.sum).toBeGreaterThanOrEqual(memory.peak);
    const int8 = inferenceMemory(network, { precision: "int8" });
    expect([int8.weights * 4n, int8.arena * 4n]).toEqual([memory.weights, memory.arena]);
    expect(inferenceMemory(network, { batch: 3 }).arena).toBe(memory.arena * 3n);
  });

  test("no two values that are needed at once overlap, and each is there as long as it is read", () => {
    const storages = storagesOf(network);
    const best = bestOrder(network, storages);
    const { placements, values } = arenaOf(storages, best);
    const step = new Map(best.moments.map(({ node }, index) => [node, index]));
    const placed = new Map(placements.flatMap((placement) => placement.storages.map((index) => [index, placement])));
    storages.all.forEach(({ readers, node, values: size, isInput, isOutput }, index) => {
      const { from, to, offset, values: room } = placed.get(index)!;
      expect(room).toBe(size);
      expect(offset + room).toBeLessThanOrEqual(values);
      expect(from).toBeLessThanOrEqual(isInput ? -1 : step.get(node)!);
      for (const reader of readers) expect(to).toBeGreaterThanOrEqual(step.get(reader)!);
      if (isOutput) expect(to).toBe(best.moments.length - 1);
    });
    const byStart = [...placements].sort((a, b) => a.from - b.from);
    let active: typeof byStart = [];
    for (const block of byStart) {
      active = active.filter(({ to }) => to >= block.from);
      for (const other of active) {
        const isApart = other.offset + other.values <= block.offset || block.offset + block.values <= other.offset;
        expect(isApart).toBe(true);
      }
      active.push(block);
    }
  });
});

test("by hand: a residual block keeps its input until it is added", () => {
  // 8x8x4 = 256 values: the input of the net, the first map, and in turn those of the branch. The second convolution reads one
  // and writes one; RELU takes the place of what it reads.
  const network = networkOf("net X { INPUT 8x8x4 - CONV3-4 - ADD { CONV3-4 - RELU - CONV3-4 | ID } }");
  const { peak, sum, steps } = inferenceMemory(network);
  expect(peak).toBe(3n * 256n * 4n);
  expect(sum).toBe(6n * 256n * 4n);
  expect(steps.map(({ isInPlace }) => isInPlace)).toEqual([false, false, true, false, true]);
});

test("by hand: what only acts in training, or is another shape, takes nothing", () => {
  const network = networkOf("INPUT 4x4x2 - CONV3-2 - DROPOUT 0.5 - FLATTEN - FC-8");
  expect(inferenceMemory(network).peak).toBe((32n + 32n) * 4n);
});

test("by hand: branches that shrink run first", () => {
  // Written first is the branch that stays large: 16x16x8 twice beside the input. The one that shrinks leaves 8 values.
  const network = networkOf("net X { INPUT 16x16x8 - CONV1-8 - MUL { CONV3-8 - CONV3-8 | GAP - FC-8 } }");
  const memory = inferenceMemory(network);
  expect(memory.asWritten).toBe(3n * 2048n * 4n);
  expect(memory.peak).toBe((2n * 2048n + 8n) * 4n);
});
