/** Convolutions of images by themselves: every stride, padding and size of a filter, against the plain backend. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, test } from "vitest";
import { registerWasmGradients } from "../../src/gradients/index.js";

// Before the backend begins, as a user may do it.
beforeAll(async () => {
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  tf.enableProdMode();
  registerWasmGradients(tf);
  registerWasmGradients(tf);
  await tf.setBackend("wasm");
  await tf.ready();
});

const strides: (number | [number, number])[] = [1, 2, 3, 4, [1, 2], [3, 1]];
const windows: [number, number][] = [
  [1, 1],
  [3, 3],
  [2, 5],
  // All of the image.
  [9, 8],
];
const wide: tf.backend_util.ExplicitPadding = [
  [0, 0],
  [4, 1],
  [0, 5],
  [0, 0],
];
const paddings = ["valid", "same", wide] as const;

const cases = strides.flatMap((stride) =>
  windows.flatMap((window) => paddings.map((padding) => ({ stride, window, padding }))),
);

const shape: [number, number, number, number] = [2, 9, 8, 3];

/** Values of the gradients with respect to the input and the filter, in a backend. */
async function gradients({ stride, window, padding }: (typeof cases)[number], backend: string): Promise<number[][]> {
  await tf.setBackend(backend);
  const x = tf.randomUniform<tf.Rank.R4>(shape, -1, 1, "float32", 1);
  const filter = tf.randomUniform<tf.Rank.R4>([...window, 3, 5], -1, 1, "float32", 2);
  const found = tf.tidy(() => {
    const noise = tf.randomUniform(tf.conv2d(x, filter, stride, padding).shape, -1, 1, "float32", 3);
    const loss = (image: tf.Tensor, taps: tf.Tensor) =>
      tf.sum(tf.mul(tf.conv2d(image as tf.Tensor4D, taps as tf.Tensor4D, stride, padding), noise));
    return tf.grads(loss)([x, filter]);
  });
  const values = found.map((tensor) => [...tensor.dataSync()]);
  tf.dispose([x, filter, found]);
  return values;
}

describe("gradients of a convolution", () => {
  test.each(cases)("stride $stride, window $window, padding $padding", async (one) => {
    const before = tf.memory().numTensors;
    const [found, expected] = [await gradients(one, "wasm"), await gradients(one, "cpu")];
    expected.forEach((values, which) => {
      const largest = Math.max(...values.map(Math.abs));
      values.forEach((value, index) => {
        expect(Math.abs(found[which]![index]! - value)).toBeLessThanOrEqual(1e-5 * Math.max(1, largest));
      });
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
