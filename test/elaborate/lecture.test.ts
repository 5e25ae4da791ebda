/** The seeds: every figure here is printed in shared/seeds/lecture14.md or follows from it. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { costOf, totalCost } from "../../src/analysis/cost.js";
import { compile } from "../../src/compile.js";
import { describe as say } from "../harness.js";
import { formatDimensions } from "../../src/ir/shape.js";

const read = (name: string) => compile(`${name}.cnn`, readFileSync(`examples/lecture14/${name}.cnn`, "utf8"));

function cost(name: string, net: string) {
  const network = read(name).networks.find((candidate) => candidate.name === net)!;
  return { network, ...totalCost(network.nodes.map((node) => costOf(network, node))) };
}

describe("the examples of lecture 14", () => {
  test.each(["alexnet", "alexnet.slide", "lenet5", "vgg16", "zfnet"])("%s compiles with nothing to say", (name) => {
    expect(read(name).diagnostics.map(say)).toEqual([]);
    expect(read(name).networks.length).toBeGreaterThan(0);
  });

  test("convnet.slide: the paddings come from the slide's sizes", () => {
    expect(read("convnet.slide").diagnostics.map(say)).toEqual([
      'CNN3201 at "CONV": CONV has pad 0, the padding that gives the annotated 28x28x6',
      'CNN3201 at "CONV": CONV has pad 0, the padding that gives the annotated 24x24x10',
    ]);
  });

  test("vgg16.slide: the total of 24M is wrong, everything else on the slide is right", () => {
    const { diagnostics } = read("vgg16.slide");
    expect(diagnostics.map(say)).toEqual([
      'CNN3101 at "24M": TOTAL memory is claimed as 24M values, the lines above add up to 15.2M (15,237,608)',
    ]);
    expect(diagnostics[0]!.severity).toBe("warning");
    expect(diagnostics[0]!.notes.at(-1)).toContain("= 15,237,608 values = 60.95 MB (58.1 MiB)");
  });

  test("AlexNet: 62,378,344 parameters", () => {
    expect(cost("alexnet.slide", "alexnet.slide").params).toBe(62_378_344n);
    expect(cost("alexnet", "AlexNet").params).toBe(62_378_344n);
  });

  test("VGG-16: 138,357,544 parameters, 138,344,128 without biases, 15,237,608 values", () => {
    for (const [file, net] of [
      ["vgg16.slide", "vgg16.slide"],
      ["vgg16", "VGG16"],
    ] as const) {
      const { params, weights } = cost(file, net);
      expect([params, weights]).toEqual([138_357_544n, 138_344_128n]);
    }
    expect(cost("vgg16.slide", "vgg16.slide").activations).toBe(15_237_608n);
  });

  test("LeNet-5 ends in 1x1x120, 84, 10", () => {
    const { network, params } = cost("lenet5", "LeNet5");
    expect(network.nodes.map((node) => formatDimensions(node.type.shape))).toEqual(
      "32x32x1 28x28x6 28x28x6 14x14x6 10x10x16 10x10x16 5x5x16 1x1x120 1x1x120 84 84 10 10".split(" "),
    );
    expect(params).toBe(61_706n); // 156 + 2,416 + 48,120 + 10,164 + 850
  });

  test("ZFNet: CONV1 7x7 stride 2, CONV3 to CONV5 with 512, 1024, 512 filters", () => {
    const { network } = cost("zfnet", "ZFNet");
    const shapes = Object.fromEntries(network.nodes.map((node) => [node.name, formatDimensions(node.type.shape)]));
    // 227: (227-7)/2+1 = 111; pool (111-3)/2+1 = 55; CONV2 pad 2 keeps 55; pool 27; CONV3 to 5 keep 27; pool 13.
    expect(shapes).toMatchObject({
      CONV1: "111x111x96",
      POOL1: "55x55x96",
      POOL2: "27x27x256",
      CONV3: "27x27x512",
      CONV4: "27x27x1024",
      CONV5: "27x27x512",
      POOL3: "13x13x512",
      FC8: "1000",
    });
  });

  test("sketch: what is missing is told once", () => {
    expect(read("sketch").diagnostics.map(say)).toEqual([
      'CNN2020 at "CONV": sketch is a sketch: 6 of its layers leave sizes open, which have to be known before it can be compiled',
    ]);
  });
});
