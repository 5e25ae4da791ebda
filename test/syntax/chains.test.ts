/** LANGUAGE section 3: what joins, groups and repeats layers. Sizes are hand arithmetic. */
import { describe, expect, test } from "vitest";
import { expectShape, networkOf, shapesOf } from "../harness.js";

const ops = (text: string) => networkOf(text).nodes.map((node) => node.op);

describe("then", () => {
  const chain = ["input", "relu", "pool", "fc"];

  test("a dash between spaces", () => {
    expect(ops("INPUT 8x8x3 - RELU - POOL2 - FC-10")).toEqual(chain);
  });

  test("an arrow, in ASCII or as one sign", () => {
    expect(ops("INPUT 8x8x3 -> RELU -> POOL2 → FC-10")).toEqual(chain);
  });

  test("a new line, also with blank lines and carriage returns", () => {
    expect(ops("INPUT 8x8x3\r\nRELU\r\n\r\n\nPOOL2\nFC-10\n")).toEqual(chain);
  });

  test("a line may start or end with the dash that joins it to its neighbour", () => {
    expect(ops("INPUT 8x8x3 -\nRELU\n- POOL2\n-> FC-10")).toEqual(chain);
  });

  test("the dashes that slides print are dashes", () => {
    expect(ops("INPUT 8x8x3 – RELU — POOL2 − FC‐10")).toEqual(chain);
  });

  test("spaces around a dash may be missing", () => {
    expect(ops("INPUT 8x8x3-RELU-POOL2-FC-10")).toEqual(chain);
  });
});

describe("the dash that binds a count", () => {
  test("touches both sides and stands before a digit", () => {
    expectShape("INPUT 8x8x3 - CONV3-64", "8x8x64");
  });

  test("before a lower-case letter: a variable", () => {
    expectShape("net A(c = 5) { INPUT 8x8x3 - CONV3-c }", "8x8x5");
  });

  test("before a parenthesis: an expression", () => {
    expectShape("net A(c = 5) { INPUT 8x8x3 - CONV3-(4*c) }", "8x8x20");
  });

  test("before a capital it means then: CONV-POOL is two layers", () => {
    expect(ops("default CONV 4 3x3\ndefault POOL 2x2\nINPUT 8x8x3 - CONV-POOL")).toEqual(["input", "conv", "pool"]);
  });

  test("after a value it means then: pad 0 - RELU", () => {
    expect(ops("INPUT 8x8x3 - CONV3-4 pad 0 - RELU")).toEqual(["input", "conv", "relu"]);
  });
});

describe("groups", () => {
  test("[ ] changes nothing by itself", () => {
    expect(shapesOf("INPUT 8x8x3 - [CONV3-4 - [RELU] - POOL2] - FC-10")).toEqual([
      "8x8x3",
      "8x8x4",
      "8x8x4",
      "4x4x4",
      "10",
    ]);
  });

  test("a group may go over lines", () => {
    expectShape("INPUT 8x8x3\n[\n  CONV3-4\n  POOL2\n]\nRELU", "4x4x4");
  });
});

describe("repeats", () => {
  test("*2 writes a group twice", () => {
    expect(shapesOf("INPUT 8x8x3 - [CONV3-4 - POOL2]*2")).toEqual(["8x8x3", "8x8x4", "4x4x4", "4x4x4", "2x2x4"]);
  });

  test("a single layer repeats too", () => {
    expect(shapesOf("INPUT 8x8x3 - POOL2*3")).toEqual(["8x8x3", "4x4x3", "2x2x3", "1x1x3"]);
  });

  test("*1 is what it repeats", () => {
    expect(ops("INPUT 8x8x3 - [RELU]*1")).toEqual(["input", "relu"]);
  });

  test("*0 is nothing, also around something that could not be repeated", () => {
    expect(ops("INPUT 8x8x3 - [POOL2*9]*0 - RELU")).toEqual(["input", "relu"]);
  });

  test("repeats nest", () => {
    expect(shapesOf("INPUT 8x8x3 - [[RELU]*2 - POOL2]*2")).toEqual([
      "8x8x3",
      "8x8x3",
      "8x8x3",
      "4x4x3",
      "4x4x3",
      "4x4x3",
      "2x2x3",
    ]);
  });

  test("n is a variable", () => {
    expect(ops("net A(n = 3) { INPUT 8x8x3 - [RELU]*n }")).toEqual(["input", "relu", "relu", "relu"]);
  });

  test("n is an expression in parentheses, which may come to nothing", () => {
    expect(ops("net A(n = 3) { INPUT 8x8x3 - [RELU]*(n-1) }")).toEqual(["input", "relu", "relu"]);
    expect(ops("net A(n = 1) { INPUT 8x8x3 - [RELU]*(n-1) - TANH }")).toEqual(["input", "tanh"]);
  });

  test("spaces around the star are allowed", () => {
    expect(ops("INPUT 8x8x3 - [RELU] * 2")).toEqual(["input", "relu", "relu"]);
  });
});

describe("comments", () => {
  test("# goes to the end of the line, whatever it holds", () => {
    expect(ops("# [ { ( - *\nINPUT 8x8x3 # - POOL2\nRELU #")).toEqual(["input", "relu"]);
  });

  test("## before a declaration documents it; a single # does not", () => {
    const text =
      "## First line.\n## Second line.\nnet A { INPUT 3 - FC-2 }\n# no documentation\nnet B { INPUT 3 - FC-2 }";
    expect(networkOf(text, "A").documentation).toBe("First line.\nSecond line.");
    expect(networkOf(text, "B").documentation).toBeUndefined();
  });

  test("a comment does not end a claim's line early", () => {
    expectShape("INPUT 8x8x3 memory: 192 # values\nRELU", "8x8x3");
  });
});

describe("expressions", () => {
  // Each is the number of neurons that FC gets.
  test.each([
    ["2 + 3*4", 14],
    ["(2 + 3)*4", 20],
    ["7 // 2", 3],
    ["8 / 2", 4],
    ["17 % 5", 2],
    ["2^3^2 // 100", 5], // 512 // 100: powers group from the right
    ["10 - 3 - 2", 5], // differences from the left
    ["max(3, 5) + min(3, 5)", 8],
    ["floor(7/2) + ceil(7/2)", 7],
    ["round(2.5)", 3],
    ["abs(-3)", 3],
    ["log2(1024)", 10],
    ["-(-4)", 4],
  ])("%s", (expression, value) => {
    expectShape(`INPUT 8 - FC-(${expression})`, String(value));
  });
});

test("commas list layers, as papers do", () => {
  expect(ops("INPUT 32x32x3, CONV3-64, POOL2, FC-10")).toEqual(["input", "conv", "pool", "fc"]);
  expect(ops("INPUT 32x32x3, [CONV3-4, RELU]*2, FC-10")).toEqual(["input", "conv", "relu", "conv", "relu", "fc"]);
});

test("SOFT-MAX and soft-max are SOFTMAX, as the VGG paper prints it", () => {
  expect(ops("INPUT 8 - FC-3 - soft-max")).toEqual(["input", "fc", "softmax"]);
  expect(ops("INPUT 8 - FC-3 - SOFT-MAX")).toEqual(["input", "fc", "softmax"]);
});
