/** The loops of both targets that train do the same: every loss, optimizer and schedule, from the same weights. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { emitPyTorch } from "../../src/emit/pytorch/emit.js";
import { readDataSet } from "../../src/run/data/read.js";
import { writeFiles } from "../../src/run/files.js";
import { interpreterFor } from "../../src/run/python/interpreter.js";
import { train } from "../../src/run/training/train.js";
import { networkOf } from "../harness.js";
import { writeNoise } from "../run/labelled-images.js";
import { tensorsOf } from "./tensors.js";

const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "cnnc-training-"));
const IMAGES = 12;

beforeAll(() => writeNoise(join(folder, "data"), IMAGES));

afterAll(() => rmSync(folder, { recursive: true }));

const plain = "loss crossentropy; optimizer sgd lr 0.1; schedule constant";
const recipes = [
  plain,
  "loss crossentropy smoothing 0.1; optimizer sgd lr 0.1 momentum 0.9; schedule step every 2 factor 0.5",
  "loss crossentropy; optimizer sgd lr 0.05 momentum 0.9 nesterov decay 0.01; schedule cosine warmup 2",
  "loss crossentropy; optimizer sgd lr 0.1 decay 0.1; schedule exponential factor 0.8",
  "loss crossentropy; optimizer sgd lr 20 momentum 0.9; schedule plateau factor 0.1 patience 0",
  "loss crossentropy; optimizer adam lr 0.01; schedule constant warmup 3",
  "loss crossentropy; optimizer adam lr 0.01 beta1 0.8 beta2 0.9 decay 0.01; schedule constant",
  "loss crossentropy; optimizer adamw lr 0.01 decay 0.1; schedule constant",
  "loss crossentropy; optimizer rmsprop lr 0.001; schedule constant",
  "loss crossentropy; optimizer rmsprop lr 0.001 rho 0.8 momentum 0.9 eps 1e-6 decay 0.01; schedule constant",
  "loss mse; optimizer sgd lr 0.1; schedule constant",
  "loss mae; optimizer sgd lr 0.1; schedule constant",
];

const body = "INPUT 8x8x1 - CONV3-4 no bias - BN - RELU - POOL2 - FC-3";

const nets = [
  ...recipes.map((recipe) => [`${body} - SOFTMAX`, recipe] as const),
  [body, plain] as const,
  [`${body} - LOGSOFTMAX`, plain] as const,
  [`${body} - SIGMOID`, "loss binarycrossentropy; optimizer sgd lr 0.1; schedule constant"] as const,
];

describe("the weights after six epochs are PyTorch's", () => {
  test.each(nets)("%s, %s", async (chain, recipe) => {
    const lines = recipe.split("; ").join("\n");
    const network = networkOf(`net X {\n${chain}\ntrain {\n${lines}\nbatch ${IMAGES}\nepochs 6\n}\n}`);
    const weights = seededWeights(5);
    const ours = join(folder, "ours.safetensors");
    await train(
      {
        network,
        training: network.training!,
        data: await readDataSet(join(folder, "data")),
        weights,
        seed: 0,
        backend: "wasm",
        out: ours,
        checkpoint: join(folder, "ours.checkpoint.safetensors"),
        resume: false,
      },
      { note: () => undefined, step: () => undefined, epoch: () => undefined },
    );
    await writeFiles(folder, emitPyTorch(network, { weights, stem: "model" }));
    const python = (await interpreterFor("pytorch"))!;
    const args = ["model_train.py", "--data", "data", "--weights", "model.safetensors", "--out", "theirs.safetensors"];
    await execute(python, args, { cwd: folder });
    const [found, expected] = [tensorsOf(ours, network), tensorsOf(join(folder, "theirs.safetensors"), network)];
    for (const [name, values] of expected) {
      // PyTorch's running variance is that of a sample, which is larger by n/(n - 1).
      const count = IMAGES * 8 * 8;
      const limit = name.endsWith(".variance") ? 1 / (count - 1) : 0;
      const scale = Math.max(...values.map(Math.abs));
      values.forEach((value, index) => {
        expect(Math.abs(found.get(name)![index]! - value)).toBeLessThanOrEqual(scale * (2e-4 + limit));
      });
    }
  });
});
