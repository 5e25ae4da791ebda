/** Networks of the zoo with torchvision's weights give torchvision's outputs. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { readerOf } from "../../src/import/bytes.js";
import { readSafetensors, readValues } from "../../src/import/safetensors/read.js";
import { modulesOf } from "../../src/import/weights/foreign.js";
import { matchModules } from "../../src/import/weights/match.js";
import { ownUnits } from "../../src/import/weights/own.js";
import { importedWeights } from "../../src/import/weights/source.js";
import { runOnnx } from "../../src/run/onnx.js";
import { interpreterFor } from "../../src/run/python/interpreter.js";
import { difference } from "../../src/run/verify.js";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "cnnc-torchvision-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of each: torchvision's name, the file of the zoo, the net. */
const models = [
  ["resnet18", "resnet", "ResNet18"],
  ["vgg11", "vgg", "VGG11"],
  ["mobilenet_v2", "mobilenet_v2", "MobileNetV2"],
  ["densenet121", "densenet", "DenseNet121"],
  ["googlenet", "googlenet", "GoogLeNet"],
  ["vit_b_16", "vit", "ViTBase16"],
  ["convnext_tiny", "convnext", "ConvNeXtTiny"],
  ["efficientnet_b0", "efficientnet", "EfficientNetB0"],
  ["shufflenet_v2_x1_0", "shufflenet_v2", "ShuffleNetV2_x1_0"],
] as const;

beforeAll(async () => {
  const python = (await interpreterFor("pytorch"))!;
  const script = join(root, "test/oracles/torchvision_weights.py");
  await promisify(execFile)(python, [script, folder, ...models.map(([name]) => name)]);
});

function tensorsOf(name: string) {
  const reader = readerOf(readFileSync(join(folder, `${name}.safetensors`)));
  return [...readSafetensors(reader).tensors.values()].map((tensor) => ({
    name: tensor.name,
    shape: tensor.shape,
    read() {
      const values = new Float32Array(tensor.size);
      readValues(reader, tensor, 0, values);
      return values;
    },
  }));
}

test.each(models)("%s", async (name, file, net) => {
  const path = join(root, "examples/zoo", `${file}.cnn`);
  const network = compile(path, readFileSync(path, "utf8")).networks.find((found) => found.name === net)!;
  const weights = importedWeights(matchModules(ownUnits(network), modulesOf(tensorsOf(name))));
  const outputs = new Map(tensorsOf("outputs").map((tensor) => [tensor.name, tensor]));
  const [input, expected] = [outputs.get("x")!, outputs.get(name)!];
  const [found] = await runOnnx(network, { shape: input.shape, data: input.read() }, { weights });
  expect(Math.max(...expected.read().map(Math.abs))).toBeGreaterThan(0);
  const given = { name: net, shape: expected.shape, data: expected.read() };
  expect(difference(found!, given).relative).toBeLessThanOrEqual(1e-4);
});
