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
  expect(namesOf("drop lrn1\ndrop CONV1")).toEqual(["input", "relu1", "CONV2", "relu2", "pool1", "fc1"]);
});

test("replace puts a chain in a layer's place; a single layer takes its label", () => {
  expect(namesOf("replace CONV1: DWCONV3 - CONV1-8")).toEqual([
    "input",
    "dwconv1",
    "conv1",
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
  expect(namesOf("insert after CONV2: BN - DROPOUT 0.1").slice(4, 8)).toEqual(["CONV2", "bn1", "dropout1", "relu2"]);
  expect(namesOf("insert before CONV1: BN").slice(0, 3)).toEqual(["input", "bn1", "CONV1"]);
});

test("several changes stand on one line, with commas between them", () => {
  expect(namesOf("drop lrn1, CONV2: 32 filters, insert after CONV1: BN, drop pool1")).toEqual([
    "input",
    "CONV1",
    "bn1",
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
