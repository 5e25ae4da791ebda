/** Gradients in the wasm backend against those of the plain JavaScript backend, for every operator. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { emitTfjs } from "../../src/emit/tfjs/emit.js";
import { registerWasmGradients, type TensorFlow } from "../../src/gradients/index.js";
import { writeTemporary } from "../../src/run/files.js";
import { noiseInput, noiseInputs } from "../../src/run/input.js";
import { tensorFlow } from "../../src/run/tfjs.js";
import { networkOf } from "../harness.js";
import { smallNets } from "../run/nets.js";
import { operatorNets } from "../run/operator-nets.js";

let tf: TensorFlow;
const folder = mkdtempSync(join(tmpdir(), "cnnc-gradients-"));

beforeAll(async () => {
  tf = await tensorFlow("wasm");
  registerWasmGradients(tf);
  await tf.setBackend("cpu");
});

afterAll(() => rmSync(folder, { recursive: true }));

const read = (path: string) => {
  const bytes = readFileSync(join(folder, path));
  return Promise.resolve(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
};

interface EmittedModule {
  loadModel(tf: TensorFlow, read: (path: string) => Promise<ArrayBuffer>): Promise<LayersModel>;
}

let modules = 0;

/** Images at once: batch normalisation of a vector has no gradient for one. */
const BATCH = 4;

/** The gradients of the result times fixed noise, with respect to the input and to every weight. */
async function gradientsOf(text: string, backends: readonly string[]): Promise<Float32Array[][]> {
  const network = networkOf(text);
  const stem = `model${modules++}`;
  const weights = seededWeights(3, "probe");
  await writeTemporary(folder, await emitTfjs(network, { weights, stem, ending: ".mjs", isRead: false }));
  const module = (await import(join(folder, `${stem}.mjs`))) as EmittedModule;
  const found: Float32Array[][] = [];
  for (const backend of backends) {
    await tf.setBackend(backend);
    const model = await module.loadModel(tf, read);
    // The plain backend's gradient of an upsampling is wrong for all images but the first.
    const batch = /UPSAMPLE/.test(text) ? 1 : BATCH;
    const images = Array.from({ length: batch }, (_, image) => [...noiseInputs(network, image).values()][0]!);
    // Without dropout, which draws other values each time.
    const training = !/DROP/.test(text);
    const loss = (x: Tensor) => {
      const result = model.apply(x, { training }) as Tensor;
      return tf.sum(tf.mul(result, tf.tensor(noiseInput(result.shape, 9).data, result.shape)));
    };
    const tensors = tf.tidy(() => {
      const x = tf.concat(images.map(({ data, shape }) => tf.tensor(data, [...shape])));
      const variables = model.trainableWeights.map((weight) => weight.read() as ReturnType<typeof tf.variable>);
      const ofInput = tf.grad(loss)(x);
      if (variables.length === 0) return [ofInput];
      const { grads } = tf.variableGrads(() => loss(x).asScalar(), variables);
      return [ofInput, ...variables.map(({ name }) => grads[name]!)];
    });
    found.push(tensors.map((tensor) => Float32Array.from(tensor.dataSync<"float32">())));
    tf.dispose(tensors);
    model.dispose();
  }
  return found;
}

/**
 * Largest difference, relative to the largest gradient of the tensor, or to a tenth of the largest of all: a bias in
 * front of a batch normalisation has a gradient of 0.
 */
function difference(tensors: readonly Float32Array[], expected: readonly Float32Array[]): number {
  const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const least = Math.max(...expected.map(largest)) / 10;
  const gaps = tensors.map((values, index) => {
    const others = expected[index]!;
    const gap = largest(values.map((value, position) => value - others[position]!));
    return gap / Math.max(least, largest(others), Number.MIN_VALUE);
  });
  return Math.max(...gaps.map((gap) => (Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap)));
}

/** All of them take long: one in so many is tried by `npm test`, every one by `npm run test:gradients`. */
const STEP = process.env["ALL_GRADIENTS"] ? 1 : 4;

const nets = [...smallNets, ...Object.values(operatorNets).flat()].filter((_, index) => index % STEP === 0);

describe("the same in both backends", () => {
  test.each(nets)("%s", async (text) => {
    const [wasm, cpu] = await gradientsOf(text, ["wasm", "cpu"]);
    expect(wasm!.length).toBe(cpu!.length);
    expect(difference(wasm!, cpu!)).toBeLessThan(1e-4);
  });
});
