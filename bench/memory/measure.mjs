// Memory as it is told and as it is measured: npm run bench:memory
//
// - kept for gradients, against PyTorch's saved-tensor hooks (batch 2);
// - needed at once with nothing in place, against the buffers of tfjs's plain backend (batch 1);
// - needed at once as planned, against the smallest arena in which onnxruntime runs (batch 1): what a plan saves.
//
// Needs Pythons with PyTorch and with onnxruntime in CNNC_PYTHON, as .ci/run has them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import {
  compile,
  emitOnnx,
  emitPyTorch,
  emitTfjs,
  inferenceMemory,
  networkAt,
  optimizerNamed,
  peakMemory,
  seededWeights,
  trainingMemory,
} from "../../dist/index.js";

const root = resolve(import.meta.dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "cnnc-memory-"));
const pythons = (process.env.CNNC_PYTHON ?? "python3").split(delimiter);

/** The file, the net, the sides of its pictures: tfjs in plain JavaScript is slow. */
const nets = [
  ["lecture14/lenet5", "LeNet5", 32],
  ["zoo/alexnet", "AlexNet", 224],
  ["zoo/squeezenet", "SqueezeNet1_1", 128],
  ["zoo/resnet", "ResNet18", 96],
  ["zoo/resnet", "ResNet50", 96],
  ["zoo/vgg", "VGG11", 96],
  ["zoo/densenet", "DenseNet121", 96],
  ["zoo/mobilenet_v2", "MobileNetV2", 96],
  ["zoo/efficientnet", "EfficientNetB0", 96],
  ["zoo/googlenet", "GoogLeNet", 96],
  ["zoo/shufflenet_v2", "ShuffleNetV2_x1_0", 96],
  ["zoo/regnet", "RegNetX_400MF", 96],
  ["zoo/yolov3", "Darknet53", 96],
];

function networkOf(file, name, side) {
  const path = join(root, `examples/${file}.cnn`);
  const written = compile(path, readFileSync(path, "utf8")).networks.find((network) => network.name === name);
  const channels = written.nodes[0].type.shape.at(-1);
  return networkAt(written, new Map([[0, [side, side, channels]]])).network;
}

/** The last line that one of the Pythons prints. */
function printed(script, ...args) {
  for (const python of pythons) {
    const { status, stdout } = spawnSync(python, [join(import.meta.dirname, script), ...args.map(String)], {
      encoding: "utf8",
    });
    if (status === 0) return stdout.trim().split("\n").at(-1);
  }
  return undefined;
}

function write(files) {
  for (const { path, data } of files) writeFileSync(join(work, path), Buffer.concat([...data.chunks()]));
}

function keptByPyTorch(network) {
  write(emitPyTorch(network, { stem: "net" }));
  const name = [...readFileSync(join(work, "net.py"), "utf8").matchAll(/^class (\w+)\(/gm)].at(-1)[1];
  const { shape } = network.nodes[0].type;
  const found = printed("saved.py", join(work, "net.py"), name, 2, [shape.at(-1), ...shape.slice(0, -1)].join("x"));
  return found && JSON.parse(found).kept;
}

/** Bytes of the buffers of tfjs's plain backend, and the most that there were. `tf.profile` counts a reshaped tensor as new ones. */
const buffers = { bytes: 0, peak: 0 };

function watchBuffers() {
  const { data } = tf.backend();
  const sizes = new Map();
  const [set, remove] = [data.set.bind(data), data.delete.bind(data)];
  data.set = (id, value) => {
    buffers.bytes += (value.values?.byteLength ?? 0) - (sizes.get(id) ?? 0);
    sizes.set(id, value.values?.byteLength ?? 0);
    buffers.peak = Math.max(buffers.peak, buffers.bytes);
    return set(id, value);
  };
  data.delete = (id) => {
    buffers.bytes -= sizes.get(id) ?? 0;
    sizes.delete(id);
    return remove(id);
  };
}

let count = 0;
async function liveInTfjs(network) {
  const stem = `net${count++}`;
  write(await emitTfjs(network, { stem, ending: ".mjs" }));
  const { createModel } = await import(pathToFileURL(join(work, `${stem}.mjs`)).href);
  const model = createModel(tf, { initialize: false });
  const input = tf.zeros([1, ...network.nodes[0].type.shape]);
  // What is made once, at the first call, is not counted.
  model.predict(input).dispose();
  const before = buffers.bytes;
  buffers.peak = before;
  model.predict(input).dispose();
  const peak = buffers.peak - before;
  model.dispose();
  return peak;
}

function arenaOfOnnxruntime(network, guess) {
  const path = join(work, "net.onnx");
  writeFileSync(path, Buffer.concat([...emitOnnx(network, { weights: seededWeights(0) }).chunks()]));
  return printed("arena.py", path, guess);
}

const ratio = (told, measured) => (measured === undefined ? "-" : (Number(told) / Number(measured)).toFixed(3));
const megabytes = (bytes) => (bytes === undefined ? "-" : (Number(bytes) / 1e6).toFixed(2));

try {
  await tf.setBackend("cpu");
  watchBuffers();
  const rows = [
    ["net", "side", "kept", "PyTorch", "ratio", "live", "tfjs", "ratio", "planned", "onnxruntime", "ratio"],
  ];
  for (const [file, name, side] of nets) {
    const network = networkOf(file, name, side);
    const input = BigInt(network.nodes[0].type.shape.reduce((a, b) => a * b, 1)) * 4n;
    const { saved } = trainingMemory(network, { batch: 2, optimizer: optimizerNamed("adam") });
    const kept = keptByPyTorch(network);
    // Inputs lie elsewhere in both runtimes.
    const live = peakMemory(network) - input;
    const inTfjs = await liveInTfjs(network);
    const { peak } = inferenceMemory(network);
    const arena = arenaOfOnnxruntime(network, peak);
    rows.push(
      [
        name,
        side,
        megabytes(saved),
        megabytes(kept),
        ratio(saved, kept),
        megabytes(live),
        megabytes(inTfjs),
        ratio(live, inTfjs),
        megabytes(peak),
        megabytes(arena),
        ratio(peak, arena),
      ].map(String),
    );
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join("  "),
    );
  for (const [column, what] of [
    [4, "kept for gradients, PyTorch"],
    [7, "needed at once, tfjs"],
    [10, "planned, onnxruntime"],
  ]) {
    const ratios = rows
      .slice(1)
      .map((row) => Number(row[column]))
      .filter((value) => value > 0);
    console.log(
      `${what}: ${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)} times what is measured (MB in the table)`,
    );
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
