/** What the lexer, the parser and the AST builder report: code, the text that is underlined, message. */
import { describe, expect, test } from "vitest";
import { compileText, describe as say, expectDiagnostics, expectShape, fixed } from "../harness.js";

const codes = (text: string) => compileText(text).diagnostics.map((diagnostic) => diagnostic.code);

describe("CNN1001: a character that the language does not use", () => {
  test("names it", () => {
    expectDiagnostics("INPUT 8x8x3 - RELU § - TANH", ['CNN1001 at "§": the language has no use for § here']);
  });

  test("is one message for a line", () => {
    expectDiagnostics("INPUT 8x8x3 - “RELU” § - TANH", ['CNN1001 at "“": the language has no use for “ ” § here']);
  });

  test("shows what cannot be seen as its number", () => {
    expect(compileText("INPUT 8x8x3 - RELU\u0001").diagnostics.map(say)).toEqual([
      expect.stringMatching("the language has no use for U\\+0001 here"),
    ]);
  });

  test("byte order marks and the spaces of word processors are spaces", () => {
    expectShape("\ufeffINPUT\u00a08x8x3\u2009-\u202fRELU", "8x8x3");
  });
});

describe("CNN1002: something else was expected", () => {
  test.each([
    ["net A INPUT 8x8x3", "INPUT", "expected { ... } or = and the name of a net, found INPUT"],
    ["net A =", "=", "expected a name, found the end of the file"],
    ["net A { INPUT 3 - FC-2 }\nnet B = A but", "t", "expected {, found the end of the file"],
    ["net A { INPUT 3 - a: FC-2 }\nnet B = A but { a 3 }", "3", "expected a colon, found 3"],
    ["net A { INPUT 3 - a: FC-2 }\nnet B = A but { a: }", "}", "expected what changes, such as 7x7 stride 2, found }"],
    ["INPUT 8x8x3 - 64", "64", "expected a layer, a dash or a new line, found 64"],
    ["INPUT 8x8x3\n= RELU", "=", "expected a layer, a dash or a new line, found ="],
    [
      "INPUT 8x8x3 - [RELU]*",
      "*",
      "expected a number, a variable or an expression in parentheses, found the end of the file",
    ],
    ["INPUT 8x8x3 - CONV3-(2+) - RELU", ")", "expected a number, a variable or an expression in parentheses, found )"],
    ["INPUT 8x8x3\nTOTAL", "L", "expected a claim such as params: 138M, found the end of the file"],
  ])("%s", (text, underlined, message) => {
    expectDiagnostics(text, [`CNN1002 at ${JSON.stringify(underlined)}: ${message}`]);
  });
});

describe("CNN1003 and CNN1005: brackets", () => {
  test.each([
    ["INPUT 8x8x3 - [RELU - TANH", "[", "this [ is never closed: a ] is missing"],
    ["net A { INPUT 8x8x3 - RELU", "{", "this { is never closed: a } is missing"],
    ["INPUT 8x8x3 - CONV3-(2 - RELU", "(", "this ( is never closed: a ) is missing"],
    ["net A {\n INPUT 8x8x3 - [RELU\n}", "[", "this [ is never closed: a ] is missing"],
    ["INPUT 8x8x3 - [[RELU]*2 - TANH\nFC-3", "[", "this [ is never closed: a ] is missing"],
  ])("CNN1003: %s", (text, underlined, message) => {
    expectDiagnostics(text, [`CNN1003 at ${JSON.stringify(underlined)}: ${message}`]);
  });

  test.each([
    ["INPUT 8x8x3 - RELU] - TANH", "]", "this ] closes nothing: no [ is open here"],
    ["INPUT 8x8x3 - RELU\n}\nTANH", "}", "this } closes nothing: no { is open here"],
    ["INPUT 8x8x3 - CONV3-4) - RELU", ")", "this ) closes nothing: no ( is open here"],
  ])("CNN1005: %s", (text, underlined, message) => {
    expectDiagnostics(text, [`CNN1005 at ${JSON.stringify(underlined)}: ${message}`]);
  });

  test("a net that is never closed is one mistake, also where another follows", () => {
    expectDiagnostics("net A {\n INPUT 8x8x3 - RELU\nnet B { INPUT 8x8x3 - RELU }", [
      'CNN1003 at "{": this { is never closed: a } is missing',
    ]);
  });

  test("what stands behind a closing bracket too many is still checked", () => {
    expect(codes("INPUT 8x8x3 - RELU]\nCONV3-4 strid 2\nLSTM")).toEqual(["CNN1005", "CNN2002", "CNN1004"]);
  });
});

describe("CNN1006: two layers with nothing between them", () => {
  test("offers the dash", () => {
    const text = "INPUT 8x8x3 - CONV3-4 RELU - TANH";
    expectDiagnostics(text, [
      'CNN1006 at "RELU": CONV3-4 and RELU stand side by side: write a dash or a new line between them',
    ]);
    expect(fixed(text)).toBe("INPUT 8x8x3 - CONV3-4 - RELU - TANH");
    expectShape(fixed(text), "8x8x4");
  });

  test("for groups", () => {
    const text = "INPUT 8x8x3 - [RELU][TANH]";
    expect(codes(text)).toEqual(["CNN1006"]);
    expectShape(fixed(text), "8x8x3");
  });
});

describe("CNN1007: a dash with nothing beside it", () => {
  test.each([
    ["- INPUT 8x8x3 - RELU", "INPUT 8x8x3 - RELU"],
    ["INPUT 8x8x3 - RELU -", "INPUT 8x8x3 - RELU"],
    ["INPUT 8x8x3 - - RELU", "INPUT 8x8x3 - RELU"],
    ["INPUT 8x8x3 - [- RELU]", "INPUT 8x8x3 - [RELU]"],
    ["INPUT 8x8x3 - [RELU -]", "INPUT 8x8x3 - [RELU]"],
    ["INPUT 8x8x3 -> -> RELU", "INPUT 8x8x3 -> RELU"],
  ])("%s", (text, meant) => {
    const found = compileText(text).diagnostics.map(say);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^CNN1007 at "(-|->)": a layer is missing here: a dash joins two layers$/);
    expect(fixed(text).replace(/\s+/g, "")).toBe(meant.replace(/\s+/g, ""));
    expectShape(fixed(text), "8x8x3");
  });
});

describe("CNN1008: a claim without a figure", () => {
  test("on a layer", () => {
    expectDiagnostics("INPUT 8x8x3 - RELU memory: lots", [
      'CNN1008 at "memory: lots": memory: claims nothing: a number such as 1,728, 150K or 3.2M has to follow',
    ]);
  });

  test("on TOTAL", () => expect(codes("INPUT 8x8x3 - RELU\nTOTAL params: many")).toEqual(["CNN1008"]));
});

describe("CNN1010: a file without a network", () => {
  test.each([
    ["empty", ""],
    ["blank", " \n\t\n"],
    ["a comment", "# nothing yet"],
    ["only defaults", "default CONV 3x3"],
  ])("%s", (_what, text) => {
    expectDiagnostics(text, ['CNN1010 at "": net.cnn describes no network']);
  });
});

describe("CNN1012: what stands where it means nothing", () => {
  test.each([
    ["net A { INPUT 8x8x3 - RELU\n block B { RELU } }", "B", "a block cannot stand inside of a net"],
    ["block B { RELU\n fn f(x) = x }", "f", "a function cannot stand inside of a block"],
    ["block B { RELU\n assert params < 5 }", "assert params < 5", "assert cannot stand inside of a block"],
    ["INPUT 8x8x3 - ADD { RELU\n train { batch 3 } | ID }", "train { batch 3 }", "train cannot stand inside of braces"],
    ["net A { INPUT 8x8x3\n use std\n RELU }", "use std", "use cannot stand inside of a net"],
  ])("%s", (text, place, message) => {
    const found = compileText(text).diagnostics.map(say);
    expect(found).toEqual([expect.stringContaining(`CNN1012 at "${place}": ${message}: write it`)]);
  });
});

test("CNN1012: a net inside of a net", () => {
  expectDiagnostics("net A {\n INPUT 8x8x3 - RELU\n net B { INPUT 8x8x3 }\n}", [
    'CNN1012 at "B": a net cannot stand inside of a net: write it before or behind',
  ]);
  expectDiagnostics("INPUT 8x8x3 - [default CONV 4 3x3\nCONV]*2", [
    'CNN1012 at "default CONV 4 3x3": a default line cannot stand inside of [ ]: write it before the group',
  ]);
  expectDiagnostics("INPUT 8x8x3 - [RELU]*2 params: 0", [
    'CNN1012 at "params: 0": a claim cannot stand behind a group: write it behind a layer, or in a TOTAL line',
  ]);
});

describe("CNN1013: a group in other brackets is read as one", () => {
  test.each([
    ["(", ")"],
    ["{", "}"],
  ])("%s %s", (open, close) => {
    const text = `INPUT 8x8x3\n${open}CONV3-4 - RELU${close}*2 - POOL2`;
    expectDiagnostics(text, [`CNN1013 at "${open}": groups stand in [ ], not in ${open} ${close}`]);
    expectDiagnostics(fixed(text), []);
  });
});

describe("CNN1014: a misspelt keyword is read as what was meant", () => {
  test("net", () => {
    const text = "nett VGG16(classes = 10) {\n INPUT 8x8x3 - FC-classes\n}";
    expectDiagnostics(text, ['CNN1014 at "nett": nett is no word of the language: did you mean net?']);
    expectDiagnostics(fixed(text), []);
  });

  test("default", () => {
    const text = "defalt CONV 3x3\nINPUT 8x8x3 - CONV-4";
    expectDiagnostics(text, ['CNN1014 at "defalt": defalt is no word of the language: did you mean default?']);
    expectDiagnostics(fixed(text), []);
  });
});

test("CNN5005: brackets nested too deeply, open or closed", () => {
  const deep = (depth: number) => `INPUT 8x8x3 - ${"[".repeat(depth)}RELU${"]".repeat(depth)}`;
  expectDiagnostics(deep(32), []);
  expectDiagnostics(deep(33), ['CNN5005 at "[": brackets may be nested 32 deep, here they are nested deeper']);
  for (const text of ["[".repeat(5000), "net A{".repeat(5000), `FC-${"(".repeat(5000)}`]) {
    expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(["CNN5005"]);
  }
});

test("CNN5006: more terms than are walked", () => {
  expectDiagnostics(`INPUT 8 - FC-(${"1+".repeat(255)}1)`, []);
  for (const operator of ["+", "*", "^"]) {
    const { diagnostics } = compileText(`INPUT 8 - FC-(${`1${operator}`.repeat(100_000)}1)`);
    expect(diagnostics.map(({ code }) => code)).toEqual(["CNN5006"]);
  }
});

test("CNN1006: a repeat without its star", () => {
  const text = "INPUT 8x8x3\n[CONV3-4 - RELU] x2\nPOOL2";
  expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(["CNN1006"]);
  expect(fixed(text)).toBe("INPUT 8x8x3\n[CONV3-4 - RELU]*2\nPOOL2");
});
