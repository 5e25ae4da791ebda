/** The training that is emitted: formatted, typed, and by PyTorch's definitions of optimizers and schedules. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import * as prettier from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { emitTfjs } from "../../src/emit/tfjs/emit.js";
import { ruleSource } from "../../src/emit/tfjs/training/rules.js";
import { scheduleSource } from "../../src/emit/tfjs/training/schedules.js";
import type { Training } from "../../src/ir/training.js";
import { writeFiles } from "../../src/run/files.js";
import { networkOf } from "../harness.js";
import { typeProblems } from "./type-check.js";

// Inside of the project, so that the emitted import of @tensorflow/tfjs has something to find.
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(import.meta.dirname, ".emitted-training-"));
  tf.enableProdMode();
  await tf.setBackend("cpu");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The recipe of a `train` block with these settings. */
function recipeOf(...settings: string[]): Training {
  return networkOf(`net X { INPUT 4 - FC-2\ntrain {\n${settings.join("\n")}\n} }`).training!;
}

interface Oracle {
  readonly start: number[];
  readonly gradients: number[][];
  readonly optimizers: { optimizer: string; weights: number[][] }[];
  readonly epochs: number;
  readonly steps: number;
  readonly losses: number[];
  readonly schedules: { schedule: string; rates: number[] }[];
}

const oracle = JSON.parse(readFileSync(join(import.meta.dirname, "../oracles/optimizers.json"), "utf8")) as Oracle;

let count = 0;

/** Functions of emitted source. */
async function evaluated<T>(source: string, names: readonly string[]): Promise<T> {
  const path = join(folder, `part${count++}.mjs`);
  writeFileSync(path, `${source}\nexport { ${names.join(", ")} };\n`);
  return (await import(pathToFileURL(path).href)) as T;
}

describe("weights after each step are PyTorch's", () => {
  test.each(oracle.optimizers)("$optimizer", async ({ optimizer, weights }) => {
    const choice = recipeOf(`optimizer ${optimizer}`).optimizer;
    const { updated } = await evaluated<{
      updated(
        tensorflow: typeof tf,
        value: tf.Tensor,
        gradient: tf.Tensor,
        kept: tf.Tensor[],
        learningRate: number,
        updates: number,
      ): tf.Tensor[];
    }>(ruleSource(choice), ["updated"]);
    let [value, ...kept]: tf.Tensor[] = [tf.tensor(oracle.start)];
    for (const [step, gradient] of oracle.gradients.entries()) {
      [value, ...kept] = updated(tf, value!, tf.tensor(gradient), kept, choice.values["lr"]!, step + 1);
      const found = [...(await value!.data())];
      weights[step]!.forEach((expected, index) => {
        expect(Math.abs(found[index]! - expected)).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(expected)));
      });
    }
  });
});

interface State {
  epoch: number;
  step: number;
  best: number;
  epochsWithoutProgress: number;
  reduction: number;
}

interface ScheduleModule {
  learningRateAt(base: number, state: State, steps: number, epochs: number): number;
  endEpoch?(state: State, loss: number): void;
}

/** The learning rate of every step of a training with the oracle's losses. */
async function ratesOf(schedule: string): Promise<number[]> {
  const source = scheduleSource(recipeOf(`schedule ${schedule}`).schedule);
  const names = ["learningRateAt", ...(source.includes("function endEpoch") ? ["endEpoch"] : [])];
  const { learningRateAt, endEpoch } = await evaluated<ScheduleModule>(source, names);
  const state: State = { epoch: 0, step: 0, best: Infinity, epochsWithoutProgress: 0, reduction: 1 };
  const rates: number[] = [];
  for (; state.epoch < oracle.epochs; state.epoch++) {
    for (state.step = 0; state.step < oracle.steps; state.step++) {
      rates.push(learningRateAt(0.1, state, oracle.steps, oracle.epochs));
    }
    endEpoch?.(state, oracle.losses[state.epoch]!);
  }
  return rates;
}

describe("learning rates of each step are PyTorch's", () => {
  test.each(oracle.schedules)("$schedule", async ({ schedule, rates }) => {
    const found = await ratesOf(schedule);
    expect(found.length).toBe(rates.length);
    rates.forEach((expected, step) => expect(found[step]!).toBeCloseTo(expected, 12));
  });

  test("and rise in a straight line before", async () => {
    const [plain, warm] = [await ratesOf("exponential factor 0.8"), await ratesOf("exponential factor 0.8 warmup 2")];
    // Two epochs of three steps: a sixth more with each.
    warm.forEach((rate, step) => expect(rate).toBeCloseTo(plain[step]! * Math.min(1, (step + 1) / 6), 12));
  });
});

const nets = [
  ["INPUT 8x8x1 - CONV3-4 - BN - RELU - DROPOUT 0.5 - FC-3 - SOFTMAX", "optimizer sgd lr 0.1"],
  [
    "INPUT 8x8x1 - CONV3-4 - FC-3 - SOFTMAX",
    "loss crossentropy smoothing 0.1",
    "optimizer sgd lr 0.1 momentum 0.9 nesterov decay 0.1",
    "schedule plateau warmup 1",
  ],
  ["INPUT 8 - FC-3 - SIGMOID", "loss binarycrossentropy", "optimizer adam", "schedule step every 2 warmup 3"],
  ["INPUT 8 - FC-3", "loss mse", "optimizer adamw", "schedule cosine warmup 2"],
  ["INPUT 8 - FC-3", "loss mae", "optimizer rmsprop", "schedule exponential"],
  ["INPUT 8 - ADD { FC-8 - DROPPATH 0.2 | ID } - FC-3", "optimizer rmsprop momentum 0.9"],
  ["INPUT 8 - a: FC-3\noutput b = @a - FC-3 - SOFTMAX", "schedule constant warmup 1"],
] as const;

test("the modules that train are as Prettier and the type checker want them", async () => {
  const paths = await Promise.all(
    nets.map(async ([chain, ...settings], index) => {
      const network = networkOf(`net X {\n${chain}\ntrain {\n${settings.join("\n")}\n}\n}`);
      const files = await emitTfjs(network, { weights: seededWeights(0), stem: `model${index}`, ending: ".mjs" });
      await writeFiles(folder, files);
      return join(folder, `model${index}.mjs`);
    }),
  );
  for (const path of paths) {
    for (const [file, parser] of [
      [path, "babel"],
      [path.replace(/mjs$/, "d.mts"), "typescript"],
    ] as const) {
      const code = readFileSync(file, "utf8");
      expect(await prettier.format(code, { parser })).toBe(code);
    }
  }
  const user = join(folder, "user.mts");
  const uses = paths.map(
    (_, index) => `import { loadModel as load${index}, train as train${index} } from "./model${index}.mjs";
for await (const { epoch, loss } of train${index}(tf, await load${index}(tf), data, { epochs: 1 })) total += epoch + loss;`,
  );
  writeFileSync(
    user,
    `import * as tf from "@tensorflow/tfjs";
const data = { size: 1, read: async () => ({ inputs: tf.zeros([1, 8]), labels: tf.zeros([1]) }) };
let total = 0;
${uses.join("\n")}
`,
  );
  for (const roots of [[user], paths]) {
    expect(typeProblems(roots)).toEqual([]);
  }
}, 60_000);
