/** Ways to train on several devices: by hand on small networks, and what must hold for every net of the examples. */
import { describe, expect, test } from "vitest";
import { costOf, totalCost } from "../../../src/analysis/cost.js";
import { devices, type Device } from "../../../src/analysis/devices.js";
import { trainingMemory } from "../../../src/analysis/memory/training.js";
import type { Candidate, Cluster, Strategy } from "../../../src/analysis/plan/cluster.js";
import { cheapestOf, planOf } from "../../../src/analysis/plan/plan.js";
import { optimizerNamed } from "../../../src/ir/default-training.js";
import type { Network } from "../../../src/ir/network.js";
import { exampleNets } from "../../example-nets.js";
import { networkOf } from "../../harness.js";

const adam = optimizerNamed("adam");
const device: Device = { name: "d", doc: "d", operations: { float32: 1e3 }, bandwidth: 1e12, source: "by hand" };
const cluster = (count: number, more: Partial<Cluster> = {}): Cluster => ({
  devices: count,
  memory: 10n ** 12n,
  device,
  link: 1e9,
  ...more,
});

function found(candidates: readonly Candidate[] | undefined, strategy: Strategy, stages?: number): Candidate {
  const [candidate] = candidates!.filter(
    (one) => one.strategy === strategy && (stages === undefined || one.pipeline?.stages.length === stages),
  );
  return candidate!;
}

describe("data parallel and ZeRO, by hand", () => {
  // 4 * 6 + 6 and 6 * 3 + 3 parameters.
  const candidates = planOf(networkOf("INPUT 4 - FC-6 - FC-3"), cluster(2), { batch: 10, optimizer: adam });
  const params = 30n + 21n;

  test("gradients go around a ring twice; with a part of the state, what was changed goes around too", () => {
    // Each device sends the half of a whole in each round.
    expect(found(candidates, "data parallel").moved).toBe(params * 4n);
    expect(found(candidates, "zero 1").moved).toBe((params * 4n * 3n) / 2n);
    expect(found(candidates, "zero 2").moved).toBe(params * 4n);
    expect(found(candidates, "zero 3").moved).toBe((params * 4n * 3n) / 2n);
  });

  test("whole tensors are shared out, the largest first", () => {
    // 24 | 18, then 6 and 3 to the second: 24 | 27.
    expect(found(candidates, "zero 1").memory.optimizer).toBe(27n * 2n * 4n);
  });

  test("rows of tensors are shared out: 3 of 6 outputs, and 2 of 3", () => {
    const { weights, optimizer } = found(candidates, "zero 3").memory;
    const share = 3n * 4n + 3n + 2n * 6n + 2n;
    expect([weights, optimizer]).toEqual([share * 4n, share * 2n * 4n]);
  });

  test("the time of a step: three passes by the roofline, what is moved, and what the optimizer reads and writes", () => {
    const { time, seconds } = found(candidates, "data parallel");
    // 2 * (24 + 18) operations for each of 5 images, 1000 a second, three times.
    expect(time).toEqual({
      compute: expect.closeTo((3 * 5 * 84) / 1000),
      idle: 0,
      moving: 204e-9,
      update: (51 * 4 * 7) / 1e12,
    });
    expect(seconds).toBeCloseTo(1.26);
  });
});

describe("pipelines, by hand", () => {
  const layer = "FC-8 no bias - RELU";
  const network = networkOf(`INPUT 8 - ${Array(4).fill(layer).join(" - ")}`);
  const candidates = planOf(network, cluster(4), { batch: 32, optimizer: adam });
  const four = found(candidates, "pipeline", 4);

  test("like layers go to a stage each; each gives a part of the batch at a time", () => {
    expect(four.pipeline!.microBatches).toBe(16);
    const stages = four.pipeline!.stages.map(({ start, params, given }) => [network.nodes[start]!.name, params, given]);
    expect(stages).toEqual([
      ["input", 64n, 2n * 8n * 4n],
      ["fc2", 64n, 2n * 8n * 4n],
      ["fc3", 64n, 2n * 8n * 4n],
      ["fc4", 64n, 0n],
    ]);
    // One in the middle gives what it made and the gradient of what it was given.
    expect(four.moved).toBe(2n * 16n * 2n * 8n * 4n);
  });

  test("three stages wait for the first part, and three for the last one", () => {
    const part = four.pipeline!.stages[0]!.seconds;
    expect(four.time.idle).toBeCloseTo(3 * part);
    expect(four.time.compute).toBeCloseTo(16 * part);
  });

  test("the first stage keeps as many parts as there are stages, the last one a single one", () => {
    const [first, , , last] = four.pipeline!.stages;
    // Of a part FC keeps what it reads, RELU what it gives: 2 images of 8 values each, and 3 more parts of them.
    expect(first!.memory - last!.memory).toBeGreaterThanOrEqual(3n * 2n * 2n * 8n * 4n);
  });

  test("two pipelines of two stages add up the gradients of like stages", () => {
    const two = found(candidates, "pipeline", 2);
    // 16 images in 8 parts, 2 each; half of 128 gradients, twice.
    expect([two.replicas, two.pipeline!.microBatches, two.moved]).toEqual([2, 8, 8n * 2n * 8n * 4n + 128n * 4n]);
  });

  test("cuts are where the slowest stage is fastest", () => {
    // 8, 8, 64 and 8 outputs: the third takes as long as all others.
    const uneven = networkOf("INPUT 8 - FC-8 - FC-8 - FC-64 - FC-8");
    const { stages } = found(planOf(uneven, cluster(2), { batch: 16, optimizer: adam }), "pipeline", 2).pipeline!;
    expect(stages.map(({ start }) => uneven.nodes[start]!.name)).toEqual(["input", "fc4"]);
  });

  test("values that go around a cut forbid it", () => {
    const skipping = networkOf("INPUT 8 - FC-8 - ADD { FC-8 | ID } - FC-8");
    const names = planOf(skipping, cluster(2), { batch: 16, optimizer: adam })!
      .flatMap(({ pipeline }) => pipeline?.stages ?? [])
      .map(({ start }) => skipping.nodes[start]!.name);
    expect(names).toEqual(["input", "fc3"]);
  });
});

describe("which one is chosen", () => {
  const network = networkOf("INPUT 64 - FC-512 - FC-512 - FC-10");
  const options = { batch: 64, optimizer: adam };
  const needs = (strategy: Strategy) => found(planOf(network, cluster(4), options), strategy).total;
  const chosen = (memory: bigint) => cheapestOf(planOf(network, cluster(4, { memory, link: 1e3 }), options)!);

  test("the plainest of the fastest that fit", () => {
    expect(chosen(10n ** 12n)!.strategy).toBe("data parallel");
    expect(chosen(needs("data parallel") - 1n)!.strategy).not.toBe("data parallel");
  });

  test("none where none fits", () => {
    expect(chosen(1000n)).toBeUndefined();
  });

  test("fewer images than devices: no device may have none", () => {
    expect(planOf(networkOf("INPUT 4 - FC-3"), cluster(8), { batch: 4, optimizer: adam })).toEqual([]);
    const stages = planOf(network, cluster(4), { batch: 2, optimizer: adam })!.map(({ strategy }) => strategy);
    expect(new Set(stages)).toEqual(new Set(["pipeline"]));
  });

  test("a device that does not compute in the format", () => {
    expect(planOf(network, cluster(4), { ...options, precision: "bfloat16" })).toBeUndefined();
  });
});

const a100 = devices["a100"]!;
const many: Cluster = { devices: 8, memory: 80n * 10n ** 9n, device: a100, link: a100.link! };

describe.each(exampleNets.filter(({ network }) => network.symbols.length === 0))("$name", ({ network }) => {
  const candidates = planOf(network, many, { batch: 64, optimizer: adam })!;
  const [whole] = candidates;
  const params = paramsOf(network);

  test("shared out, nothing takes more; nor does a device that has some of the layers keep other parameters", () => {
    for (const { strategy, memory, pipeline } of candidates) {
      expect(memory.optimizer, strategy).toBeLessThanOrEqual(whole!.memory.optimizer);
      if (pipeline) expect(pipeline.stages.reduce((sum, stage) => sum + stage.params, 0n)).toBe(params);
      else expect(memory.activations).toBe(whole!.memory.activations);
    }
    const share = (strategy: Strategy) => found(candidates, strategy).memory.optimizer * 8n;
    expect(share("zero 1")).toBeGreaterThanOrEqual(whole!.memory.optimizer);
    expect(share("zero 3")).toBeGreaterThanOrEqual(whole!.memory.optimizer);
    expect(found(candidates, "zero 3").total).toBeLessThanOrEqual(found(candidates, "zero 2").total);
  });

  test("one device needs what training needs; all devices together do not compute less than one", () => {
    const options = { batch: 8, optimizer: adam };
    const [alone, ...others] = planOf(network, { ...many, devices: 1 }, options)!;
    expect(others).toEqual([]);
    expect(alone!.total).toBe(trainingMemory(network, options).total);
    // 8 devices with 8 images each work as one with 8: what stages share out is the same work, in smaller parts.
    for (const { time, pipeline } of candidates) {
      if (pipeline) expect(time.compute).toBeGreaterThanOrEqual(alone!.time.compute * 0.999);
      else expect(time.compute).toBe(alone!.time.compute);
      expect(time.idle).toBeGreaterThanOrEqual(0);
    }
  });
});

function paramsOf(network: Network): bigint {
  return totalCost(network.nodes.map((node) => costOf(network, node))).params;
}
