/** Weights in a file beside the model. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { afterAll, expect, test } from "vitest";
import { allWeights, seededWeights, weightTensors } from "../../src/analysis/weights.js";
import { bytesOf } from "../../src/emit/bytes.js";
import { emitOnnxFiles, LARGEST_FILE, onnxModel } from "../../src/emit/onnx/emit.js";
import { withExternalData } from "../../src/emit/onnx/external.js";
import { writeFiles } from "../../src/run/files.js";
import { noiseInput } from "../../src/run/input.js";
import { networkOf } from "../harness.js";

const weights = seededWeights(3, "probe");
const folder = mkdtempSync(join(tmpdir(), "cnnc-external-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Weights of 12 kB, 192 bytes, 19 kB, 2.4 MB and 24 kB, and biases of 12 bytes, 1.2 kB and 12 bytes. */
const network = networkOf("INPUT 1000 - FC-3 - FC-16 no bias - LINEAR-300 - LINEAR-2000 no bias - LINEAR-3");

test("onnxruntime computes the same with both", async () => {
  const { data } = noiseInput([1000], 1);
  const outputs: number[][] = [];
  for (const externalData of [false, true]) {
    const files = emitOnnxFiles(network, { weights, externalData, path: "model.onnx" });
    expect(files.map(({ path }) => path)).toEqual(externalData ? ["model.onnx.data", "model.onnx"] : ["model.onnx"]);
    await writeFiles(folder, files);
    const session = await ort.InferenceSession.create(join(folder, "model.onnx"));
    const found = await session.run({ input: new ort.Tensor("float32", data, [1, 1000]) });
    outputs.push([...(found[session.outputNames[0]!]!.data as Float32Array)]);
    await session.release();
  }
  expect(outputs[1]).toEqual(outputs[0]);
});

test("large tensors start at pages, small ones stay in the model", async () => {
  const { model, data } = withExternalData(onnxModel(network, { weights }), "model.onnx.data");
  await writeFiles(folder, [{ path: "weights", data }]);
  const bytes = readFileSync(join(folder, "weights"));
  expect(bytes.byteLength).toBe(data.byteLength);
  const tensors = new Map(weightTensors(network).map((tensor) => [tensor.name, tensor]));
  for (const { name, external, data: own } of model.graph.initializers) {
    expect(external !== undefined).toBe(own.byteLength >= 1024);
    if (!external) continue;
    expect(external.location).toBe("model.onnx.data");
    if (own.byteLength >= 1 << 20) expect(external.offset % 4096).toBe(0);
    const written = bytes.subarray(external.offset, external.offset + own.byteLength);
    expect(written.equals(bytesOf(allWeights(tensors.get(name)!, weights)))).toBe(true);
  }
  expect(model.graph.initializers.filter(({ external }) => external).length).toBe(5);
});

test("what one file does not hold is in two", () => {
  const large = networkOf("INPUT 30000 - FC-20000 - FC-10");
  const files = emitOnnxFiles(large, { weights, path: "large.onnx" });
  expect(files.map(({ path }) => path)).toEqual(["large.onnx.data", "large.onnx"]);
  const [data, model] = files.map((file) => BigInt(file.data.byteLength));
  expect(data).toBe(30000n * 20000n * 4n + 20000n * 4n + 20000n * 10n * 4n);
  expect(data! > LARGEST_FILE).toBe(true);
  expect(model! < 2000n).toBe(true);
});

test("an architecture without weights needs no other file", () => {
  const files = emitOnnxFiles(network, { externalData: true, path: "model.onnx" });
  expect(files.map(({ path }) => path)).toEqual(["model.onnx"]);
});
