/** The ONNX file: deterministic, named as the language names, valid for a runtime. The Python oracle checks it further. */
import { createHash } from "node:crypto";
import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { allWeights, seededWeights, weightTensors } from "../../src/analysis/weights.js";
import { emitOnnx, onnxModel, type OnnxOptions } from "../../src/emit/onnx/emit.js";
import type { Network } from "../../src/ir/network.js";
import { noiseInput } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import { networkOf } from "../harness.js";

const text = "photo: INPUT 9x9x3 - stem: CONV3-4 - RELU - POOL2 - FC-5 - SOFTMAX";
const bytesOf = (network: Network, options: OnnxOptions = { weights: seededWeights(0) }) =>
  Buffer.concat([...emitOnnx(network, options).chunks()]);
const digest = (network: Network, seed: number) =>
  createHash("sha256")
    .update(bytesOf(network, { weights: seededWeights(seed) }))
    .digest("hex");

test("the announced length is the length", () => {
  for (const weights of [undefined, seededWeights(0), seededWeights(0, "probe")]) {
    const file = emitOnnx(networkOf(text), { weights });
    expect(Buffer.concat([...file.chunks()]).length).toBe(file.byteLength);
  }
});

test("same input and seed, same bytes; another seed, others", () => {
  expect(digest(networkOf(text), 7)).toBe(digest(networkOf(text), 7));
  expect(digest(networkOf(text), 7)).not.toBe(digest(networkOf(text), 8));
});

test("inputs and outputs are named as in the language, the batch is symbolic", async () => {
  const session = await ort.InferenceSession.create(bytesOf(networkOf(text)));
  expect(session.inputNames).toEqual(["photo"]);
  expect(session.outputNames).toEqual(["softmax1"]);
  const [input] = session.inputMetadata;
  expect(input!.isTensor && input!.shape).toEqual(["N", 3, 9, 9]);
  const [output] = session.outputMetadata;
  expect(output!.isTensor && output!.shape).toEqual(["N", 5]);
  await session.release();
});

test("nodes and tensors are named as layers", () => {
  const { graph } = onnxModel(networkOf(text), { weights: seededWeights(0) });
  expect(graph.nodes.map(({ name }) => name)).toEqual(["stem", "relu1", "pool1", "fc1.flat", "fc1", "softmax1"]);
  expect(graph.initializers.map(({ name, shape }) => `${name} ${shape.join("x")}`)).toEqual([
    "stem.weight 4x3x3x3",
    "stem.bias 4",
    "fc1.weight 64x5",
    "fc1.bias 5",
  ]);
});

test("several images at once give what they give alone", async () => {
  const network = networkOf(text);
  const images = [1, 2, 3].map((seed) => noiseInput([9, 9, 3], seed));
  const options = { weights: seededWeights(5, "probe") };
  const data = Float32Array.from(images.flatMap((image) => [...image.data]));
  const [together] = await runOnnx(network, { shape: [3, 9, 9, 3], data }, options);
  expect(together!.shape).toEqual([3, 5]);
  for (const [index, image] of images.entries()) {
    const [alone] = await runOnnx(network, image, options);
    alone!.data.forEach((value, position) => expect(together!.data[index * 5 + position]).toBeCloseTo(value, 6));
  }
});

test("without weights they are inputs of the graph", async () => {
  const session = await ort.InferenceSession.create(bytesOf(networkOf(text), {}));
  expect(session.inputNames).toEqual(["photo", "stem.weight", "stem.bias", "fc1.weight", "fc1.bias"]);
  await session.release();
});

test("a dense layer behind a map takes its rows in the map's order: no transpose", () => {
  for (const chain of ["FC-5", "FLATTEN - RELU - FC-5"]) {
    const { graph } = onnxModel(networkOf(`INPUT 4x4x3 - ${chain}`), { weights: seededWeights(0) });
    expect(graph.nodes.map(({ type }) => type)).not.toContain("Transpose");
  }
  const { graph } = onnxModel(networkOf("INPUT 4x4x3 - FLATTEN"), { weights: seededWeights(0) });
  expect(graph.nodes.map(({ type }) => type)).toEqual(["Transpose", "Flatten"]);
});

test("LRN: ONNX divides alpha by the size, the paper and the language do not", () => {
  const { graph } = onnxModel(networkOf("INPUT 4x4x8 - LRN"), { weights: seededWeights(0) });
  expect(graph.nodes[0]!.attributes).toEqual({
    size: { int: 5 },
    alpha: { float: 5e-4 },
    beta: { float: 0.75 },
    bias: { float: 2 },
  });
});

test("a sequence and a volume are what an image of their values is", async () => {
  const chain = "CONV1-6 - RELU - LRN size 3 - GAP - FC-4";
  const shapes = [
    [6, 2, 3],
    [12, 3],
    [1, 6, 2, 3],
  ];
  const outputs = await Promise.all(
    shapes.map(async (shape) => {
      const { data } = noiseInput([12, 3], 3);
      const network = networkOf(`INPUT ${shape.join("x")} - ${chain}`);
      const [output] = await runOnnx(network, { shape: [1, ...shape], data }, { weights: seededWeights(4, "probe") });
      return [...output!.data].map((value) => value.toFixed(5));
    }),
  );
  expect(outputs[1]).toEqual(outputs[0]);
  expect(outputs[2]).toEqual(outputs[0]);
});

describe("weights start by He before a ReLU, by Glorot elsewhere", () => {
  const limits = (chain: string) =>
    Object.fromEntries(weightTensors(networkOf(chain)).map(({ name, limit }) => [name, limit]));

  test("limits by the formulas of the papers", () => {
    const found = limits("INPUT 8x8x3 - a: CONV3-16 - RELU - b: CONV3-8/2 groups 2 - SIGMOID - c: FC-10 - SOFTMAX");
    expect(found["a.weight"]).toBe(Math.sqrt(6 / 27));
    expect(found["b.weight"]).toBe(Math.sqrt(6 / (9 * 8 + 9 * 4)));
    expect(found["c.weight"]).toBe(Math.sqrt(6 / (4 * 4 * 8 + 10)));
    expect(found["a.bias"]).toBe(0);
  });

  test("also where a normalisation or a pool stands between", () => {
    expect(limits("INPUT 8x8x3 - a: CONV3-16 - BN - POOL2 - RELU")["a.weight"]).toBe(Math.sqrt(6 / 27));
    expect(limits("INPUT 8x8x3 - a: CONV3-16 - TANH - RELU")["a.weight"]).toBe(Math.sqrt(6 / (27 + 144)));
    expect(limits("INPUT 8x8x3 - a: CONV3-16 - b: CONV3-16 - RELU")["a.weight"]).toBe(Math.sqrt(6 / (27 + 144)));
  });

  test("values depend on the seed and the name alone", () => {
    const tensor = (chain: string, name: string) =>
      weightTensors(networkOf(chain)).find((candidate) => candidate.name === name)!;
    const short = tensor("INPUT 8x8x3 - a: CONV3-4 - RELU", "a.weight");
    const long = tensor("INPUT 8x8x3 - a: CONV3-4 - RELU - CONV3-7 - FC-10", "a.weight");
    expect([...allWeights(short, seededWeights(3))]).toEqual([...allWeights(long, seededWeights(3))]);
  });
});
