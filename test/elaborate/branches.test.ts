/** Branches, labels, conditions, several inputs and outputs: chains that are no straight line. */
import { describe, expect, test } from "vitest";
import { compileText, describe as say, expectDiagnostics, expectShape, networkOf, shapesOf } from "../harness.js";

const inputsOf = (text: string, name: string) => {
  const { nodes } = networkOf(text);
  return nodes.find((node) => node.name === name)!.inputs.map((id) => nodes[id]!.name);
};

describe("branches", () => {
  test("are each fed with what arrives, and joined", () => {
    expect(inputsOf("INPUT 8x8x4 - ADD { CONV3-4 | CONV1-4 - BN }", "add1")).toEqual(["conv1", "bn1"]);
    expect(inputsOf("INPUT 8x8x4 - ADD { CONV3-4 | CONV1-4 - BN }", "conv2")).toEqual(["input"]);
  });

  test("a bar before the first means nothing, and lines are free", () => {
    expectShape("INPUT 8x8x4\nCONCAT {\n  | CONV3-4\n  | CONV1-6\n    RELU\n  | ID\n}", "8x8x14");
  });

  test("ID is the input itself, and adds no layer", () => {
    expect(inputsOf("INPUT 8x8x4 - ADD { CONV3-4 | ID }", "add1")).toEqual(["conv1", "input"]);
  });

  test.each([
    ["ADD", "8x8x4"],
    ["MUL", "8x8x4"],
    ["MAX", "8x8x4"],
    ["MEAN", "8x8x4"],
    ["CONCAT", "8x8x12"],
  ])("%s of three", (layer, shape) => expectShape(`INPUT 8x8x4 - ${layer} { CONV3-4 | RELU | ID }`, shape));

  test("MUL weighs a map with a vector, in either order", () => {
    expectShape("INPUT 8x8x4 - MUL { ID | GAP - FC-4 - SIGMOID }", "8x8x4");
    expectShape("INPUT 8x8x4 - MUL { GAP - FC-4 - SIGMOID | ID }", "8x8x4");
  });

  test("nest, and repeat", () => {
    expectShape("INPUT 8x8x4 - ADD { CONCAT { CONV1-2 | CONV3-2 } - RELU | ID }*3", "8x8x4");
  });

  test("CNN2304: have one shape", () => {
    expectDiagnostics("INPUT 8x8x4 - ADD { CONV3-5 | ID }", [
      'CNN2304 at "ADD": the branches of ADD do not have one shape',
    ]);
    const [found] = compileText("INPUT 8x8x4 - ADD { CONV3-8/2 | ID }").diagnostics;
    expect(found!.notes).toEqual(["a projection makes them equal: CONV1-8/2"]);
    expect(found!.related.map(({ text }) => text)).toEqual(["4x4x8", "8x8x4"]);
  });

  test("CNN2045 to CNN2048: braces and their branches", () => {
    expectDiagnostics("INPUT 8x8x4 - ADD - RELU", ['CNN2045 at "ADD": ADD needs its branches: ADD { a | b }']);
    expectDiagnostics("INPUT 8x8x4 - CONV3-4 { RELU | ID }", [
      'CNN2046 at "CONV3": CONV has no branches: only ADD, MUL, MAX, MEAN and CONCAT take { ... }',
    ]);
    expectDiagnostics("INPUT 8x8x4 - ADD { RELU | | ID }", [
      'CNN2047 at "| |": a branch of ADD is empty: ID is the input itself',
    ]);
    expectDiagnostics("INPUT 8x8x4 - ADD { RELU }", [
      'CNN2048 at "ADD": ADD has one branch: there is nothing to join it with',
    ]);
  });
});

describe("labels", () => {
  test("a branch or chain goes on from what a label names", () => {
    const text = "INPUT 8x8x4\na: CONV3-6\nRELU - CONCAT { @a | ID | @a - TANH }";
    expect(inputsOf(text, "concat1")).toEqual(["a", "relu1", "tanh1"]);
  });

  test("a label of a block, group, merge or condition names what comes of it", () => {
    const text = `block B { CONV3-4 - RELU }
INPUT 8x8x4
b: B
g: [TANH - SIGMOID]
m: ADD { RELU | ID }
c: if true { CONV1-4 }
CONCAT { @b | @g | @m | @c }`;
    expect(inputsOf(text, "concat1")).toEqual(["b.relu1", "sigmoid1", "m", "conv1"]);
  });

  test("the label names the layer, not what stands behind it on its line", () => {
    expect(inputsOf("INPUT 8x8x4\na: CONV3-4 - POOL2\nUPSAMPLE2 - ADD { @a | ID }", "add1")).toEqual([
      "a",
      "upsample1",
    ]);
  });

  test("labels within branches are known behind them", () => {
    expectShape("INPUT 8x8x4 - ADD { a: CONV3-4 | ID } - CONCAT { @a | ID }", "8x8x8");
  });

  test("of a repeated layer the last one is meant", () => {
    expect(inputsOf("INPUT 8x8x4\na: CONV3-4*2\nADD { @a | RELU }", "add1")).toEqual(["a.2", "relu1"]);
  });

  test("CNN2034 and CNN2035: have to stand above", () => {
    expectDiagnostics("INPUT 8x8x4\nskip: CONV3-4\nADD { @skp | ID }", [
      'CNN2034 at "skp": nothing is labelled skp here; there is @skip',
    ]);
    expectDiagnostics("INPUT 8x8x4 - ADD { @late | ID }\nlate: CONV3-4", [
      'CNN2035 at "late": @late is used before it: a chain can only go on from what stands above',
    ]);
  });

  test("without their sign are told as labels, whatever they are called", () => {
    const text = "block Up(@skip) { CONCAT { skip | ID } }\nINPUT 8x8x3\nx: RELU\nUp(@x)";
    expect(compileText(text).diagnostics.flatMap(({ fixes }) => fixes.map(({ title }) => title))).toEqual([
      "did you mean @skip?",
    ]);
  });

  test("of a net are not known inside of its blocks", () => {
    expect(
      compileText("block B { ADD { @a | ID } }\nINPUT 8x8x4\na: CONV3-4\nB").diagnostics.map(({ code }) => code),
    ).toEqual(["CNN2034"]);
  });
});

describe("conditions", () => {
  const chain = (condition: string) => `net N(s = 2, c = 4) { INPUT 8x8x4 - if ${condition} { RELU } else { TANH } }`;

  test.each([
    ["s == 2", "relu"],
    ["s != 2", "tanh"],
    ["s < 3 and c >= 4", "relu"],
    ["s > 2 or not c == 4", "tanh"],
    ["in.c == c", "relu"],
    ["in.h // 3 == 2 and in.w % 3 == 2", "relu"],
    ["1 < s <= 2", "relu"],
    ["1 < s < 2", "tanh"],
    ["(if s == 2 then c else 0) == 4", "relu"],
    ["true", "relu"],
    ["s == 5 and 1 / (s - 2) > 0", "tanh"],
    ["2^s*s + -1 == 7", "relu"],
    ["abs(-3) + min(4, 2, 8) + ceil(0.5) == 6", "relu"],
    ["log2(8) == 3 and sqrt(16) == 4 and round(2.5) == 3", "relu"],
  ])("if %s", (condition, op) => expect(networkOf(chain(condition)).nodes.at(-1)!.op).toBe(op));

  test("an unmet condition without else is nothing", () => {
    expect(shapesOf("INPUT 8x8x4 - if in.c > 9 { CONV3-8 } - RELU")).toHaveLength(2);
  });

  test("else if, on lines of their own", () => {
    const text = (n: number) =>
      `net N(n = ${n}) {\nINPUT 8x8x4\nif n == 1 { RELU }\nelse if n == 2 { TANH }\nelse { SIGMOID }\nBN\n}`;
    expect([1, 2, 3].map((n) => networkOf(text(n)).nodes[1]!.op)).toEqual(["relu", "tanh", "sigmoid"]);
  });

  test("CNN2031: are true or false", () => {
    expectDiagnostics("net N(s = 2) { INPUT 8x8x4 - if s { RELU } }", [
      'CNN2031 at "s": a condition is true or false, but s is 2',
    ]);
  });

  test("one equals sign is told, and read as two", () => {
    expectDiagnostics("net N(s = 2) { INPUT 8x8x4 - if s = 2 { RELU } }", [
      'CNN1002 at "=": expected == to compare, found =',
    ]);
  });

  test("in a family both ways are read for mistakes", () => {
    expectDiagnostics(
      "net F(n) { INPUT 8x8x4 - if n > 2 { CONVV3-4 } else { FC-(n + k) } }",
      [
        'CNN1004 at "CONVV3": no layer is called CONVV3',
        'CNN2007 at "k": no variable is called k here; there is n',
      ].map((text) => expect.stringContaining(text.slice(0, 40)) as unknown as string),
    );
  });
});

describe("several inputs and outputs", () => {
  const outputsOf = (text: string) => {
    const { nodes, outputs } = networkOf(text);
    return outputs.map((id) => nodes[id]!.name);
  };

  test("inputs with labels are taken up by them", () => {
    const text = "left: INPUT 8x8x3\nright: INPUT 8x8x3\nCONCAT { @left - CONV3-4 | @right - CONV3-4 }";
    const network = networkOf(text);
    expect(network.inputs.map((id) => network.nodes[id]!.name)).toEqual(["left", "right"]);
    expectShape(text, "8x8x8");
  });

  test("CNN2018: a second one without a label", () => {
    expectDiagnostics("INPUT 8x8x3 - RELU\nINPUT 8x8x3 - TANH", [
      'CNN2018 at "INPUT": net has an INPUT already: a chain has one INPUT, at its start',
    ]);
  });

  test("output names a side chain, and the chain goes on as if it were not there", () => {
    const text = "INPUT 8x8x3 - CONV3-4\noutput aux = GAP - FC-2\nPOOL2 - GAP - FC-10";
    expect(outputsOf(text)).toEqual(["fc1", "aux"]);
    expect(inputsOf(text, "pool1")).toEqual(["conv1"]);
  });

  test("a side chain may go on to the next line, or be a group", () => {
    expect(outputsOf("INPUT 8x8x3 - CONV3-4\noutput aux = GAP -\n  FC-2\nFLATTEN - FC-3")).toEqual(["fc1", "aux"]);
    expect(outputsOf("INPUT 8x8x3 - CONV3-4\noutput aux = [\n GAP\n FC-2\n]\nFLATTEN - FC-3")).toEqual(["fc2", "aux"]);
  });

  test("where the chain ends in outputs, there is no further one", () => {
    expect(outputsOf("INPUT 8x8x3 - GAP\noutput boxes = FC-4\noutput classes = FC-10")).toEqual(["boxes", "classes"]);
  });

  test("a chain that is taken up again ends there", () => {
    const text = "INPUT 8x8x3\na: CONV3-4\noutput x = TANH - GAP\n@a";
    expect(outputsOf(text)).toEqual(["a", "x"]);
    expect(outputsOf(text.replace("\n@a", ""))).toEqual(["x"]);
    expect(outputsOf("INPUT 8x8x3\na: CONV3-4\nGAP - FC-2\noutput x = @a - TANH")).toEqual(["fc1", "x"]);
    expect(outputsOf("l: INPUT 8x8x3\nr: INPUT 8x8x3\noutput x = ADD { @l | @r }")).toEqual(["x"]);
  });

  test("an output may start from a label, end in a block, or be a layer that is there already", () => {
    const text =
      "block H(n) { GAP - FC-n }\nINPUT 8x8x3\na: CONV3-4\nRELU\noutput x = @a - TANH\noutput y = H(3)\noutput z = @a\nFLATTEN";
    expect(outputsOf(text)).toEqual(["flatten1", "x", "y", "z"]);
  });

  test("what an output gives can be taken up, however its chain ends", () => {
    for (const chain of ["[FC-3 - RELU]", "x: FC-3", "FC-3"]) {
      expect(outputsOf(`INPUT 8x8x3\noutput c = ${chain}\noutput d = @c - FC-3`)).toContain("d");
    }
  });

  test("a label of what is repeated no times names what arrives there", () => {
    expectShape("INPUT 8x8x3 - CONV3-4\nc: [RELU]*0\nADD { @c | TANH }", "8x8x4");
  });

  test("what is called output may be a label", () => expectShape("INPUT 8 - output: FC-3", "3"));

  test("what comes in does not go out as it is", () => {
    expect(networkOf("INPUT 8x8x3").nodes.map(({ op }) => op)).toEqual(["input", "identity"]);
  });

  test("two outputs of one name", () => {
    expect(compileText("INPUT 8 - output a = FC-3\noutput a = FC-4\nRELU").diagnostics.map(say)).toEqual([
      'CNN2011 at "a": two layers are labelled a',
    ]);
  });
});
