/** Memory while a network is trained: by hand on small networks, and what must hold for every net of the zoo. */
import { describe, expect, test } from "vitest";
import { inferenceMemory } from "../../../src/analysis/memory/inference.js";
import { trainingMemory, trainingTimeline, type TrainingOptions } from "../../../src/analysis/memory/training.js";
import { optimizerNamed } from "../../../src/ir/default-training.js";
import { exampleNets } from "../../example-nets.js";
import { networkOf } from "../../harness.js";

const adam = optimizerNamed("adam");
const sgd = optimizerNamed("sgd");
const of = (text: string, options: Partial<TrainingOptions> = {}) =>
  trainingMemory(networkOf(text), { batch: 1, optimizer: sgd, ...options });

describe("by hand", () => {
  test("a convolution keeps what it reads, RELU what it gives, which the next one reads too", () => {
    // 8x8x3 for the first convolution, 8x8x4 of RELU for both.
    expect(of("INPUT 8x8x3 - CONV3-4 - RELU - CONV3-2").saved).toBe((192n + 256n) * 4n);
  });

  test("BN keeps what it reads and two numbers for each channel of the whole batch", () => {
    expect(of("INPUT 8x8x3 - CONV3-4 - BN", { batch: 5 }).saved).toBe((5n * (192n + 256n) + 2n * 4n) * 4n);
  });

  test("a max pool keeps where its maxima are, in 8 bytes each; dropout a byte for each value", () => {
    expect(of("INPUT 8x8x3 - POOL2 - DROPOUT 0.5").saved).toBe(192n * 4n + 48n * 8n + 48n);
  });

  test("another shape of the same values takes nothing", () => {
    expect(of("INPUT 4x4x2 - RELU - FLATTEN - FC-3").saved).toBe(32n * 4n);
  });

  test("the most is needed on the way back, with gradients beside what is kept", () => {
    // Where RELU's gradient is made: kept are the input and what RELU gave, beside them the output of the net; of gradients
    // there are that of what RELU gave, and that of what it read.
    const { activations } = of("INPUT 8x8x3 - CONV3-4 - RELU - CONV3-2");
    expect(activations).toBe((192n + 256n + 128n + 256n + 256n) * 4n);
  });

  test("optimizers keep none, one or two numbers for each parameter", () => {
    const text = "INPUT 4 - FC-3";
    const slots = (optimizer: TrainingOptions["optimizer"]) => of(text, { optimizer }).optimizer;
    const params = 15n * 4n;
    expect(slots(sgd)).toBe(0n);
    expect(slots({ name: "sgd", values: { ...sgd.values, momentum: 0.9 } })).toBe(params);
    expect(slots(adam)).toBe(2n * params);
    expect(slots(optimizerNamed("adamw"))).toBe(2n * params);
    expect(slots(optimizerNamed("rmsprop"))).toBe(params);
    expect(slots({ name: "rmsprop", values: { momentum: 0.5 } })).toBe(2n * params);
  });

  test("step by step: what is read stays, gradients come on the way back", () => {
    const network = networkOf("INPUT 4x4x2 - RELU - FLATTEN - FC-3");
    const moments = trainingTimeline(network, { batch: 1, optimizer: sgd });
    expect(moments.map(({ node, pass, most }) => [network.nodes[node]!.name, pass, most / 4n])).toEqual([
      ["relu1", "forward", 32n + 32n],
      ["fc1", "forward", 32n + 32n + 3n],
      // The gradients of what it gave and of what it read.
      ["fc1", "backward", 32n + 32n + 3n + 3n + 32n],
      ["relu1", "backward", 32n + 32n + 3n + 32n],
    ]);
  });

  test("two pieces: all but the last one are computed again", () => {
    const chain = "INPUT 8x8x4 - CONV3-4 - RELU - CONV3-4 - RELU - CONV3-4 - RELU - CONV3-4 - RELU";
    const memory = of(chain, { checkpoints: 2, batch: 3 });
    expect(memory.pieces).toBe(2);
    // Of four convolutions, each of 8*8*4 * 3*3*4 multiply-accumulates, the first ones.
    expect([1n, 2n, 3n].map((count) => count * 9216n)).toContain(memory.recomputed);
    expect(memory.activations).toBeLessThan(of(chain, { batch: 3 }).activations);
  });
});

test("thousands of layers take seconds, with cuts and with a value that is read at the very end", () => {
  const chain = "[CONV3-4 - RELU]*4000";
  for (const text of [
    `net X { INPUT 8x8x4 - ${chain} }`,
    `net X { INPUT 8x8x4 - a: CONV3-4 - ${chain} - ADD { ID | @a } }`,
  ]) {
    const network = networkOf(text);
    const started = performance.now();
    const whole = trainingMemory(network, { batch: 1, optimizer: sgd });
    const cut = trainingMemory(network, { batch: 1, optimizer: sgd, checkpoints: "sqrt" });
    expect(cut.activations).toBeLessThanOrEqual(whole.activations);
    expect(inferenceMemory(network).peak).toBeGreaterThan(0n);
    expect(performance.now() - started).toBeLessThan(15_000);
  }
});

const nets = exampleNets
  .filter(({ network }) => network.symbols.length === 0)
  .map(({ name, network }) => [name, network] as const);

describe("every net of the examples", () => {
  test.each(nets)("%s", (_name, network) => {
    const memory = trainingMemory(network, { batch: 2, optimizer: adam });
    const running = inferenceMemory(network, { batch: 2 });
    expect(memory.total).toBeGreaterThanOrEqual(running.total);
    expect(memory.gradients).toBe(memory.weights);
    expect(memory.optimizer).toBe(2n * memory.weights);
    // When the way forward is done, all that is kept is there.
    expect(memory.activations).toBeGreaterThanOrEqual(memory.saved);
    expect(memory.recomputed).toBe(0n);
    // Half the bytes for what are values, as many for positions of maxima, masks and statistics.
    const half = trainingMemory(network, { batch: 2, optimizer: adam, precision: "bfloat16" });
    expect(half.saved * 2n).toBeGreaterThanOrEqual(memory.saved);
    expect(half.saved).toBeLessThanOrEqual(memory.saved);
    const cut = trainingMemory(network, { batch: 2, optimizer: adam, checkpoints: "sqrt" });
    expect(cut.saved).toBe(memory.saved);
    expect(cut.activations).toBeLessThanOrEqual(memory.activations);
    for (const [options, { activations }] of [
      [{}, memory],
      [{ checkpoints: "sqrt" }, cut],
    ] as const) {
      const moments = trainingTimeline(network, { batch: 2, optimizer: adam, ...options });
      expect(moments.reduce((most, moment) => (moment.most > most ? moment.most : most), 0n)).toBe(activations);
    }
    if (cut.pieces === 1) expect(cut.recomputed).toBe(0n);
    else expect(cut.recomputed).toBeGreaterThan(0n);
  });
});
