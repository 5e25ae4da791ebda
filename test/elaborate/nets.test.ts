/** Nets, families, defaults and `but` (LANGUAGE sections 1, 4 and 7). */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { compileText, expectDiagnostics, expectShape, networkOf, shapesOf } from "../harness.js";

const names = (text: string) => compileText(text).networks.map((network) => network.name);

describe("a file", () => {
  test("holds several nets, in the order of the text", () => {
    expect(names("net A { INPUT 3 - FC-2 }\nnet B { INPUT 4 - FC-2 }")).toEqual(["A", "B"]);
  });

  test("a chain outside any net is a net named after its file", () => {
    const [network] = compile("examples/deep/vgg16.slide.cnn", "INPUT 3 - FC-2").networks;
    expect(network!.name).toBe("vgg16.slide");
  });

  test("a loose chain and nets stand side by side", () => {
    expect(new Set(names("INPUT 3\nFC-2\nnet A { INPUT 4 - FC-2 }"))).toEqual(new Set(["net", "A"]));
  });

  test("a net may be called like a layer with a window", () => {
    expect(names("net VGG16 { INPUT 3 - FC-2 }\nnet VGG = VGG16")).toEqual(["VGG16", "VGG"]);
  });
});

describe("parameters", () => {
  const text = "net A(c = 4, k = c*2, classes = 10) { INPUT 8x8x3 - CONV3-c - CONV3-k - FC-classes }";

  test("have defaults, which may use the ones before", () => {
    expect(shapesOf(text)).toEqual(["8x8x3", "8x8x4", "8x8x8", "10"]);
  });

  test("take arguments in order, the rest keep their defaults", () => {
    expect(shapesOf(`${text}\nnet B = A(5)`, "B")).toEqual(["8x8x3", "8x8x5", "8x8x10", "10"]);
    expect(shapesOf(`${text}\nnet B = A(5, 6, 7)`, "B")).toEqual(["8x8x3", "8x8x5", "8x8x6", "7"]);
    expect(shapesOf(`${text}\nnet B(n) = A(n, n + 1)\nnet C = B(2)`, "C")).toEqual(["8x8x3", "8x8x2", "8x8x3", "10"]);
  });

  test("without a default make a family, which is no model", () => {
    const family = "net Family(n) { INPUT 8 - FC-n }\nnet Ten = Family(10)";
    expect(names(family)).toEqual(["Ten"]);
    expectDiagnostics(family, []);
  });

  test("a family that nothing uses is still read: what is wrong whatever its arguments is told", () => {
    expect(
      compileText("net Family(n) { INPUT 8 - LSTM - FC-n }").diagnostics.map((diagnostic) => diagnostic.code),
    ).toEqual(["CNN1004"]);
  });

  test("a variable behind a layer is its count, with or without the dash", () => {
    expectShape("net A(c = 6) { INPUT 8x8x3 - CONV c 3x3 }", "8x8x6");
  });

  test("an attribute's value may be a variable", () => {
    expectShape("net A(s = 2, p = 0) { INPUT 8x8x3 - CONV2-4 stride s pad p }", "4x4x4");
    expectShape("net A(s = 2) { INPUT 8x8x3 - CONV3-4/s }", "4x4x4");
  });
});

describe("default", () => {
  test("holds from its line to the end of the scope", () => {
    const text =
      "net A {\n INPUT 32x32x3\n CONV5-4\n default CONV pad 0\n CONV5-4\n}\nnet B { INPUT 32x32x3 - CONV5-4 }";
    expect(shapesOf(text, "A")).toEqual(["32x32x3", "32x32x4", "28x28x4"]);
    expect(shapesOf(text, "B")).toEqual(["32x32x3", "32x32x4"]);
  });

  test("outside of nets it holds for the nets below it", () => {
    const text =
      "net A { INPUT 32x32x3 - CONV5-4 }\ndefault CONV pad 0\nnet B { INPUT 32x32x3 - CONV5-4 }\nINPUT 32x32x3 - CONV5-4";
    expect(shapesOf(text, "A").at(-1)).toBe("32x32x4");
    expect(shapesOf(text, "B").at(-1)).toBe("28x28x4");
    expect(shapesOf(text, "net").at(-1)).toBe("28x28x4");
  });

  test("gives counts and windows too", () => {
    expect(
      shapesOf("default CONV 6 5x5 /1 pad 0\ndefault POOL 2x2 /2\nINPUT 32x32x1 - CONV - POOL - CONV-16 - CONV3"),
    ).toEqual(["32x32x1", "28x28x6", "14x14x6", "10x10x16", "8x8x6"]);
  });

  test("a later line changes only what it names", () => {
    expect(shapesOf("default POOL 3x3 /2\nINPUT 33x33x1 - POOL\ndefault POOL /1\nPOOL")).toEqual([
      "33x33x1",
      "16x16x1",
      "14x14x1",
    ]);
  });

  test("what a layer writes wins", () => {
    expectShape("default CONV 6 5x5 pad 0\nINPUT 32x32x1 - CONV3-4 pad 1", "32x32x4");
  });

  test("no bias", () => {
    expect(networkOf("default CONV no bias\nINPUT 8x8x3 - CONV3-4").nodes[1]!.args["bias"]).toBe(false);
    expect(networkOf("default CONV no bias\nINPUT 8x8x3 - CONV3-4 bias").nodes[1]!.args["bias"]).toBe(true);
  });

  test("MAXPOOL and POOL are one layer", () => expectShape("default MAX POOL 2x2\nINPUT 8x8x3 - POOL", "4x4x3"));
});

describe("but", () => {
  const base =
    "net A {\n INPUT 227x227x3\n [55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0\n MAX POOL1: 3x3 filters at stride 2 [27x27x96]\n FC: [1x1x10]\n}\n";

  test("changes what it names and keeps the rest", () => {
    // (227 - 7)/2 + 1 = 111, then floor(108/2) + 1 = 55
    expect(shapesOf(`${base}net B = A but { CONV1: 7x7 stride 2 }`, "B")).toEqual([
      "227x227x3",
      "111x111x96",
      "55x55x96",
      "10",
    ]);
  });

  test("chains keep the padding that an annotation gave to the first net", () => {
    const text =
      "net A {\n INPUT 32x32x3\n CONV1: 6 5x5 filters [28x28x6]\n}\nnet B = A but { CONV1: 8 filters }\nnet C = B but { CONV1: 9 filters }";
    expect(shapesOf(text, "B")[1]).toBe("28x28x8");
    expect(shapesOf(text, "C")[1]).toBe("28x28x9");
  });

  test("does not change the net it starts from", () => {
    expect(shapesOf(`${base}net B = A but { CONV1: 7x7 stride 2 }`, "A")).toEqual([
      "227x227x3",
      "55x55x96",
      "27x27x96",
      "10",
    ]);
  });

  test("chains, the outermost last", () => {
    const text = `${base}net B = A but { CONV1: 7x7 stride 2 }\nnet C = B but {\n CONV1: 64 filters\n}\nnet D = C but { CONV1: 5x5 }`;
    expect(shapesOf(text, "C")[1]).toBe("111x111x64");
    expect(shapesOf(text, "D")[1]).toBe("112x112x64"); // (227 - 5)/2 + 1
  });

  test("names a layer without a label as reports do", () => {
    expectShape("net A { INPUT 8x8x3 - FC-10 }\nnet B = A but { fc1: 20 neurons }", "10");
    expect(shapesOf("net A { INPUT 8x8x3 - FC-10 }\nnet B = A but { fc1: 20 neurons }", "B")).toEqual(["8x8x3", "20"]);
  });

  test("changes the input", () => {
    expect(shapesOf("net A { INPUT 8x8x3 - POOL2 }\nnet B = A but { input: 16x16x3 }", "B")).toEqual([
      "16x16x3",
      "8x8x3",
    ]);
  });

  test("keeps the padding and the count that an annotation gave", () => {
    const text =
      "net A {\n [32x32x3] INPUT\n [28x28x6] CONV1: 6 5x5 filters\n FC2: [10]\n}\nnet B = A but { CONV1: 3x3 }";
    expect(shapesOf(text, "B")).toEqual(["32x32x3", "30x30x6", "10"]); // pad 0 stays
  });

  test("with arguments", () => {
    expect(shapesOf("net A(n) { INPUT 8 - a: FC-n }\nnet B = A(5) but { a: no bias }", "B")).toEqual(["8", "5"]);
  });

  test("reads variables of the net that it stands in", () => {
    const text =
      "net A(c = 4) { INPUT 8x8x3 - a: CONV3-c }\nnet B(d = 6) = A but { a: d filters }\nnet C(c = 9) = A but { a: c filters }";
    expect(shapesOf(text, "A")[1]).toBe("8x8x4");
    expect(shapesOf(text, "B")[1]).toBe("8x8x6");
    expect(shapesOf(text, "C")[1]).toBe("8x8x9");
  });

  test("never takes a variable of the net it starts from for its own", () => {
    const text = "net A(c = 4) { INPUT 8x8x3 - a: CONV3-c }\nnet C(c = 9) = A but { a: c filters }";
    expect(compileText(text).networks.find((network) => network.name === "C")?.nodes[1]!.args["filters"]).not.toBe(4);
  });

  test("may stand before the net it starts from", () => {
    expect(shapesOf("net B = A but { a: 7 }\nnet A { INPUT 8 - a: FC-5 }", "B")).toEqual(["8", "7"]);
  });

  test("a label inside of a repeat changes all of its rounds", () => {
    expect(shapesOf("net A { INPUT 8x8x3 - [c: CONV3-4]*2 }\nnet B = A but { c: 6 filters }", "B")).toEqual([
      "8x8x3",
      "8x8x6",
      "8x8x6",
    ]);
  });

  test("has changes on one line, separated by commas or semicolons", () => {
    const text = "net A { INPUT 8x8x3 - c: CONV3-4 - d: CONV3-5 }\nnet B = A but { c: 6 filters, d: 7 filters }";
    expect(shapesOf(text, "B")).toEqual(["8x8x3", "8x8x6", "8x8x7"]);
  });

  test("ZFNet is AlexNet but, as slide 20 says it", () => {
    const net = "net Z = A but {\n CONV1: 7x7 stride 2\n}";
    expectDiagnostics(base + net, []);
  });
});

test("a family is checked whatever nobody makes of it", () => {
  expect(compileText("net A { INPUT 8 - FC-2 }\nnet F(c) = Nope(c)").diagnostics.map(({ code }) => code)).toEqual([
    "CNN2012",
  ]);
  expect(
    compileText("net A { INPUT 8 - FC-2 }\nnet F(c, d = 1/0) { INPUT 8 - FC-c }").diagnostics.map(({ code }) => code),
  ).toEqual(["CNN2006"]);
});

test("a mistake in a family shows the net that made it", () => {
  const [found] = compileText("net F(c) { INPUT 8x8x3 - CONV3-c }\nnet B = F(0)").diagnostics;
  expect(found!.code).toBe("CNN2006");
  expect(found!.related.map(({ text }) => text)).toContain("in B = F(0)");
});
