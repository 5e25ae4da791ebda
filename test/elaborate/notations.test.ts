/** LANGUAGE section 4: three ways to write each layer. All lines of a table mean the same layer. */
import { describe, expect, test } from "vitest";
import { compileText, expectDiagnostics, expectShape, fixed, networkOf } from "../harness.js";

/** The arguments of the last layer, with paddings as numbers and without its name. */
function lastOf(before: string, line: string) {
  const { op, args, type } = networkOf(`${before}\n${line}`).nodes.at(-1)!;
  return { op, args, shape: type.shape };
}

describe("CONV", () => {
  test.each([
    "CONV11-96/4 pad 0",
    "CONV11x11-96/4 pad 0",
    "CONV11-(90+6)/(2*2) pad (1-1)",
    "CONV 96 11x11 stride 4 pad 0",
    "CONV 11x11 pad 0 96 stride 4",
    "CONV pad 0, stride 4, 96, 11x11",
    "CONV 96 11 x 11 stride 4 pad 0",
    "CONV 96 11×11 stride 4 pad 0",
    "CONV filters 96 window 11 stride 4x4 pad 0x0",
    "CONV 96 window 11x11 /4 pad (0, 0, 0, 0)",
    "CONV: 96 11x11 filters at stride 4, pad 0",
    "CONV1: 96 11x11 filters at stride 4, pad 0",
    "CONV1: 96 filters of 11x11 with stride 4 and pad 0",
    "CONV1: 96 11x11x3 filters at stride 4, pad 0 (first use of ReLU)",
    "c: CONV11-96/4 pad 0",
    "[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0",
    "CONV11-96/4 pad 0 [55x55x96]",
  ])("%s", (line) => {
    // 96 11x11 filters at stride 4, pad 0 over 227x227x3: (227 - 11)/4 + 1 = 55
    const pad = { kind: "explicit", before: [0, 0], after: [0, 0] };
    expect(lastOf("INPUT 227x227x3", line)).toEqual({
      op: "conv",
      args: { filters: 96, window: [11, 11], stride: [4, 4], pad, dilation: [1, 1], groups: 1, bias: true },
      shape: [55, 55, 96],
    });
  });

  test("defaults: stride 1, pad half, a bias", () => {
    expect(lastOf("INPUT 9x9x3", "CONV5-8")).toEqual({
      op: "conv",
      args: {
        filters: 8,
        window: [5, 5],
        stride: [1, 1],
        pad: { kind: "half" },
        dilation: [1, 1],
        groups: 1,
        bias: true,
      },
      shape: [9, 9, 8],
    });
  });

  test("a window with two sides, compact and long", () => {
    expect(lastOf("INPUT 9x9x3", "CONV1x7-8").args["window"]).toEqual([1, 7]);
    expect(lastOf("INPUT 9x9x3", "CONV 8 1x7").args["window"]).toEqual([1, 7]);
  });

  test("a variable as a side of the window", () => {
    expectShape("net A(k = 5, j = 3) { INPUT 9x9x3 - CONV 8 k x j pad 0 }", "5x7x8");
  });

  test("groups, dilation, no bias", () => {
    const { args } = lastOf("INPUT 9x9x4", "CONV 8 3x3 groups 2 dilation 2 no bias");
    expect(args).toMatchObject({ groups: 2, dilation: [2, 2], bias: false });
  });
});

describe("POOL", () => {
  test.each([
    "POOL3/2",
    "POOL 3x3 stride 2",
    "POOL 3x3 /2",
    "MAXPOOL3/2",
    "MAXPOOL 3x3 stride 2",
    "MAX POOL 3x3 stride 2",
    "MAX POOL3/2",
    "MAX POOL: 3x3 filters at stride 2",
    "MAX POOL1: 3x3 filters at stride 2",
    "POOL1: 3x3 filters at stride 2",
    "[27x27x96] MAX POOL1: 3x3 filters at stride 2",
    "p: POOL3/2",
  ])("%s", (line) => {
    // (55 - 3)/2 + 1 = 27
    const { op, args, shape } = lastOf("INPUT 55x55x96", line);
    expect({ op, window: args["window"], stride: args["stride"], shape }).toEqual({
      op: "pool",
      window: [3, 3],
      stride: [2, 2],
      shape: [27, 27, 96],
    });
  });

  test("the stride is the window where none is written", () => {
    expect(lastOf("INPUT 9x9x4", "POOL3")).toMatchObject({ args: { stride: [3, 3] }, shape: [3, 3, 4] });
  });

  test("AVGPOOL is AVG POOL", () => {
    for (const line of ["AVGPOOL2", "AVG POOL2", "AVG POOL 2x2 stride 2", "AVG POOL1: 2x2 filters at stride 2"]) {
      expect(lastOf("INPUT 8x8x4", line)).toMatchObject({ op: "avgpool", shape: [4, 4, 4] });
    }
  });

  test("countpad is a flag of AVGPOOL", () => {
    expect(lastOf("INPUT 8x8x4", "AVGPOOL3/2 pad 1 countpad").args["countpad"]).toBe(true);
    expect(lastOf("INPUT 8x8x4", "AVGPOOL3/2 pad 1").args["countpad"]).toBe(false);
  });
});

describe("FC", () => {
  test.each([
    "FC-1000",
    "FC 1000",
    "FC 1000 neurons",
    "FC: 1000 units",
    "FC8: 1000 neurons (class scores)",
    "FC: [1x1x1000]",
    "FC: [1000]",
    "[1000] FC",
    "out: FC-1000",
  ])("%s", (line) => {
    expect(lastOf("INPUT 6x6x256", line)).toEqual({ op: "fc", args: { units: 1000, bias: true }, shape: [1000] });
  });

  test("digits stuck to it are its name, as it has no window", () => {
    expect(networkOf("INPUT 6x6x256\nFC6: 4096 neurons").nodes.map((node) => node.name)).toEqual(["input", "FC6"]);
  });
});

describe("other layers of the seeds", () => {
  test.each([
    "NORM",
    "LRN",
    "NORM1: Normalization layer",
    "LRN size 5 alpha 1e-4 beta 0.75 k 2",
    "[27x27x96] NORM1: Normalization layer",
  ])("%s has the constants of the AlexNet paper", (line) => {
    expect(lastOf("INPUT 27x27x96", line)).toEqual({
      op: "lrn",
      args: { size: 5, alpha: 1e-4, beta: 0.75, k: 2 },
      shape: [27, 27, 96],
    });
  });

  test("ReLU is RELU", () => {
    expect(lastOf("INPUT 8x8x3", "ReLU")).toEqual(lastOf("INPUT 8x8x3", "RELU"));
  });

  test("INPUT before or after its size", () => {
    for (const line of [
      "INPUT 224x224x3",
      "[224x224x3] INPUT",
      "INPUT: [224x224x3]",
      "INPUT: 224x224x3",
      "INPUT 224 x 224 x 3",
      "image: INPUT 224x224x3",
    ]) {
      expectShape(line, "224x224x3");
    }
  });

  test("an input of one number is a vector", () => expectShape("INPUT 784 - FC-10", "10"));

  test("DROPOUT 0.5, DROPOUT-0.5 and DROPOUT alone", () => {
    for (const line of ["DROPOUT 0.5", "DROPOUT rate 0.5", "DROPOUT"])
      expect(lastOf("INPUT 8", line).args).toEqual({ rate: 0.5 });
  });

  test("GAP gives a vector of the channels, FLATTEN of all values", () => {
    expectShape("INPUT 7x7x512 - GAP", "512");
    expectShape("INPUT 7x7x512 - FLATTEN", "25088");
  });

  test("element-wise layers keep the size", () => {
    expectShape("INPUT 7x7x5 - BN - RELU - SIGMOID - TANH - ID - SOFTMAX", "7x7x5");
  });
});

describe("digits stuck to a name with a colon", () => {
  test("are only a name where the line gives a window", () => {
    const [, pool] = networkOf("INPUT 32x32x3\nPOOL2: 3x3 filters at stride 2 pad 1").nodes;
    expect(pool).toMatchObject({ name: "POOL2", labelled: true, args: { window: [3, 3] } });
  });

  test("are the window where it does not", () => {
    const [, pool] = networkOf("INPUT 224x224x64\nPOOL2: [112x112x64]").nodes;
    expect(pool).toMatchObject({ labelled: false, args: { window: [2, 2] } });
  });

  test("CONV3-64: [224x224x64] has a window of 3", () => {
    expect(lastOf("INPUT 224x224x3", "CONV3-64: [224x224x64]").args).toMatchObject({ window: [3, 3], filters: 64 });
  });

  test("the size behind an attribute is no window: POOL2: stride 2x2", () => {
    expect(lastOf("INPUT 8x8x3", "POOL2: stride 2x2").args["window"]).toEqual([2, 2]);
  });
});

describe("remarks", () => {
  test.each([
    "(class scores)",
    "(classes)",
    "(first use)",
    "(see slide 4)",
    "(slide 4)",
    "(4 classes)",
    "(in-place)",
    "(VGG)",
    "(see Simonyan and Zisserman, 2014)",
    "(not 3x3, as on the slide!)",
  ])("FC-10 %s", (remark) => {
    expectDiagnostics(`INPUT 8 - FC-10 ${remark}`, []);
    expectShape(`INPUT 8 - FC-10 ${remark} - RELU`, "10");
  });
});

describe("words that mean nothing", () => {
  test.each(["filter", "filters", "at", "with", "of", "neurons", "units", "layer", ","])("%s", (word) => {
    expectShape(`INPUT 9x9x3 - CONV ${word} 8 ${word} 3x3 ${word}`, "9x9x8");
  });
});

describe("the depth of a window", () => {
  test("is checked against what arrives", () => {
    expectShape("INPUT 32x32x3 - CONV 6 5x5x3 filters", "32x32x6");
    expectDiagnostics("INPUT 32x32x3 - CONV 6 5x5x4 filters", [
      'CNN2106 at "5x5x4": the filters of CONV are 5x5x4, 4 deep, but 3 channels arrive',
    ]);
  });

  test("with groups each filter sees its share", () => {
    expectShape("INPUT 8x8x4 - CONV 6 3x3x2 filters groups 2", "8x8x6");
  });
});

test("words that name another layer are no filler", () => {
  const text = "INPUT 8x8x3\nPOOL1: 2x2 average pooling";
  expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(["CNN2002"]);
  expect(networkOf(fixed(text)).nodes[1]!.op).toBe("avgpool");
  expect(
    networkOf("INPUT 8x8x3\nPOOL1: 2x2 max pooling\nNORM1: local response normalization").nodes.map(({ op }) => op),
  ).toEqual(["input", "pool", "lrn"]);
});

test("the place behind an expression is behind its parentheses", () => {
  const text = "net A(c = 2) {\n INPUT 8x8x3\n CONV5-(2*c) [4x4x4]\n}";
  expect(fixed(text)).toContain("CONV5-(2*c) pad 0 [4x4x4]");
});

describe("parentheses behind a layer", () => {
  const codes = (text: string) => compileText(text).diagnostics.map(({ code }) => code);

  test("are a value where there is a sign or a number in them: a misspelt name is told", () => {
    expect(codes("INPUT 8x8x3 - CONV3-4 pad 1 (3*m)")).toEqual(["CNN2004"]);
    expect(codes("default CONV 16 3x3\nINPUT 8x8x3 - CONV (3*m) filters")).toEqual(["CNN2007"]);
  });

  test("or where the layer would silently go on with a default", () => {
    expect(codes("INPUT 8x8x3 - DROPOUT (p)")).toEqual(["CNN2007"]);
    expect(codes("INPUT 8x8x3 - LRELU (slope)")).toEqual(["CNN2007"]);
  });

  test("and else a remark", () => {
    expect(codes("INPUT 8x8x3 - RELU (in-place) - FC-3 (scores) - DROPOUT 0.5 (regularisation)")).toEqual([]);
  });
});
