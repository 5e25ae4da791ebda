/** Pictures of volumes: the chains that papers draw so, and what is refused. */
import { describe, expect, test } from "vitest";
import { draw } from "../../../src/emit/diagram/draw.js";
import { solidOf, solidScale } from "../../../src/emit/diagram/solids.js";
import { volumeFigure } from "../../../src/emit/diagram/volume-figure.js";
import { volumesOf } from "../../../src/emit/diagram/volumes.js";
import { networkOf } from "../../harness.js";
import { textFaults } from "./geometry.js";
import { exampleNet, exampleNets } from "../../example-nets.js";

const rowsOf = (file: string, name: string) =>
  volumesOf(exampleNet(file, name)).map(({ label, head, times, size, notes }) =>
    [label ?? head + (times > 1 ? ` x${times}` : ""), size, ...notes].join(" "),
  );

test("AlexNet as in its paper, each layer with what follows it", () => {
  expect(rowsOf("lecture14/alexnet.cnn", "AlexNet")).toEqual([
    "INPUT 227x227x3",
    "CONV1 55x55x96 RELU",
    "POOL1 27x27x96 LRN",
    "CONV2 27x27x256 RELU",
    "POOL2 13x13x256 LRN",
    "CONV3 13x13x384 RELU",
    "CONV4 13x13x384 RELU",
    "CONV5 13x13x256 RELU",
    "POOL3 6x6x256",
    "FC6 4096 RELU DROPOUT 0.5",
    "FC7 4096 RELU DROPOUT 0.5",
    "FC8 1000 SOFTMAX",
  ]);
});

test("VGG-16: like volumes in a row are counted", () => {
  const volumes = volumesOf(exampleNet("lecture14/vgg16.cnn", "VGG16"));
  expect(volumes.filter(({ kind }) => kind === "convolution").map(({ times }) => times)).toEqual([2, 2, 3, 3, 3]);
  expect(volumes.at(-2)).toMatchObject({ head: "FC-4096", times: 2, notes: ["RELU", "DROPOUT 0.5"] });
});

test("LeNet-5: the windows through which maps are read", () => {
  const volumes = volumesOf(exampleNet("lecture14/lenet5.cnn", "LeNet5"));
  expect(volumes.slice(0, 5).map(({ window }) => window)).toEqual([undefined, [5, 5], [2, 2], [5, 5], [2, 2]]);
});

test("blocks with branches are one volume each", () => {
  expect(rowsOf("zoo/resnet.cnn", "ResNet18")).toEqual([
    "INPUT 224x224x3",
    "CONV7-64/2 112x112x64 BN RELU",
    "POOL3/2 56x56x64",
    "Stage(Basic, 64, 2) 56x56x64",
    "Stage(Basic, 128, 2, 2) 28x28x128",
    "Stage(Basic, 256, 2, 2) 14x14x256",
    "Stage(Basic, 512, 2, 2) 7x7x512",
    "GAP 512",
    "FC-1000 1000",
  ]);
});

test("DenseNet-201: 6, 12, 48 and 32 dense layers, also where the last is followed by more", () => {
  const volumes = volumesOf(exampleNet("zoo/densenet.cnn", "DenseNet201"));
  const dense = volumes.filter(({ head }) => head === "Dense(32)");
  expect(dense.map(({ times, size }) => `${times} ${size}`)).toEqual([
    "6 56x56x256",
    "12 28x28x512",
    "48 14x14x1792",
    "32 7x7x1920",
  ]);
});

test("the scale shows 3 channels beside 512, and 1000 values beside 4096", () => {
  const volumes = volumesOf(exampleNet("lecture14/vgg16.cnn", "VGG16"));
  const scale = solidScale(volumes);
  const solids = volumes.map((volume) => solidOf(volume, scale));
  for (const { front, run } of solids) {
    expect(Math.min(front.width, run)).toBeGreaterThanOrEqual(2);
    expect(front.height).toBeLessThanOrEqual(140);
  }
  expect(scale.vector(1000)).toBeLessThan(scale.vector(4096));
});

describe("all chains of the examples", () => {
  const chains = exampleNets.flatMap(({ name, network }) => {
    try {
      return [{ name, network, volumes: volumesOf(network) }];
    } catch {
      return [];
    }
  });
  test("there are many", () => expect(chains.length).toBeGreaterThan(40));
  test.each(chains)("$name: all layers are told, no text lies over another", ({ network, volumes }) => {
    expect(volumes.flatMap(({ nodes }) => nodes).sort((a, b) => a - b)).toEqual(network.nodes.map(({ id }) => id));
    expect(textFaults(volumeFigure({ title: network.name, facts: [] }, volumes))).toEqual([]);
  });
});

describe("what is refused", () => {
  const refusal = async (text: string, format: "svg" | "dot" = "svg") =>
    draw(networkOf(text), format, { style: "volume" }).catch((error: Error) => [error.name, error.message]);

  test("a network with branches", async () => {
    expect(await refusal("net N { INPUT 8x8x3 - CONV3-4 - ADD { CONV3-4 | ID } }")).toEqual([
      "TargetError",
      "N is no chain, which is what volumes show: add1 reads conv2 and conv1; --style graph draws it",
    ]);
  });

  test("several inputs, and several outputs", async () => {
    expect(await refusal("net N { a: INPUT 8x8x3\nb: INPUT 8x8x3\nADD { @a | @b } }")).toContain(
      "N is no chain, which is what volumes show: it has 2 inputs; --style graph draws it",
    );
    expect(await refusal("net N { INPUT 8x8x3 - CONV3-4\noutput x = GAP\nFC-2 }")).toContain(
      "N is no chain, which is what volumes show: it has 2 outputs; --style graph draws it",
    );
  });

  test("sizes that are open", async () => {
    expect(await refusal("net N { INPUT HxWx3 - CONV3-4 }")).toContain(
      "volumes have sizes, and N leaves H and W open: give numbers, as --size H=224 --size W=224",
    );
  });

  test("formats of boxes and lines alone", async () => {
    expect(await refusal("INPUT 8x8x3 - CONV3-4", "dot")).toContain(
      ".dot has boxes and lines alone: volumes are written as .svg or .tex",
    );
  });
});
