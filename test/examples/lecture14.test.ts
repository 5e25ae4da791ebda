/** Every block of the lecture compiles as printed, and every figure in it is right or reported. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { costOf, totalCost } from "../../src/analysis/cost.js";
import { messageOf } from "../../src/base/diagnostics.js";
import { compile } from "../../src/compile.js";
import type { Network } from "../../src/ir/network.js";
import { formatDimensions } from "../../src/ir/shape.js";

const folder = join(import.meta.dirname, "../../examples/lecture14");
const load = (file: string) => compile(file, readFileSync(join(folder, file), "utf8"));

function only(file: string, name?: string): Network {
  const { networks } = load(file);
  return name ? networks.find((network) => network.name === name)! : networks[0]!;
}

const total = (network: Network) => totalCost(network.nodes.map((node) => costOf(network, node)));
const shapes = (network: Network) => network.nodes.map((node) => formatDimensions(node.type.shape));
const conv = (window: number, inputs: number, filters: number) => BigInt(window * window * inputs * filters);

describe("slides 6 and 7: a ConvNet", () => {
  test("sizes as printed, paddings taken from them", () => {
    const { networks, diagnostics } = load("convnet.slide.cnn");
    expect(shapes(networks[0]!)).toEqual(["32x32x3", "28x28x6", "28x28x6", "24x24x10", "24x24x10"]);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ["CNN3201", "info"],
      ["CNN3201", "info"],
    ]);
  });
});

describe("slide 10: LeNet-5", () => {
  test("the bare sketch is told to be one", () => {
    const { networks, diagnostics } = load("sketch.cnn");
    expect(networks).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["CNN2020"]);
  });

  test("with its sizes it is the network of the paper", () => {
    const network = only("lenet5.cnn");
    // LeCun et al., 1998, figure 2: C1 28x28x6, S2 14x14x6, C3 10x10x16, S4 5x5x16, C5 120, F6 84, output 10.
    const figure = ["32x32x1", "28x28x6", "14x14x6", "10x10x16", "5x5x16", "1x1x120", "84", "10"];
    expect(shapes(network).filter((shape, index, all) => shape !== all[index - 1])).toEqual(figure);
    // 156 + 2,416 + 48,120 + 10,164 + 850, with C3 connected to all of S2 (the paper leaves some connections out).
    expect(total(network).params).toBe(156n + 2_416n + 48_120n + 10_164n + 850n);
  });
});

describe.each([
  ["alexnet.slide.cnn", undefined],
  ["alexnet.cnn", undefined],
  ["zfnet.cnn", "AlexNet"],
])("slides 11 to 19: AlexNet in %s", (file, name) => {
  const network = only(file, name);

  test("62,378,344 parameters", () => expect(total(network).params).toBe(62_378_344n));

  test("every printed size", () => {
    const printed =
      "227x227x3 55x55x96 27x27x96 27x27x96 27x27x256 13x13x256 13x13x256 13x13x384 13x13x384 13x13x256 6x6x256 4096 4096 1000";
    const listed = network.nodes.filter((node) => node.labelled || node.op === "input");
    expect(listed.map((node) => formatDimensions(node.type.shape)).join(" ")).toBe(printed);
  });

  test("slide 13: (11*11*3)*96 weights in CONV1, none in POOL1", () => {
    const cost = (label: string) =>
      costOf(
        network,
        network.nodes.find((node) => node.name === label)!,
      );
    expect(cost("CONV1").weights).toBe(34_848n);
    expect(cost("POOL1").params).toBe(0n);
  });
});

test("AlexNet is reported nowhere", () => {
  for (const file of ["alexnet.slide.cnn", "alexnet.cnn", "zfnet.cnn"]) expect(load(file).diagnostics).toEqual([]);
});

describe("slide 20: ZFNet", () => {
  test("differs from AlexNet in four layers", () => {
    const [alexnet, zfnet] = load("zfnet.cnn").networks;
    const changed = zfnet!.nodes.filter(
      (node, index) => JSON.stringify(node.args) !== JSON.stringify(alexnet!.nodes[index]!.args),
    );
    expect(changed.map((node) => node.name)).toEqual(["CONV1", "CONV3", "CONV4", "CONV5"]);
  });

  test("its sizes and parameters by hand", () => {
    const network = only("zfnet.cnn", "ZFNet");
    // (227 - 7)/2 + 1 = 111, then pools (111 - 3)/2 + 1 = 55, (55 - 3)/2 + 1 = 27, (27 - 3)/2 + 1 = 13.
    expect(shapes(network).slice(1)).toEqual(
      "111x111x96 55x55x96 55x55x96 55x55x256 27x27x256 27x27x256 27x27x512 27x27x1024 27x27x512 13x13x512 4096 4096 1000".split(
        " ",
      ),
    );
    const dense = BigInt(13 * 13 * 512 * 4096 + 4096 * 4096 + 4096 * 1000);
    const convolutions =
      conv(7, 3, 96) + conv(5, 96, 256) + conv(3, 256, 512) + conv(3, 512, 1024) + conv(3, 1024, 512);
    expect(total(network).weights).toBe(convolutions + dense);
  });
});

describe.each(["vgg16.slide.cnn", "vgg16.cnn"])("slides 21 to 23: VGG-16 in %s", (file) => {
  const network = only(file);

  test("138,357,544 parameters, 138,344,128 without biases", () => {
    expect(total(network).params).toBe(138_357_544n);
    expect(total(network).weights).toBe(138_344_128n);
  });
});

describe("the table of slides 21 to 23", () => {
  const { networks, diagnostics } = load("vgg16.slide.cnn");
  const [network] = networks;

  test("every line is checked: 22 sizes, 22 memory and 22 params figures", () => {
    expect(network!.nodes.length).toBe(22);
    expect(network!.nodes.flatMap((node) => node.claims.map(({ subject }) => subject)).length).toBe(44);
  });

  test("its lines add up to 15,237,608 values, not 24M: the one thing that is reported", () => {
    expect(total(network!).activations).toBe(15_237_608n);
    expect(diagnostics.map((diagnostic) => `${diagnostic.severity}: ${messageOf(diagnostic)}`)).toEqual([
      "warning: TOTAL memory is claimed as 24M values, the lines above add up to 15.2M (15,237,608)",
    ]);
    expect(diagnostics[0]!.notes[0]).toMatch(/= 15,237,608 values = 60\.95 MB \(58\.1 MiB\)$/);
  });
});
