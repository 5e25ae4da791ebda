/** The slide form: what the lecture prints, token for token, and a program again. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { slideTable } from "../../src/analysis/slide.js";
import { compile } from "../../src/compile.js";
import type { Network } from "../../src/ir/network.js";
import { networkOf } from "../harness.js";

const folder = join(import.meta.dirname, "../../examples/lecture14");
const printed = readFileSync(join(folder, "vgg16.slide.cnn"), "utf8");

test("VGG-16's rows are those of slides 21 to 23, token for token", () => {
  const [network] = compile("vgg16.slide.cnn", printed).networks;
  const tokens = (text: string) => text.split("\n").map((line) => line.trim().split(/\s+/));
  const rows = printed.split("\n").filter((line) => /^(INPUT|CONV|POOL|FC)/.test(line));
  expect(rows.length).toBe(22);
  expect(tokens(slideTable(network!)).slice(0, 22)).toEqual(tokens(rows.join("\n")));
});

test("totals are computed", () => {
  const [network] = compile("vgg16.slide.cnn", printed).networks;
  expect(slideTable(network!).split("\n").slice(-2)).toEqual([
    "TOTAL memory: 15.2M * 4 bytes ~= 60.95MB / image (only forward! ~*2 for bwd)",
    "TOTAL params: 138M parameters",
  ]);
});

/** What a network computes, without where it was written. */
const essence = (network: Network) =>
  network.nodes.map(({ name, op, args, inputs, type }) => {
    // A padding may be written in another way, which the sizes hold to be the same.
    const { pad: _pad, ...rest } = args;
    return { name, op, args: rest, inputs, shape: type.shape };
  });

describe("the text compiles to the network that it describes, with nothing to report", () => {
  test.each([
    "lenet5.cnn",
    "alexnet.cnn",
    "alexnet.slide.cnn",
    "vgg16.cnn",
    "vgg16.slide.cnn",
    "zfnet.cnn",
    "convnet.slide.cnn",
  ])("%s", (file) => {
    for (const network of compile(file, readFileSync(join(folder, file), "utf8")).networks) {
      const again = compile("again.cnn", slideTable(network));
      expect(again.diagnostics).toEqual([]);
      expect(essence(again.networks[0]!)).toEqual(essence(network));
    }
  });

  test.each([
    "INPUT 32x32x6 - CONV3-12/2 pad same groups 3 no bias - AVGPOOL3/2 pad 1 ceil countpad - BN eps 0.001 - GAP - FC-5 no bias",
    "INPUT 30x20x2 - CONV1x7-4/2x1 pad (0, 1, 2, 3) - POOL2x3/1 - LRN size 3 alpha 0.5 k 1 - TANH - SIGMOID - FLATTEN - DROPOUT 0.25 - ID",
    "INPUT 784 - FC-10 - SOFTMAX",
    "INPUT 100x8 - CONV3-16/2 pad (0, 2) - BN - POOL2 pad 1 - POOL2 ceil - LRN size 3 - FC-3",
    "INPUT 9x16x16x2 - CONV1x3x3-4/1x2x2 pad (0, 1, 2, 3, 1, 0) - CONV3-4 dilation 2 - POOL3x2x2 - GAP - FC-2",
    "INPUT 8x8x3 - [a: CONV3-4]*2 - a_1: CONV3-4",
    "INPUT 32x32x3 - a: CONV3-8 dilation 2 - c: POOL2 - [b: CONV3-8]*2",
  ])("%s", (text) => {
    const network = networkOf(text);
    const codes = (result: ReturnType<typeof compile>) => result.diagnostics.map(({ code }) => code);
    const again = compile("again.cnn", slideTable(network));
    expect(codes(again)).toEqual(codes(compile("net.cnn", text)));
    const [same] = again.networks;
    const withoutNames = (nodes: ReturnType<typeof essence>) => nodes.map(({ name: _name, ...rest }) => rest);
    expect(withoutNames(essence(same!))).toEqual(withoutNames(essence(network)));
    expect(slideTable(again.networks[0]!)).toBe(slideTable(network));
  });
});
