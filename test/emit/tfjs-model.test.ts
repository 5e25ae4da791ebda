/** What `tf.loadLayersModel` opens is what tfjs itself would save, and computes what the module computes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { networkAt } from "../../src/analysis/bind.js";
import { seededWeights } from "../../src/analysis/weights.js";
import type { EmittedFile } from "../../src/emit/bytes.js";
import { layerCalls } from "../../src/emit/tfjs/calls.js";
import { emitTfjs } from "../../src/emit/tfjs/emit.js";
import { emitTfjsModel } from "../../src/emit/tfjs/model/emit.js";
import { LAYERS_VERSION } from "../../src/emit/tfjs/model/topology.js";
import { nodeOf, type Network } from "../../src/ir/network.js";
import { writeTemporary } from "../../src/run/files.js";
import { noiseInputs } from "../../src/run/input.js";
import { networkOf } from "../harness.js";
import { operatorNets } from "../run/operator-nets.js";
import { smallNets } from "../run/nets.js";

const weights = seededWeights(3, "probe");
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(import.meta.dirname, ".emitted-"));
  tf.enableProdMode();
  await tf.setBackend("cpu");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface SavedLayer {
  readonly config: { readonly name: string };
}

interface Topology {
  readonly config: { readonly layers: readonly SavedLayer[] };
}

const contents = (files: readonly EmittedFile[]) =>
  new Map(files.map(({ path, data }) => [path, Buffer.concat([...data.chunks()])]));

/** The files as a browser gets them: tfjs's own loader, with a server of ours. */
function load(files: ReadonlyMap<string, Buffer>): Promise<tf.LayersModel> {
  const fetchFunc = (url: string) => Promise.resolve(new Response(new Uint8Array(files.get(url.split("/").at(-1)!)!)));
  const json = [...files.keys()].find((path) => path.endsWith(".json"))!;
  return tf.loadLayersModel(tf.io.http(`http://localhost/${json}`, { fetchFunc: fetchFunc as typeof fetch }));
}

function topologyOf(files: ReadonlyMap<string, Buffer>): Topology {
  const json = [...files].find(([path]) => path.endsWith(".json"))![1];
  return (JSON.parse(json.toString()) as { modelTopology: Topology }).modelTopology;
}

/** The layers of a graph by name: tfjs lists them by how far they are from the outputs. */
const sorted = (topology: Topology) => ({
  ...topology,
  config: {
    ...topology.config,
    layers: [...topology.config.layers].sort((a, b) => (a.config.name < b.config.name ? -1 : 1)),
  },
});

let count = 0;

/** The model of the module, with its weights. */
async function moduleModel(network: Network): Promise<tf.LayersModel> {
  const files = await emitTfjs(network, { weights, stem: `model${++count}`, ending: ".mjs", isRead: false });
  await writeTemporary(folder, files.slice(-1));
  const module = (await import(pathToFileURL(join(folder, `model${count}.mjs`)).href)) as {
    createModel(tensorflow: typeof tf): tf.LayersModel;
    loadWeights(
      tensorflow: typeof tf,
      model: tf.LayersModel,
      read: (path: string) => Promise<ArrayBuffer>,
    ): Promise<void>;
  };
  const bytes = contents(files);
  const model = module.createModel(tf);
  await module.loadWeights(tf, model, (path) => Promise.resolve(new Uint8Array(bytes.get(path)!).buffer));
  return model;
}

async function outputsOf(network: Network, model: tf.LayersModel): Promise<number[][]> {
  const inputs = network.inputs.map((id) => {
    const { shape, data } = noiseInputs(network, 5).get(nodeOf(network, id).name)!;
    return tf.tensor(data, [...shape]);
  });
  const outputs = [model.predict(inputs.length === 1 ? inputs[0]! : inputs)].flat();
  return Promise.all(outputs.map(async (output) => [...(await output.data())]));
}

async function expectSame(network: Network): Promise<void> {
  const files = contents(emitTfjsModel(network, { weights, stem: "saved" }));
  const [ours, theirs] = [await load(files), await moduleModel(network)];
  const saved = JSON.parse(JSON.stringify(theirs.toJSON(null, false))) as Topology;
  expect(sorted(topologyOf(files))).toEqual(sorted(saved));
  expect(await outputsOf(network, ours)).toEqual(await outputsOf(network, theirs));
  ours.dispose();
  theirs.dispose();
}

const isStandard = (text: string) =>
  [...layerCalls(networkOf(text)).values()].flat().every(({ custom }) => custom === undefined);

describe("nets of tfjs's own layers", () => {
  const nets = [...smallNets, ...Object.values(operatorNets).flat()].filter(isStandard);
  test.each(nets)("%s", async (text) => expectSame(networkOf(text)));

  test.each([
    [
      "several inputs, values that are read twice, an input that is given",
      `net X {
      a: INPUT 6x6x3
      b: INPUT 4
      @a - CONV3-4 - c: RELU
      output y = ADD { @c | @c } - POOL3/2 pad 1
      output z = MUL { @c | @b }
      output given = @b
    }`,
    ],
    ["a residual block with droppath", "INPUT 8x8x4 - ADD { CONV3-4 - BN - RELU - DROPPATH 0.2 | ID } - GAP - FC-3"],
  ])("%s", async (_what, text) => expectSame(networkOf(text)));
});

/** Networks of the zoo with few parameters, on small pictures. */
describe("nets of the zoo", () => {
  test.each([
    ["mobilenet_v2", "MobileNetV2"],
    ["mnasnet", "MnasNet0_5"],
    ["squeezenet", "SqueezeNet1_1"],
    ["efficientnet", "EfficientNetB0"],
    ["resnet", "ResNet18"],
  ])("%s: %s", async (file, name) => {
    const text = readFileSync(resolve(import.meta.dirname, `../../examples/zoo/${file}.cnn`), "utf8");
    const found = networkAt(networkOf(text, name), new Map([[0, [33, 32, 3]]]));
    if ("fault" in found) throw new Error(`${name} does not take 33x32`);
    await expectSame(found.network);
  });
});

describe("files", () => {
  const network = networkOf("INPUT 1000 - FC-1000 - RELU - FC-600 - FC-2");
  const files = emitTfjsModel(network, { weights, stem: "net" });

  test("weights of all layers fill shards of 4 MiB", () => {
    const sizes = files.map(({ path, data }) => [path, data.byteLength] as const);
    const total = 4 * (1000 * 1000 + 1000 + 1000 * 600 + 600 + 600 * 2 + 2);
    expect(sizes.slice(0, -1)).toEqual([
      ["net.group1-shard1of2.bin", 4 * 1024 * 1024],
      ["net.group1-shard2of2.bin", total - 4 * 1024 * 1024],
    ]);
    expect(sizes.at(-1)![0]).toBe("net.json");
  });

  test("the model says what it is and who made it", () => {
    const { format, generatedBy, convertedBy } = JSON.parse(contents(files).get("net.json")!.toString()) as object & {
      format: string;
      generatedBy: string;
      convertedBy: null;
    };
    expect({ format, generatedBy, convertedBy }).toEqual({
      format: "layers-model",
      generatedBy: "cnnc",
      convertedBy: null,
    });
  });

  test("the saved form is that of the installed version", () => {
    expect(tf.version["tfjs-layers"]).toBe(LAYERS_VERSION);
  });

  test("without weights, or without any, tfjs makes the model too", async () => {
    const architecture = await load(contents(emitTfjsModel(network, { stem: "net" })));
    expect(architecture.countParams()).toBe(1001000 + 600600 + 1202);
    const pooled = networkOf("INPUT 4x4x2 - POOL2");
    const model = await load(contents(emitTfjsModel(pooled, { weights, stem: "net" })));
    expect(model.outputs[0]!.shape).toEqual([null, 2, 2, 2]);
  });

  test("names with all kinds of letters", async () => {
    const named = networkOf(
      "photo: INPUT 4x4x2 - Some_Layer2: CONV3-3 - camelCase: RELU - ADD { ID | x1: TANH } - FC-2",
    );
    await expectSame(named);
  });
});

describe("what needs code is told", () => {
  test.each([
    ["INPUT 4x4x2 - LRN", "lrn1 (LocalResponseNormalization) is no layer of TensorFlow.js itself"],
    [
      "INPUT 4x4x4 - HSWISH - CONV3-4 groups 2 - GN-2 - SCALE - BIAS",
      "hswish1 (HardSwish), conv1 (GeneralConvolution), gn1 (GroupNormalization) and 2 more are no layers of TensorFlow.js itself",
    ],
  ])("%s", (text, what) => {
    expect(() => emitTfjsModel(networkOf(text), { stem: "net" })).toThrow(
      `net cannot be built for tfjs-model: ${what}; --target tfjs writes such layers as code`,
    );
  });
});
