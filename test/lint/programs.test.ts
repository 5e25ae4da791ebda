/** The rules that look at what was written: names, defaults, repeats. */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { lintProgram } from "../../src/lint/lint-program.js";
import { expectFindings } from "../harness.js";

describe("unused-name", () => {
  test("a stride that a unit takes and does not use", () => {
    expectFindings("block Unit(c, s = 1) { CONV3-c - RELU }\nINPUT 8x8x3 - Unit(16, 2) - GAP - FC-10", [
      'CNN3142 at "s": nothing in Unit uses the parameter s',
    ]);
  });

  test("variables, counters, labels that are parameters", () => {
    expectFindings(
      "let k = 3\nblock B(c, @skip) { CONV3-c - RELU }\nINPUT 8x8x3\na: CONV3-8 - RELU\n[B(8, @a)]*2 as i - GAP - FC-10",
      [
        'CNN3142 at "k": nothing uses the variable k',
        'CNN3142 at "skip": nothing in B uses the parameter @skip',
        'CNN3142 at "i": nothing uses the counter i',
      ],
    );
  });

  test("what is used by its value, in a window, a condition, a default, a setting or an assertion", () => {
    expectFindings(
      `let rate = 0.01
let most = 10K
fn twice(v) = 2*v
block Unit(c, k = 3, s = 1) { if s != 1 { CONV c k x k stride s } else { CONV c k x k } }
block Twice(U, c, n = twice(1)) { U(c)*n - RELU }
INPUT 8x8x3 - Twice(Unit, 8) - GAP - FC-10
assert params < most
train { optimizer sgd lr (rate) }`,
      [],
      { rules: { "linear-after-linear": "off" } },
    );
  });

  test("parameters of a block that is handed on are what others call it with", () => {
    expectFindings(
      "block Plain(c, s) { CONV3-c - RELU }\nblock Stage(U, c) { U(c, 1)*2 }\nINPUT 8x8x3 - Stage(Plain, 8) - GAP - FC-10",
      [],
    );
  });

  test("names with a dash below in front are meant to be unused", () => {
    expectFindings("block Unit(c, _s) { CONV3-c - RELU }\nINPUT 8x8x3 - Unit(16, 2) - GAP - FC-10", []);
  });

  test("blocks and functions, beside nets alone", () => {
    expectFindings("fn half(v) = v / 2\nblock B(c) { CONV3-c }\nnet N { INPUT 8x8x3 - GAP - FC-10 }", [
      'CNN3143 at "half": nothing in this file uses the function half',
      'CNN3143 at "B": nothing in this file uses the block B',
    ]);
    expectFindings("fn half(v) = v / 2\nblock B(c) { CONV3-c }", []);
  });
});

describe("unused-label", () => {
  test("a level of a U-Net that is not taken up again", () => {
    expectFindings(
      `INPUT 32x32x1
e1: CONV3-8 - RELU - POOL2
e2: CONV3-16 - RELU - POOL2
CONV3-16 - RELU - UPSAMPLE 4 - CONCAT { @e1 | ID } - CONV1-2`,
      ['CNN3144 at "e2": nothing reads @e2, although @e1 are read'],
    );
  });

  test("a series of names of its own: the way down of a pyramid is read, the way up is named alike", () => {
    expectFindings(
      `INPUT 32x32x1
c1: CONV3-8 - RELU - POOL2
CONV3-16 - RELU - POOL2
p2: CONV1-8
p1: ADD { UPSAMPLE2 | @c1 - POOL2 }
CONV3-8 - GAP - FC-2`,
      [],
    );
  });

  test("names for reports, and for changes", () => {
    expectFindings("INPUT 32x32x1\nCONV1: CONV3-8 - RELU - GAP\nfc: FC-10", []);
    expectFindings(
      "net A {\nINPUT 32x32x1\na: CONV3-8 - RELU\nb: CONV3-8 - RELU - CONCAT { @a | ID } - GAP - FC-2\n}\nnet B = A but { b: 16 filters }",
      [],
    );
  });
});

describe("unused-default", () => {
  test("convolutions are all in a block above it", () => {
    expectFindings(
      "block Unit(c) { CONV3-c no bias - BN - RELU }\nnet N {\ndefault CONV no bias\nINPUT 8x8x3 - Unit(8) - GAP - FC-10\n}",
      ['CNN3145 at "default CONV no bias": no CONV stands behind this default, up to the end of its braces'],
    );
  });

  test("another default is no layer", () => {
    const line =
      'CNN3145 at "default DWCONV no bias": no DWCONV stands behind this default, up to the end of its braces';
    expectFindings("default DWCONV no bias\ndefault DWCONV no bias\nINPUT 8x8x3 - GAP - FC-10", [line, line]);
  });

  test("a layer that is handed on, and another name for the same layer", () => {
    expectFindings(
      "default BN eps 1e-3\nblock U(N) { CONV3-8 no bias - N - RELU }\nINPUT 8x8x3 - U(BN) - GAP - FC-10",
      [],
    );
    expectFindings("default POOL 3x3 /2\nINPUT 9x9x3 - CONV3-8 - RELU - MAXPOOL - GAP - FC-10", []);
  });
});

describe("unused-use", () => {
  test("a block of std that was written out", () => {
    expectFindings("use std\nblock Unit(c) { CONV3-c - RELU }\nINPUT 8x8x3 - Unit(max(8, 4)) - GAP - FC-10", [
      'CNN3146 at "use std": nothing of std is used: all names are declared in this file',
    ]);
  });

  test("a function or a block of it", () => {
    expectFindings("use std\nINPUT 8x8x3 - CONV3-(divisible(30)) - RELU - GAP - FC-10", []);
    expectFindings("use std\nblock U(c, s) { CONV3-c/s }\nINPUT 8x8x3 - Residual(U, 8) - RELU - GAP - FC-10", []);
  });

  test.each(["SE", "U"])("a block that is called as a layer might be: %s", (name) => {
    const resolve = () => ({ path: "dep.cnn", text: `block ${name}(r) { CONV1-r - RELU }\n` });
    const of = (text: string) => lintProgram(compile("net.cnn", text, { resolve })).map(({ code }) => code);
    expect(of(`use "./dep.cnn"\nINPUT 8x8x3 - ${name}(4) - GAP - FC-10\n`)).toEqual([]);
    expect(of('use "./dep.cnn"\nINPUT 8x8x3 - CONV1-4 - RELU - GAP - FC-10\n')).toEqual(["CNN3146"]);
  });
});

describe("shadowed-name", () => {
  test("a let within an if", () => {
    expectFindings(
      "net N(big = true, c = 8) {\nif big { let c = 64\nINPUT 8x8x3 - CONV3-c } else { INPUT 8x8x3 - CONV3-c }\nRELU - GAP - FC-c\n}",
      ['CNN3147 at "c": c hides the c of the braces around it'],
    );
  });

  test("parameters of two blocks", () => {
    expectFindings("block A(c) { CONV3-c - RELU }\nblock B(c) { A(c) }\nINPUT 8x8x3 - B(8) - GAP - FC-10", []);
  });
});

describe("magic-number", () => {
  const heads = "INPUT 8x8x3 - CONV3-8 - RELU\noutput a = GAP - FC-37\noutput b = GAP - FC-37\nGAP - FC-37";

  test("the heads of a GoogLeNet, where it is asked for", () => {
    const says = ['CNN3148 at "37": 37 neurons are written in 3 places: a parameter would have them in one'];
    expectFindings(heads, says, { rules: { "magic-number": "info" } });
    expectFindings(heads, []);
  });

  test("a number that stands twice", () => {
    expectFindings("INPUT 8x8x3 - FC-84 - RELU - FC-84", [], { rules: { "magic-number": "info" } });
  });
});

describe("repeat-once", () => {
  test("once and never", () => {
    expectFindings("INPUT 8x8x3 - [CONV3-8 - RELU]*1 - [TANH]*0 - GAP - FC-10", [
      'CNN3149 at "1": *1 repeats nothing',
      'CNN3149 at "0": *0 leaves out what stands before it',
    ]);
  });

  test("a number that comes out as 1", () => {
    expectFindings("block S(n) { [CONV3-8 - RELU]*n - [CONV3-8 - RELU]*(n-1) }\nINPUT 8x8x3 - S(1) - GAP - FC-10", []);
  });
});
