/** `but { ... }`: attributes, drop, replace, insert, and changes of changes. */
import { describe, expect, test } from "vitest";
import { compileText, describe as say, expectDiagnostics, networkOf } from "../harness.js";

const base = `net A {
  INPUT 32x32x3
  CONV1: CONV3-8 - RELU - LRN
  CONV2: CONV3-16 - RELU - POOL2
  FC-10
}
`;
const namesOf = (changes: string, more = "", net = "B") =>
  networkOf(`${base}net B = A but {\n${changes}\n}\n${more}`, net).nodes.map(({ name }) => name);
const shapeOf = (changes: string, name: string) =>
  networkOf(`${base}net B = A but {\n${changes}\n}`, "B")
    .nodes.find((node) => node.name === name)
    ?.type.shape.join("x");

const names = ["input", "CONV1", "relu1", "lrn1", "CONV2", "relu2", "pool1", "fc1"];

test("attributes change, names stay", () => {
  expect(namesOf("CONV1: 7x7 stride 2\nfc1: 5 neurons")).toEqual(names);
  expect(shapeOf("CONV1: 7x7 stride 2", "CONV1")).toBe("16x16x8");
  expect(shapeOf("fc1: 5 neurons", "fc1")).toBe("5");
});

test("drop leaves a layer out", () => {
  expect(namesOf("drop lrn1, CONV1, pool1")).toEqual(["input", "relu1", "CONV2", "relu2", "fc1"]);
  expect(namesOf("drop lrn1\ndrop CONV1")).toEqual(["input", "relu1", "CONV2", "relu2", "pool1", "fc1"]);
});

test("replace puts a chain in a layer's place; a single layer takes its label", () => {
  expect(namesOf("replace CONV1: DWCONV3 - CONV1-8")).toEqual([
    "input",
    "CONV1.dwconv1",
    "CONV1.conv1",
    "relu1",
    "lrn1",
    "CONV2",
    "relu2",
    "pool1",
    "fc1",
  ]);
  expect(namesOf("replace CONV1: CONV5-9")).toEqual(names);
  expect(shapeOf("replace CONV1: CONV5-9", "CONV1")).toBe("32x32x9");
});

test("insert puts a chain before or behind a layer", () => {
  expect(namesOf("insert after CONV2: BN - DROPOUT 0.1").slice(4, 8)).toEqual([
    "CONV2",
    "CONV2.bn1",
    "CONV2.dropout1",
    "relu2",
  ]);
  expect(namesOf("insert before CONV1: BN").slice(0, 3)).toEqual(["input", "CONV1.bn1", "CONV1"]);
});

test("several changes stand on one line, with commas between them", () => {
  expect(namesOf("drop lrn1, CONV2: 32 filters, insert after CONV1: BN, drop pool1")).toEqual([
    "input",
    "CONV1",
    "CONV1.bn1",
    "relu1",
    "CONV2",
    "relu2",
    "fc1",
  ]);
});

test("what was changed can be changed again", () => {
  const more = "net C = B but { X: 4 filters }\n";
  expect(namesOf("replace CONV1: X: CONV3-6", more, "C")).toEqual([
    "input",
    "X",
    "relu1",
    "lrn1",
    "CONV2",
    "relu2",
    "pool1",
    "fc1",
  ]);
  const { nodes } = networkOf(`${base}net B = A but { replace CONV1: X: CONV3-6 }\n${more}`, "C");
  expect(nodes[1]!.type.shape).toEqual([32, 32, 4]);
});

describe("in blocks", () => {
  const blocks = `block Unit(c) { a: CONV3-c - RELU }
net A { INPUT 8x8x3 - Unit(4) - Unit(8) - s: Unit(2) }
`;
  const sizes = (changes: string) =>
    networkOf(`${blocks}net B = A but {\n${changes}\n}`, "B").nodes.map(
      ({ name, type }) => `${name} ${type.shape.join("x")}`,
    );

  test("a label means the layer in all calls, a name with dots one of them", () => {
    expect(sizes("a: 5 filters").filter((text) => text.includes(".a "))).toEqual([
      "Unit1.a 8x8x5",
      "Unit2.a 8x8x5",
      "s.a 8x8x5",
    ]);
    expect(sizes("Unit2.a: 5 filters").filter((text) => text.includes(".a "))).toEqual([
      "Unit1.a 8x8x4",
      "Unit2.a 8x8x5",
      "s.a 8x8x2",
    ]);
  });

  test("a whole call can be dropped or replaced", () => {
    expect(sizes("drop Unit2").map((text) => text.split(" ")[0])).toEqual([
      "input",
      "Unit1.a",
      "Unit1.relu1",
      "s.a",
      "s.relu1",
    ]);
    expect(sizes("replace s: Unit(7)").at(-1)).toBe("s.relu1 8x8x7");
  });
});

test("a label of a dropped layer names what arrives there", () => {
  const text = "net A { INPUT 8x8x4 - CONV3-4\n x: RELU\n TANH - ADD { @x | ID } }\nnet B = A but { drop x }";
  const { nodes } = networkOf(text, "B");
  expect(nodes.at(-1)!.inputs.map((id) => nodes[id]!.name)).toEqual(["conv1", "tanh1"]);
});

describe("mistakes", () => {
  test.each([
    ["drop NORM1", 'CNN2015 at "NORM1": A has no layer called NORM1; its layers are '],
    ["replace CONV9: RELU", 'CNN2015 at "CONV9": A has no layer called CONV9; its layers are '],
    ["insert after POOL9: BN", 'CNN2015 at "POOL9": A has no layer called POOL9; its layers are '],
    ["insert behind CONV1: BN", 'CNN1002 at "behind": expected after or before, found behind'],
    ["drop", "CNN1002 at "],
    ["CONV1: 7x7 strid 2", 'CNN2002 at "strid": CONV has no attribute strid'],
    ["replace CONV1: CONVV3-8", 'CNN1004 at "CONVV3": no layer is called CONVV3'],
  ])("%s", (change, message) => {
    const found = compileText(`${base}net B = A but {\n${change}\n}`).diagnostics.map(say);
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  test("CNN2050: a net is made from a net", () => {
    expectDiagnostics("block A { RELU }\nnet B = A but { drop relu1 }", [
      'CNN2050 at "A": A is a block: a net is made from a net, or has a block in its braces',
    ]);
  });
});

describe("what changes put into a net", () => {
  const nets = (base: string, changes: string) =>
    networkOf(`net A { ${base} }\nnet B = A but {\n${changes}\n}`, "B").nodes;
  const texts = (base: string, changes: string) =>
    nets(base, changes).map(({ name, type }) => `${name} ${type.shape.join("x")}`);

  test("takes no names from what stood there: further lines still mean what the reports of the base mean", () => {
    expect(texts("INPUT 8x8x3 - CONV3-4 - CONV3-5 - CONV3-6", "insert after conv1: CONV1-9, conv2: 8 filters")).toEqual(
      ["input 8x8x3", "conv1 8x8x4", "conv1.conv1 8x8x9", "conv2 8x8x8", "conv3 8x8x6"],
    );
    expect(texts("INPUT 8x8x3 - CONV3-4", "insert before conv1: CONV1-7 - RELU").slice(1)).toEqual([
      "conv1.conv1 8x8x7",
      "conv1.relu1 8x8x7",
      "conv1 8x8x4",
    ]);
  });

  test("and no sizes that annotations supplied", () => {
    const slide = "INPUT 32x32x3\n [28x28x8] CONV 8 5x5\n [24x24x8] CONV 8 5x5\n [20x20x8] CONV 8 5x5";
    expect(texts(slide, "insert after conv1: CONV1-8").at(-1)).toBe("conv3 20x20x8");
    expect(texts("INPUT 8x8x3 - [8x8x5] CONV3 - RELU - [8x8x7] CONV3", "replace conv1: CONV5-9").slice(1)).toEqual([
      "conv1 8x8x9",
      "relu1 8x8x9",
      "conv2 8x8x7",
    ]);
  });

  test("may have labels that are like names of other layers", () => {
    expect(
      texts("INPUT 8x8x3 - x: CONV3-4 - CONV3-5", "insert after x: conv1: BN").map((text) => text.split(" ")[0]),
    ).toEqual(["input", "x", "conv1", "conv2"]);
  });

  test("may stand behind an output, which then is what comes last", () => {
    const nodes = nets("INPUT 8x8x3\n output aux = GAP - FC-3\n CONV3-5", "insert after aux: SOFTMAX");
    expect(nodes.map(({ name, op }) => `${name} ${op}`)).toEqual([
      "input input",
      "gap1 gap",
      "fc1 fc",
      "aux.softmax1 softmax",
      "aux identity",
      "conv1 conv",
    ]);
  });

  test("has the default lines of where it is written", () => {
    const text = "net A { INPUT 8x8x3 - CONV3-4 }\ndefault CONV no bias\nnet B = A but { replace conv1: CONV5-4 }";
    expect(networkOf(text, "B").nodes[1]!.args["bias"]).toBe(false);
  });

  test("CNN2063: what is dropped or replaced has nothing left to change", () => {
    for (const change of ["drop x, x: 9 filters", "replace x: CONV1-2 - CONV1-3, x: 9 filters"]) {
      expectDiagnostics(`net A { INPUT 8x8x3 - x: CONV3-4 }\nnet B = A but { ${change} }`, [
        'CNN2063 at "x": x is dropped or replaced: nothing is left of it to change',
      ]);
    }
  });
});
