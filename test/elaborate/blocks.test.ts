/** Blocks: parameters of every kind, partial application, names, limits, and where an error came from. */
import { describe, expect, test } from "vitest";
import { renderDiagnostic } from "../../src/base/frame.js";
import { compile } from "../../src/compile.js";
import { compileText, describe as say, expectDiagnostics, expectShape, networkOf, shapesOf } from "../harness.js";

const namesOf = (text: string, net?: string) => networkOf(text, net).nodes.map(({ name }) => name);

describe("parameters", () => {
  test("are values, with defaults that may use those before them", () => {
    const text =
      "block B(c, k = c//2) { CONV1-c - CONV1-k }\nINPUT 8x8x3 - B(8) - B(8, 3) - B(c = 6) - B(k = 1, c = 2)";
    expect(shapesOf(text).slice(1)).toEqual(
      ["8", "4", "8", "3", "6", "3", "2", "1"].map((channels) => `8x8x${channels}`),
    );
  });

  test("stand for blocks, nets and layers", () => {
    const text = `block Plain(c) { CONV3-c }
block Twice(Unit, Act = RELU) { Unit(4) - Act - Unit(8) - Act }
INPUT 8x8x3 - Twice(Plain) - Twice(Plain, Act = TANH)`;
    expect(networkOf(text).nodes.map(({ op }) => op)).toEqual([
      "input",
      "conv",
      "relu",
      "conv",
      "relu",
      "conv",
      "tanh",
      "conv",
      "tanh",
    ]);
  });

  test("a block may be given some of its arguments on the way", () => {
    const text = `block Conv(c, k = 3, s = 1) { CONV c k x k stride s }
block Stage(Unit, c) { Unit(c) - Unit(c, s = 2) }
INPUT 32x32x3 - Stage(Conv(k = 5), 8)`;
    const nodes = networkOf(text).nodes.slice(1);
    expect(nodes.map(({ args }) => args["window"])).toEqual([
      [5, 5],
      [5, 5],
    ]);
    expect(nodes.map(({ args }) => args["stride"])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test("applied in turn: what is given later by name takes the place of what was given before", () => {
    const text =
      "block Unit(c, s = 1, k = 3) { CONV c k x k stride s }\nINPUT 32x32x3\nlet A = Unit(4)\nlet B = A(2)\nB(s = 1)";
    expect(networkOf(text).nodes[1]!.args).toMatchObject({ filters: 4, window: [3, 3], stride: [1, 1] });
    expectDiagnostics("block U(c, s = 1) { CONV3-c/s }\nINPUT 8x8x3\nlet A = U(4, c = 5)\nA", [
      'CNN2040 at "c = 5": U gets its c twice',
    ]);
  });

  test("positions that were filled on the way stay filled", () => {
    const text =
      "block B(a, b, c) { CONV1-a - CONV1-b - CONV1-c }\nblock U(Unit) { Unit(5) }\nINPUT 4x4x1 - U(B(2, c = 7))";
    expect(shapesOf(text).slice(1)).toEqual(["4x4x2", "4x4x5", "4x4x7"]);
  });

  test("a layer given with its count is that layer", () => {
    const text = "block B(Act) { CONV3-4 - Act }\nINPUT 4x4x1 - B(LRELU(0.2))";
    expect(networkOf(text).nodes.at(-1)!.args["slope"]).toBe(0.2);
  });

  test("or with its attributes by name", () => {
    const text = "block B(Act) { CONV3-4 - Act }\nINPUT 8x8x1 - B(LRELU(slope = 0.3)) - B(POOL(window = 4))";
    expect(networkOf(text).nodes[2]!.args["slope"]).toBe(0.3);
    expectShape(text, "2x2x4");
    expectDiagnostics(text.replace("slope", "slop"), ['CNN2002 at "slop": LRELU has no attribute slop; it has slope']);
    expectDiagnostics(text.replace("0.3", "true"), [
      'CNN2006 at "slope = true": the slope of LRELU has to be a number, a variable or an expression in parentheses, not true',
    ]);
  });

  test("a layer is called as a block is: its count, then its stride", () => {
    const text = "block Stage(Unit, c) { Unit(c, 2) - Unit(2*c) - Unit-3 }\nINPUT 8x8x1 - Stage(CONV5, 4)";
    expect(
      networkOf(text)
        .nodes.slice(1)
        .map(({ args, type }) => [args["window"], type.shape.join("x")]),
    ).toEqual([
      [[5, 5], "4x4x4"],
      [[5, 5], "4x4x8"],
      [[5, 5], "4x4x3"],
    ]);
    expectShape("use std\nINPUT 8x8x16 - Residual(CONV3, 16) - Residual(CONV3, 8, 2)", "4x4x8");
    expectDiagnostics("block B(Unit) { Unit(3) }\nINPUT 8 - B(RELU)", ['CNN2005 at "3": RELU takes no number']);
  });

  test("take labels", () => {
    const text =
      "block Up(c, @skip) { UPCONV2-c/2 - CONCAT { @skip | ID } }\nINPUT 8x8x3\na: CONV3-4\nPOOL2 - Up(6, @a)";
    expectShape(text, "8x8x10");
  });

  test("true and false are values", () => {
    const text = "block B(se = false) { CONV3-4 - if se { TANH } }\nINPUT 4x4x1 - B - B(true)";
    expect(networkOf(text).nodes.map(({ op }) => op)).toEqual(["input", "conv", "conv", "tanh"]);
  });

  test("an attribute may take its value from a variable of its name", () => {
    const text = "block B(groups, stride = 2) { CONV3-8 groups groups stride stride }\nINPUT 8x8x4 - B(4)";
    expect(networkOf(text).nodes[1]!.args).toMatchObject({ groups: 4, stride: [2, 2] });
  });

  test("a count may be a variable that is called like it", () => {
    expectShape("block B(filters) { CONV filters 3x3 }\nINPUT 8x8x4 - B(5)", "8x8x5");
    expectShape("block B(filters) { CONV 6 filters 3x3 }\nINPUT 8x8x4 - B(5)", "8x8x6");
  });
});

describe("the number of a round", () => {
  test("as i counts from 1, in groups, blocks and layers", () => {
    expect(shapesOf("INPUT 4x4x1 - [CONV1-(10*i)]*3 as i").slice(1)).toEqual(["4x4x10", "4x4x20", "4x4x30"]);
    expect(shapesOf("block B(c) { CONV1-c }\nINPUT 4x4x1 - B(i^2)*3 as i").slice(1)).toEqual([
      "4x4x1",
      "4x4x4",
      "4x4x9",
    ]);
    expect(networkOf("INPUT 4 - DROPOUT (i/10)*2 as i").nodes.map(({ args }) => args["rate"])).toEqual([
      undefined,
      0.1,
      0.2,
    ]);
  });

  test("a round that adds nothing says nothing of the others", () => {
    expect(networkOf("INPUT 4 - [if i > 2 { RELU }]*4 as i").nodes).toHaveLength(3);
    expect(networkOf("INPUT 4 - [if i == 1 { RELU - TANH - RELU }]*4 as i").nodes).toHaveLength(4);
  });

  test("CNN5011: empty rounds that multiply end with a message", () => {
    const text = "INPUT 4 - [[if i*j < 0 { RELU }]*100000 as i]*100000 as j";
    const { diagnostics } = compile("net.cnn", text, { limits: { calls: 100_000 } });
    expect(diagnostics.map(({ code }) => code)).toEqual(["CNN5011"]);
  });

  test("nested rounds have their own names, and end with the repeat", () => {
    expectShape("INPUT 4x4x1 - [[CONV1-(10*i + j)]*2 as j]*2 as i", "4x4x22");
    expectDiagnostics("INPUT 4x4x1 - [CONV1-i]*2 as i - CONV1-i", ['CNN2007 at "i": no variable is called i here']);
  });
});

test("let names a block with some of its arguments", () => {
  const text = "block Conv(c, k = 3) { CONV c k x k }\nnet N {\nINPUT 8x8x3\nlet Row = Conv(k = 5)\nRow(4) - Row(6)\n}";
  expect(networkOf(text).nodes.map(({ args }) => args["window"])).toEqual([undefined, [5, 5], [5, 5]]);
});

describe("in.h, in.w, in.c", () => {
  test("are the size that arrives where they stand", () => {
    const text = "block Half { CONV1-(in.c/2) - POOL (in.h/2) x (in.w/4) }\nINPUT 8x8x16 - Half";
    expect(shapesOf(text)).toEqual(["8x8x16", "8x8x8", "2x4x8"]);
  });

  test("let keeps one", () => {
    expectShape("block B { let c = in.c - CONV3-99 - CONV1-c }\nINPUT 8x8x16 - B", "8x8x16");
  });

  test("signals have a length, volumes a depth, vectors channels alone", () => {
    expectShape("INPUT 100x4 - CONV3-(in.l)", "100x100");
    expectShape("INPUT 6x8x10x2 - CONV1-(in.d*100 + in.h*10 + in.w)", "6x8x10x690");
    expectShape("INPUT 12 - FC-(in.c/3)", "4");
  });
});

describe("names", () => {
  const text = `block Pair { CONV3-4 - RELU - CONV3-4 }
block Outer { Pair - Pair }
INPUT 8x8x3 - Outer - x: Pair - Pair*2`;

  test("are those of the calls, counted for each block", () => {
    expect(namesOf(text).filter((name) => name.includes("conv"))).toEqual([
      "Outer1.Pair1.conv1",
      "Outer1.Pair1.conv2",
      "Outer1.Pair2.conv1",
      "Outer1.Pair2.conv2",
      "x.conv1",
      "x.conv2",
      "Pair1.conv1",
      "Pair1.conv2",
      "Pair2.conv1",
      "Pair2.conv2",
    ]);
  });

  test("stay when an unrelated line changes", () => {
    expect(
      namesOf(text.replace("INPUT 8x8x3", "INPUT 8x8x3 - TANH")).filter((name) => !name.startsWith("tanh")),
    ).toEqual(namesOf(text));
  });

  test("labels of repeated blocks carry their round", () => {
    expect(namesOf("block B { CONV3-4 }\nINPUT 8x8x3\na: B*2").slice(1)).toEqual(["a.1.conv1", "a.2.conv1"]);
  });

  test("a digit does not run into the count", () => {
    expect(namesOf("INPUT 8x8x3 - RELU6 - RELU6").slice(1)).toEqual(["relu6_1", "relu6_2"]);
  });
});

describe("scopes", () => {
  test("a block does not see the names of who calls it", () => {
    expectDiagnostics("block B { CONV1-c }\nnet N(c = 4) { INPUT 8x8x3 - B }", [
      'CNN2007 at "c": no variable is called c here',
    ]);
  });

  test("let lines and functions of the file are seen in all of it", () => {
    expectShape("let wide = 12\nfn twice(x) = 2*x\nblock B { CONV1-(twice(wide)) }\nINPUT 8x8x3 - B", "8x8x24");
  });

  test("default lines hold for what is written behind them", () => {
    const text = "block A { CONV3-4 }\ndefault CONV no bias\nblock B { CONV3-4 }\nINPUT 8x8x3 - A - B";
    expect(
      networkOf(text)
        .nodes.slice(1)
        .map(({ args }) => args["bias"]),
    ).toEqual([true, false]);
  });

  test("a default line of a net does not reach into blocks", () => {
    const text = "block A { CONV3-4 }\nnet N {\n default CONV no bias\n INPUT 8x8x3 - A - CONV3-4\n}";
    expect(
      networkOf(text)
        .nodes.slice(1)
        .map(({ args }) => args["bias"]),
    ).toEqual([true, false]);
  });

  test("let in braces ends with them", () => {
    const text = "block B { if true { let c = 5 - CONV1-c }\n CONV1-c }\nINPUT 8x8x3 - B";
    expectDiagnostics(text, ['CNN2007 at "c": no variable is called c here']);
  });

  test("let in a repeated group is new in each round", () => {
    expectShape("INPUT 4x4x1 - [let c = in.c\n CONV1-(2*c)]*3", "4x4x8");
  });
});

describe("a net in a chain", () => {
  const backbone = "net Backbone { INPUT 32x32x3 - CONV3-8 - POOL2 }\n";

  test("takes what arrives in place of its input", () => {
    expectShape(`${backbone}net N { INPUT 64x64x3 - Backbone - CONV1-2 }`, "16x16x8");
    expect(shapesOf(`${backbone}net N { INPUT 64x64x3 - Backbone - CONV1-2 }`, "N").at(-1)).toBe("32x32x2");
  });

  test("brings its input where it starts the chain", () => {
    expect(shapesOf(`${backbone}net N { Backbone - CONV1-2 }`, "N")).toEqual([
      "32x32x3",
      "32x32x8",
      "16x16x8",
      "16x16x2",
    ]);
  });

  test("is not held to the sizes of its own input, and its letters are what arrives", () => {
    const net = "net Net { INPUT 224x224x3 - CONV7-8/2 [112x112x8] }\nnet Seg { INPUT 512x512x3 - Net - UPSAMPLE2 }";
    expect(shapesOf(net, "Seg").at(-1)).toBe("512x512x8");
    expect(
      compileText(net.replace("512x512x3", "224x224x3").replace("112x112x8", "111x112x8")).diagnostics,
    ).toHaveLength(1);
    const letters = "net A { INPUT HxWx3\n CONV3-4 - CROP (H - 2) x (W - 4) }\nnet B { INPUT 33x20x3 - A }";
    expect(shapesOf(letters, "B").at(-1)).toBe("31x16x4");
  });

  test("under another name is the same net; with changes it is a network by itself", () => {
    const alias = `${backbone}net Same = Backbone\nnet N { INPUT 64x64x3 - Same - CONV1-2 }`;
    expect(shapesOf(alias, "N").at(-1)).toBe("32x32x2");
    const family = "net F(c) { INPUT 8x8x3 - CONV3-c }\nnet G(c = 4) = F(2*c)\nnet N { INPUT 8x8x3 - G - G(5) - RELU }";
    expect(compileText(family).diagnostics.map(say)).toEqual([
      'CNN2051 at "G(5)": this net takes 3 channels, but 8x8x8 arrives',
    ]);
    expectDiagnostics(
      `${backbone}net Wide = Backbone but { conv1: 9 filters }\nnet N { INPUT 64x64x3 - Wide - RELU }`,
      ['CNN2065 at "Wide": Wide is Backbone with changes, which cannot stand in a chain'],
    );
  });

  test("CNN2064: has one input", () => {
    expectDiagnostics("net Pair { x: INPUT 8x8x3\n y: INPUT 8x8x3\n ADD { @x | @y } }\nnet B { INPUT 8x8x3 - Pair }", [
      'CNN2064 at "Pair": Pair has several inputs: only a net with one can stand in a chain',
    ]);
  });

  test("behind an unknown layer says nothing of its input", () => {
    expectDiagnostics(`${backbone}net N { INPUT 32x32x3 - TYPO - Backbone - FC-3 }`, [
      'CNN1004 at "TYPO": no layer is called TYPO',
    ]);
  });

  test("CNN2051: takes as many channels as its input has", () => {
    expectDiagnostics(`${backbone}net N { INPUT 64x64x1 - Backbone }`, [
      'CNN2051 at "Backbone": this net takes 3 channels, but 64x64x1 arrives',
    ]);
  });
});

describe("where an error came from", () => {
  const text = `block Bottleneck(c, s = 1) {
  ADD {
    | CONV1-c - BN - RELU - CONV3-c/s - BN - RELU - CONV1-(4*c) - BN
    | ID
  } - RELU
}
block Stage(Unit, c, n, s) { Unit(c, s) - Unit(c)*(n-1) }
net N {
  INPUT 56x56x256
  Stage(Bottleneck, 128, 4, 2)
}`;

  test("the frame shows the line in the block and the call, the notes the calls around it", () => {
    const [diagnostic, ...more] = compileText(text).diagnostics;
    expect(more).toEqual([]);
    expect(renderDiagnostic(diagnostic!)).toBe(`error[CNN2304]: the branches of ADD do not have one shape
 --> net.cnn:2:3
   |
 2 |   ADD {
   |   ^^^
 3 |     | CONV1-c - BN - RELU - CONV3-c/s - BN - RELU - CONV1-(4*c) - BN
   |                                                                   -- 28x28x512
 4 |     | ID
   |       -- 56x56x256
  ...
 7 | block Stage(Unit, c, n, s) { Unit(c, s) - Unit(c)*(n-1) }
   |                              ---------- in Bottleneck(128, 2)
   |
   = a projection makes them equal: CONV1-512/2
   = called from Stage(Bottleneck, 128, 4, 2) at net.cnn:10:3`);
  });

  test("is told once, however often the block is called", () => {
    expectDiagnostics("block B { CONV3-4 strid 2 }\nINPUT 8x8x3 - B*3 - B", [
      'CNN2002 at "strid": CONV has no attribute strid; it has filters, window, stride, pad, dilation, groups and bias',
    ]);
  });

  test("a block that nothing calls is read too", () => {
    expectDiagnostics("block Unused(c, Unit) { CONV3-d - Unit(c) }\nINPUT 8x8x3 - RELU", [
      'CNN2007 at "d": no variable is called d here; there is c',
    ]);
  });
});

describe("limits", () => {
  test("CNN2044: a block that calls itself, directly or through another", () => {
    expectDiagnostics("block A { CONV3-4 - A }\nINPUT 8x8x3 - A", ['CNN2044 at "A": A calls itself: A -> A']);
    expectDiagnostics("block A { B }\nblock B { RELU - A }\nINPUT 8x8x3 - A", [
      'CNN2044 at "A": A calls itself: A -> B -> A',
    ]);
    expectDiagnostics("fn f(x) = g(x) + 1\nfn g(x) = f(x - 1)\nINPUT 8 - FC-(f(3))", [
      'CNN2044 at "f": f calls itself: f -> g -> f',
    ]);
  });

  test("a block that is given to itself is no cycle where it ends", () => {
    const text = "block Twice(Unit) { Unit - Unit }\nblock R { RELU }\nINPUT 8x8x3 - Twice(Twice(Twice(R)))";
    expect(networkOf(text).nodes).toHaveLength(9);
  });

  test("CNN5009: one that is given to itself without end", () => {
    expectDiagnostics("block A(Unit) { Unit(Unit) }\nINPUT 8x8x3 - A(A)", [
      'CNN5009 at "Unit(Unit)": calls may be nested 64 deep, here they are nested deeper',
    ]);
    const { diagnostics } = compile("net.cnn", "block A { RELU }\nblock B { A }\nINPUT 8 - B", {
      limits: { blockDepth: 1 },
    });
    expect(diagnostics.map(say)).toEqual(['CNN5009 at "A": calls may be nested 1 deep, here they are nested deeper']);
  });

  test("CNN5011: calls that multiply end with a message, in a second", () => {
    const levels = Array.from({ length: 40 }, (_, level) => `block B${level + 1} { B${level} - B${level} }`);
    const start = performance.now();
    const text = ["block B0 { ID }", ...levels, "INPUT 8x8x3 - B40"].join("\n");
    const { diagnostics } = compile("net.cnn", text, { limits: { calls: 100_000 } });
    expect(diagnostics.map(({ code }) => code)).toEqual(["CNN5011"]);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("CNN5011: functions that multiply", () => {
    const levels = Array.from({ length: 40 }, (_, level) => `fn f${level + 1}(x) = f${level}(x) + f${level}(x)`);
    const text = ["fn f0(x) = x", ...levels, "INPUT 8 - FC-(f40(1))"].join("\n");
    const { diagnostics } = compile("net.cnn", text, { limits: { calls: 100_000 } });
    expect(diagnostics.map(({ code }) => code)).toEqual(["CNN5011"]);
  });

  test("CNN5010: repeats", () => {
    const { diagnostics } = compile("net.cnn", "INPUT 8 - [RELU]*11", { limits: { repeats: 10 } });
    expect(diagnostics.map(say)).toEqual(['CNN5010 at "11": a part may be repeated 10 times, not more']);
  });
});
