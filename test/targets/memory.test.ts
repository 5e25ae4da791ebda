/** What layers keep for their gradients is what PyTorch's saved-tensor hooks see. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { networkAt } from "../../src/analysis/bind.js";
import { trainingMemory } from "../../src/analysis/memory/training.js";
import { emitPyTorch } from "../../src/emit/pytorch/emit.js";
import { optimizerNamed } from "../../src/ir/default-training.js";
import type { Network } from "../../src/ir/network.js";
import { interpreterFor } from "../../src/run/python/interpreter.js";
import { networkOf } from "../harness.js";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "cnnc-saved-"));
afterAll(() => rmSync(folder, { recursive: true }));

const BATCH = 2;

async function keptByPyTorch(network: Network): Promise<number> {
  const stem = network.name.toLowerCase();
  const source = emitPyTorch(network, { stem }).find(({ path }) => path === `${stem}.py`)!;
  const text = Buffer.concat([...source.data.chunks()]).toString("utf8");
  const path = join(folder, `${stem}.py`);
  writeFileSync(path, text);
  const name = [...text.matchAll(/^class (\w+)\(/gm)].at(-1)![1]!;
  const shapes = network.inputs.map((id) => {
    const { shape } = network.nodes[id]!.type;
    return [shape.at(-1), ...shape.slice(0, -1)].join("x");
  });
  const script = join(root, "bench/memory/saved.py");
  const python = (await interpreterFor("pytorch"))!;
  const printed = execFileSync(python, [script, path, name, String(BATCH), ...shapes], { encoding: "utf8" });
  return (JSON.parse(printed) as { kept: number }).kept;
}

/** The file, the net, the sides of its pictures, and how far off it may be: PyTorch's masks on a CPU are float32. */
const nets: readonly (readonly [file: string, name: string, side: number, within: number])[] = [
  ["lecture14/lenet5", "LeNet5", 32, 0],
  ["lecture14/alexnet", "AlexNet", 227, 0.01],
  ["zoo/resnet", "ResNet18", 64, 0],
  ["zoo/resnet", "ResNet50", 64, 0],
  ["zoo/densenet", "DenseNet121", 64, 0],
  ["zoo/vgg", "VGG16", 64, 0.01],
  ["zoo/mobilenet_v2", "MobileNetV2", 64, 0.01],
  ["zoo/mobilenet_v3", "MobileNetV3Large", 64, 0.01],
  ["zoo/efficientnet", "EfficientNetB0", 64, 0.01],
  ["zoo/regnet", "RegNetY_400MF", 64, 0],
  ["zoo/shufflenet_v2", "ShuffleNetV2_x1_0", 64, 0.01],
  ["zoo/googlenet", "GoogLeNet", 64, 0.01],
  ["zoo/squeezenet", "SqueezeNet1_1", 64, 0.02],
  ["zoo/vit", "ViTTiny16", 224, 0.01],
  ["zoo/convnext", "ConvNeXtTiny", 64, 0.01],
];

test.each(nets)(
  "%s: %s at %i",
  async (file, name, side, within) => {
    const text = readFileSync(join(root, `examples/${file}.cnn`), "utf8");
    const written = networkOf(text, name);
    const channels = written.nodes[0]!.type.shape.at(-1)!;
    const found = networkAt(written, new Map([[0, [side, side, channels]]]));
    if ("fault" in found) throw new Error(`${name} does not take ${side}`);
    const { saved } = trainingMemory(found.network, { batch: BATCH, optimizer: optimizerNamed("adam") });
    const kept = await keptByPyTorch(found.network);
    expect(Math.abs(Number(saved) / kept - 1)).toBeLessThanOrEqual(within);
  },
  60_000,
);
