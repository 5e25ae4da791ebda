/** The tfjs module: formatted, typed, safe, and a model that runs and trains. */
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import * as prettier from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { costOf, totalCost } from "../../src/analysis/cost.js";
import { compile } from "../../src/compile.js";
import { customLayers } from "../../src/emit/tfjs/custom-layers.js";
import { layerCalls } from "../../src/emit/tfjs/calls.js";
import { emitTfjs, type TfjsOptions } from "../../src/emit/tfjs/emit.js";
import type { Network } from "../../src/ir/network.js";
import { writeFiles } from "../../src/run/files.js";
import { noiseInputs } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import { difference, TOLERANCE } from "../../src/run/verify.js";
import { networkOf } from "../harness.js";
import { typeProblems } from "./type-check.js";

interface Emitted {
  createModel(tensorflow: typeof tf, options?: { initialize?: boolean }): tf.LayersModel;
  loadModel(tensorflow: typeof tf, read: (path: string) => Promise<ArrayBuffer>): Promise<tf.LayersModel>;
}

// Inside of the project, so that the emitted import of @tensorflow/tfjs has something to find.
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(import.meta.dirname, ".emitted-"));
  tf.enableProdMode();
  await tf.setBackend("cpu");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
async function emit(
  network: Network,
  options: Partial<TfjsOptions> = {},
): Promise<{ path: string; files: string[]; module: Emitted }> {
  const stem = `model${++count}`;
  const files = await emitTfjs(network, { weights: seededWeights(0), stem, ending: ".mjs", ...options });
  await writeFiles(folder, files);
  const path = join(folder, `${stem}.mjs`);
  return { path, files: files.map((file) => file.path), module: (await import(pathToFileURL(path).href)) as Emitted };
}

/** The module of a net, emitted once. */
const modules = new Map<string, ReturnType<typeof emit>>();
function moduleOf(text: string): ReturnType<typeof emit> {
  const found = modules.get(text) ?? emit(networkOf(text));
  modules.set(text, found);
  return found;
}

const read = async (path: string) => {
  const content = await readFile(join(folder, path));
  return content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer;
};

/** Together these use every custom layer, every kind of padding, and each way in which layers are connected. */
const nets = {
  plain: "INPUT 12x12x1 - CONV3-4 - RELU - POOL2 - FC-3 - SOFTMAX",
  custom:
    "INPUT 16x16x4 - CONV3-8/2 pad 1 groups 2 - RELU - LRN - POOL3/2 pad 1 - BN - CONV3-4/2 dilation 2 pad 2 - TANH - AVGPOOL2 - GAP - FC-3",
  vector: "INPUT 8 - FC-6 - BN no affine - SIGMOID - DROPOUT 0.1 - FC-2",
  empty: "INPUT 5x5x2 - POOL2",
  activations:
    "INPUT 8 - FC-6 - CONCAT { HSIGMOID | HSWISH | ELU 0.5 | DROPPATH 0.01 | PRELU | GELU | MISH | SILU | SELU | SOFTPLUS | LOGSOFTMAX } - FC-2",
  rearranged:
    "INPUT 8x8x4 - PIXELUNSHUFFLE 2 - CONV1-8 - SHUFFLE 2 - PIXELSHUFFLE 2 - RESIZE 5x7 bilinear - UPSAMPLE2 - UPSAMPLE3 - PAD 1 reflect - CROP 6x6 - CHUNK 2 of 2 - ADAPTIVEAVGPOOL 4x4 - TRANSPOSE - FC-3",
  sequence:
    "INPUT 12x4 - CONV3-8/2 groups 2 - UPCONV3-8/2 outpad 1 - POOL3/2 pad 1 - PAD 1 - CLASSTOKEN - POSEMBED - ATTENTION 2 - LN - SCALE - BIAS - CROP 3 - GMP - FC-3",
  volume:
    "INPUT 4x4x4x1 - CONV3-2/2 - BN - RELU - UPCONV2-2/2 pad 0 - DWCONV3/2 pad 0 - IN - POOL3/2 pad 1 - LN - GAP - FC-3",
  depthwise: "INPUT 8x8x4 - DWCONV3-8/2 - BN - RELU6 - UPCONV4-4/2 pad same - GN-2 - TANH - GAP - FC-3",
  graph:
    "net X { INPUT 8x8x4 - ADD { CONV3-4 - BN - RELU - MUL { ID | GAP - FC-2 - RELU - FC-4 - SIGMOID } | ID } - CONCAT { ID | ID } - GAP - FC-3 }",
};

test("no custom layer is left out", () => {
  const calls = Object.values(nets).flatMap((text) => [...layerCalls(networkOf(text)).values()].flat());
  const used = new Set(calls.flatMap(({ custom }) => custom ?? []));
  expect([...used].sort()).toEqual(Object.keys(customLayers).sort());
});

describe.each(Object.entries(nets))("%s", (_name, text) => {
  test("Prettier has nothing to change", async () => {
    const { path } = await moduleOf(text);
    for (const [file, parser] of [
      [path, "babel"],
      [path.replace(/mjs$/, "d.mts"), "typescript"],
    ] as const) {
      const code = await readFile(file, "utf8");
      expect(await prettier.format(code, { parser })).toBe(code);
    }
  });

  test("it computes what onnxruntime does", async () => {
    // As it is written; `verify` runs it before it is laid out.
    const network = networkOf(text);
    const [input] = noiseInputs(network, 3).values();
    const [expected] = await runOnnx(network, input!, { weights: seededWeights(0) });
    const model = await (await moduleOf(text)).module.loadModel(tf, read);
    const output = model.predict(tf.tensor(input!.data, [...input!.shape])) as tf.Tensor;
    const found = { name: expected!.name, shape: output.shape, data: output.dataSync<"float32">() };
    expect(difference(found, expected!).relative).toBeLessThanOrEqual(TOLERANCE);
    model.dispose();
  });

  test("layers have the names of the program, and tfjs counts our parameters", async () => {
    const network = networkOf(text);
    const { module } = await moduleOf(text);
    const model = module.createModel(tf);
    const names = model.layers.map((layer) => layer.name);
    // A graph is in the order of its levels, with its inputs.
    const own = new Set(network.nodes.slice(1).map((node) => node.name));
    expect(names.filter((name) => own.has(name)).sort()).toEqual([...own].sort());
    const helpers = names.filter((name) => !own.has(name) && name !== "input");
    expect(helpers.filter((name) => !/_(padding|flatten|groups|turns|image|again)$/.test(name))).toEqual([]);
    const { params, buffers } = totalCost(network.nodes.map((node) => costOf(network, node)));
    expect(BigInt(model.countParams())).toBe(params + buffers);
    model.dispose();
  });

  test("it learns: the loss of one batch goes down", async () => {
    const { module } = await moduleOf(text);
    // From weights of a seed, so that it is the same each time.
    const model = await module.loadModel(tf, read);
    if (model.countParams() === 0) return;
    model.compile({ optimizer: tf.train.sgd(0.02), loss: "meanSquaredError" });
    const shape = model.inputs[0]!.shape.slice(1) as number[];
    const units = model.outputs[0]!.shape.at(-1)!;
    const x = tf.randomUniform([8, ...shape], 0, 1, "float32", 1);
    const y = tf.randomUniform([8, units], 0, 1, "float32", 2);
    const { history } = await model.fit(x, y, { epochs: 12, batchSize: 8, shuffle: false, verbose: 0 });
    const losses = history["loss"] as number[];
    expect(Math.min(...losses.slice(-4))).toBeLessThan(losses[0]!);
    model.dispose();
  });
});

test("the modules and their types pass the type checker", async () => {
  // Documentation that looks like types must not become types.
  const documented =
    "## @typedef {string} TensorFlow\\n## @type {import('nowhere').X}\\nnet X { INPUT 4x4x1 - FC-2 }".replaceAll(
      "\\n",
      "\n",
    );
  const paths = await Promise.all([
    ...[...Object.values(nets), documented].map(moduleOf),
    ...[nets.plain, nets.graph].map((text) => emit(networkOf(text), { weights: undefined })),
  ]);
  const user = join(folder, "user.mts");
  const lines = paths.flatMap(({ path }, index) => [
    `import { createModel as create${index} } from "./${path.split("/").at(-1)!}";`,
    `create${index}(tf).summary();`,
  ]);
  const { writeFileSync } = await import("node:fs");
  writeFileSync(user, ['import * as tf from "@tensorflow/tfjs";', ...lines].join("\n"));
  // The types are what a user of TypeScript sees; the code is checked for itself.
  for (const roots of [[user], paths.map(({ path }) => path)]) {
    expect(typeProblems(roots)).toEqual([]);
  }
}, 60_000);

describe("weights", () => {
  test("are in tfjs's own format, at most 4 MiB a shard, and tfjs reads them", async () => {
    const network = networkOf("INPUT 60x60x8 - FC-64 - FC-3");
    const { files, module } = await emit(network);
    const shards = files.filter((file) => file.endsWith(".bin"));
    // 60*60*8*64 floats and 64 more are 7,373,056 bytes: two shards; the second layer is small.
    expect(shards.length).toBe(3);
    const sizes = await Promise.all(shards.map(async (path) => (await read(path)).byteLength));
    expect(sizes).toEqual([4 * 1024 * 1024, 7_373_056 - 4 * 1024 * 1024, (64 * 3 + 3) * 4]);
    const manifest = JSON.parse(
      await readFile(
        join(
          folder,
          files.find((file) => file.endsWith(".json"))!,
        ),
        "utf8",
      ),
    ) as tf.io.WeightsManifestConfig;
    const buffers = await Promise.all(manifest[0]!.paths.map(read));
    const tensors = tf.io.decodeWeights(tf.io.concatenateArrayBuffers(buffers), manifest[0]!.weights);
    expect(tensors["fc1/kernel"]!.shape).toEqual([28_800, 64]);
    const model = await module.loadModel(tf, read);
    expect(model.getLayer("fc1").getWeights()[0]!.sub(tensors["fc1/kernel"]!).abs().max().dataSync()[0]).toBe(0);
  });

  test("small layers in a row are one group, and each has its own again", async () => {
    const { files, module } = await emit(networkOf("INPUT 8x8x3 - CONV3-4 - BN - RELU - CONV3-4 - GAP - FC-3"));
    expect(files.filter((file) => file.endsWith(".bin"))).toHaveLength(1);
    const { module: seeded } = await emit(networkOf("INPUT 8x8x3 - a: CONV3-4 - BN - RELU - b: CONV3-4 - GAP - FC-3"));
    const values = async (emitted: Emitted, name: string) => [
      ...(await (await emitted.loadModel(tf, read)).getLayer(name).getWeights()[0]!.data()),
    ];
    expect(await values(module, "conv2")).not.toEqual(await values(module, "conv1"));
    expect((await values(seeded, "b")).length).toBe(3 * 3 * 4 * 4);
  });

  test("none: no files for them, and no loader", async () => {
    const { files, module } = await emit(networkOf(nets.plain), { weights: undefined });
    expect(files.length).toBe(2);
    expect(Object.keys(module)).toEqual(["createModel"]);
  });
});

test("nothing that a program says can leave its comment or string", async () => {
  const evil = 'a"*/`${globalThis.broken = 1}`\\u2028';
  const text = `## doc */ globalThis.broken = 1; /*\nnet X { INPUT 4x4x1 - FC-2 }`;
  const named = compile(`${evil}.cnn`, "INPUT 4x4x1 - FC-2").networks[0]!;
  const documented = compile("net.cnn", text).networks[0]!;
  for (const network of [named, documented]) {
    const { module } = await emit(network);
    expect(module.createModel(tf).countParams()).toBe(34);
    expect((globalThis as { broken?: number }).broken).toBeUndefined();
  }
  expect(documented.documentation).toContain("*/");
});

test("more axes than tfjs has are refused in words", async () => {
  const network = networkOf("INPUT 4x4x4 - RESHAPE 2x2x2x2x2x2");
  await expect(emitTfjs(network, { weights: seededWeights(0), stem: "model" })).rejects.toThrow(
    "net cannot be built for tfjs: reshape1 is 2x2x2x2x2x2, and that target has at most 5 axes beside the batch",
  );
});
