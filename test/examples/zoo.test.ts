/** The zoo: every published model counts exactly, every size of the papers is met, every file is as short as it claims. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bindNetwork } from "../../src/analysis/bind.js";
import { costOf, totalCost } from "../../src/analysis/cost.js";
import { slideTable } from "../../src/analysis/slide.js";
import { hasErrors } from "../../src/base/diagnostics.js";
import { compile, type CompileResult } from "../../src/compile.js";
import { nodeOf, type Network } from "../../src/ir/network.js";
import { formatDimensions } from "../../src/ir/shape.js";
import { verifyNetwork } from "../../src/ir/verify.js";
import { describe as say } from "../harness.js";

const zoo = join(import.meta.dirname, "../../examples/zoo");
const files = readdirSync(zoo).filter((name) => name.endsWith(".cnn"));
const textOf = (file: string) => readFileSync(join(zoo, file), "utf8");

const compiled = new Map<string, CompileResult>();
function resultOf(file: string): CompileResult {
  const known = compiled.get(file) ?? compile(file, textOf(file));
  compiled.set(file, known);
  return known;
}

function netOf(file: string, name: string): Network {
  const found = resultOf(file).networks.find((network) => network.name === name);
  if (!found) throw new Error(`${file} has no net ${name}`);
  return found;
}

const totalsOf = (network: Network) => totalCost(network.nodes.map((node) => costOf(network, node)));
const outputsOf = (network: Network) =>
  network.outputs.map((id) => formatDimensions(nodeOf(network, id).type.shape)).join(" ");

const read = <T>(name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../conformance", name), "utf8")) as T;

interface Published {
  name: string;
  input: string;
  params: number;
  macs: number;
  buffers: number;
  convActivations: number;
  output?: number[];
}

const published = read<{ models: Published[] }>("torchvision.json").models;
const more = read<{ models: Published[] }>("torchvision-more.json").models;
const nets = read<Record<string, { file: string; net: string }>>("torchvision-nets.json");

describe("torchvision's models", () => {
  test("there are 52, and none is left out", () => {
    expect(published).toHaveLength(52);
    expect(published.filter(({ name }) => !nets[name])).toEqual([]);
  });

  test.each([...published, ...more])("$name: $params parameters, $macs multiply-accumulates", (model) => {
    const { file, net } = nets[model.name]!;
    const network = netOf(file, net);
    const totals = totalsOf(network);
    expect(totals.params).toBe(BigInt(model.params));
    expect(totals.macs).toBe(BigInt(model.macs));
    if (model.input) expect(formatDimensions(nodeOf(network, network.inputs[0]!).type.shape)).toBe(model.input);
    if (model.output) expect(outputsOf(network)).toBe(model.output.join("x"));
    // The table counts the statistics of auxiliary heads too: those of the nets that have them.
    const { buffers } = ["googlenet", "inception_v3"].includes(model.name)
      ? totalsOf(netOf(file, `${net}Aux`))
      : totals;
    expect(buffers).toBe(BigInt(model.buffers));
  });

  test.each(published)("$name: $convActivations values come out of convolutions", (model) => {
    const { file, net } = nets[model.name]!;
    const network = netOf(file, net);
    // The dense layers of squeeze-and-excitation are 1x1 convolutions in torchvision.
    const convolutions = network.nodes.filter(
      ({ op, name }) => op === "conv" || op === "dwconv" || (op === "fc" && /(^|\.)SqueezeExcite\d*\./.test(name)),
    );
    const values = convolutions.reduce((sum, node) => sum + (costOf(network, node).activations as bigint), 0n);
    expect(values).toBe(BigInt(model.convActivations));
  });
});

describe("auxiliary outputs", () => {
  test("GoogLeNet has two, with 13,004,888 parameters and 15,072 statistics in all", () => {
    const network = netOf("googlenet.cnn", "GoogLeNetAux");
    expect(network.outputs.map((id) => nodeOf(network, id).name)).toEqual(["fc1", "aux1", "aux2"]);
    expect(outputsOf(network)).toBe("1000 1000 1000");
    expect(totalsOf(network).params).toBe(13_004_888n);
    expect(totalsOf(network).buffers).toBe(15_072n);
  });

  test("Inception v3 has one, with 27,161,264 parameters and 36,224 statistics in all", () => {
    const network = netOf("inception.cnn", "InceptionV3Aux");
    expect(network.outputs.map((id) => nodeOf(network, id).name)).toEqual(["fc1", "aux1"]);
    expect(totalsOf(network).params).toBe(27_161_264n);
    expect(totalsOf(network).buffers).toBe(36_224n);
  });

  test("YOLOv3 has three scales", () => {
    const network = netOf("yolov3.cnn", "YoloV3");
    expect(outputsOf(network).split(" ").sort()).toEqual(["13x13x255", "26x26x255", "52x52x255"]);
  });
});

interface Paper {
  file: string;
  params: number;
  macs: number;
  sizes: string[];
  source: string;
  at?: string;
  operations?: number;
  layers?: Record<string, number>;
}

const papers = read<Record<string, Paper>>("papers.json");

describe("models of the papers", () => {
  test.each(Object.entries(papers))("%s", (name, paper) => {
    const symbolic = netOf(paper.file, name);
    const [height, width] = (paper.at ?? "").split("x").map(Number);
    const sizes = new Map([
      ["H", height!],
      ["W", width!],
    ]);
    const bound = paper.at ? bindNetwork(symbolic, sizes) : { network: symbolic };
    if ("fault" in bound) throw new Error(`${name} does not take ${paper.at}`);
    const { network } = bound;
    const totals = totalsOf(network);
    expect(totals.params).toBe(BigInt(paper.params));
    expect(totals.macs).toBe(BigInt(paper.macs));
    // Operations of papers are two for each multiply-accumulate, in three digits.
    if (paper.operations) expect(Math.abs((2 * Number(totals.macs)) / paper.operations - 1)).toBeLessThan(5e-3);
    // The sizes stand in this order among those of the layers.
    const shapes = network.nodes.map(({ type }) => formatDimensions(type.shape));
    let position = 0;
    for (const size of paper.sizes) {
      position = shapes.indexOf(size, position);
      expect(position, `${size} of ${paper.sizes.join(", ")}`).toBeGreaterThanOrEqual(0);
    }
  });

  test("LeNet-5 of 1998 has the parameters that its paper gives for each layer", () => {
    const network = netOf("lenet5.cnn", "LeNet5_1998");
    for (const [layer, count] of Object.entries(papers["LeNet5_1998"]!.layers!)) {
      const own = network.nodes.filter(({ name }) => name === layer || name.startsWith(`${layer}.`));
      // C3's branches are blocks of their own names.
      const nodes = layer === "C3" ? network.nodes.filter(({ name }) => /^(Three|Four|conv)/.test(name)) : own;
      const params = nodes.reduce((sum, node) => sum + costOf(network, node).params, 0n);
      expect(params, layer).toBe(BigInt(count));
    }
  });
});

/** torchvision's published counts: parameters, and billions of multiply-accumulates to three digits, attention included. */
describe("vision transformers", () => {
  test.each([
    ["ViTBase16", 86_567_656n, 17.564],
    ["ViTBase32", 88_224_232n, 4.409],
    ["ViTLarge16", 304_326_632n, 61.555],
    ["ViTLarge32", 306_535_400n, 15.378],
  ])("%s", (name, params, billions) => {
    const totals = totalsOf(netOf("vit.cnn", name));
    expect(totals.params).toBe(params);
    expect((Number(totals.macs) / 1e9).toFixed(3)).toBe(billions.toFixed(3));
  });
});

describe("every file", () => {
  test.each(files)("%s compiles, and its networks are sound", (file) => {
    const { networks, names, diagnostics } = resultOf(file);
    expect(hasErrors(diagnostics), diagnostics.map(say).join("\n")).toBe(false);
    expect(networks.map(({ name }) => name)).toEqual(names);
    for (const network of networks) expect(verifyNetwork(network)).toEqual([]);
  });

  test("warns of nothing but what its model is known for", () => {
    const found = files.flatMap((file) => resultOf(file).diagnostics.map((diagnostic) => `${file} ${diagnostic.code}`));
    expect([...new Set(found)]).toEqual([
      // 224x224 does not fit its first convolution, in torchvision neither.
      "squeezenet.cnn CNN3001",
    ]);
  });

  test("is read in the time that a few parsers of other tools need to start", () => {
    const start = performance.now();
    for (const file of files) compile(file, textOf(file));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("as a slide", () => {
  test.each(files)("each network of %s is a program that is the same network", (file) => {
    for (const network of resultOf(file).networks) {
      const { networks, diagnostics } = compile("slide.cnn", slideTable(network));
      // What a wrong claim would say is a warning.
      const found = diagnostics.filter(({ severity, code }) => severity === "error" || code === "CNN3101");
      expect(found.map(say)).toEqual([]);
      const [again] = networks;
      const shapes = ({ nodes }: Network) => nodes.map(({ op, type }) => `${op} ${formatDimensions(type.shape)}`);
      expect(shapes(again!)).toEqual(shapes(network));
      expect(again!.nodes.map(({ inputs }) => inputs)).toEqual(network.nodes.map(({ inputs }) => inputs));
      expect(outputsOf(again!)).toBe(outputsOf(network));
      expect(totalsOf(again!)).toEqual(totalsOf(network));
    }
  });
});

test("ResNet with all of its variants takes less than 40 lines, DenseNet less than 20", () => {
  const lines = (file: string) => textOf(file).trimEnd().split("\n").length;
  expect(lines("resnet.cnn")).toBeLessThan(40);
  expect(lines("densenet.cnn")).toBeLessThan(20);
  for (const file of files) expect(lines(file), file).toBeLessThan(60);
});
