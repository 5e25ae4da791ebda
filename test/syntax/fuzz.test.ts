/** Whatever the text: no exception, no long wait, places inside of the text, fixes that can be applied. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyFix, diagnosticToJson, messageOf } from "../../src/base/diagnostics.js";
import { renderDiagnostic } from "../../src/base/frame.js";
import { compile } from "../../src/compile.js";
import { dumpNetwork } from "../../src/ir/dump.js";

const WORDS = [
  "INPUT 32x32x3",
  "INPUT",
  "32x32x3",
  "HxWx3",
  "CONV",
  "CONV3",
  "CONV3-64",
  "CONV3-c",
  "CONV-(2*c)",
  "CONV1:",
  "MAX POOL1:",
  "POOL2",
  "AVG POOL",
  "FC-10",
  "FC",
  "GAP",
  "RELU",
  "ReLU",
  "relu",
  "BN",
  "DROPOUT 0.5",
  "SOFTMAX",
  "LSTM",
  "ADD {",
  "A",
  "B",
  "net",
  "net A {",
  "net B = A but {",
  "default",
  "TOTAL",
  "memory:",
  "params:",
  "3.2M",
  "1,728",
  "224*224",
  "-",
  "->",
  "\n",
  "\n",
  "[",
  "]",
  "*2",
  "*0",
  "*",
  "*n",
  "{",
  "}",
  "(",
  ")",
  "|",
  "[4096]",
  "[8x8x16]",
  "stride",
  "stride 2",
  "pad",
  "half",
  "same",
  "pad 1",
  "/2",
  "/",
  "?",
  ",",
  ":",
  "=",
  "# x",
  "## d",
  "@e1",
  "block",
  "x",
  "×",
  "filters",
  "no",
  "bias",
  "0",
  "3",
  "1.5",
  "-1",
  "c",
  "n",
  "(c = 3)",
  "^",
  "%",
  "//",
  "+",
  "if",
  "train",
  "“",
  "\u0000",
  "é",
  "😀",
  "\t",
  "\r",
];
const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 80 });
const joined = fc.tuple(soup, fc.constantFrom(" ", "", " - ")).map(([words, glue]) => words.join(glue));

function check(text: string): void {
  const start = performance.now();
  const { diagnostics, networks } = compile("net.cnn", text, { limits: { layers: 2_000 } });
  for (const diagnostic of diagnostics) {
    const { span, related } = diagnostic;
    expect(messageOf(diagnostic)).not.toMatch(/undefined|NaN|\[object/);
    for (const place of [span, ...related.map((other) => other.span)]) {
      expect(place.start).toBeGreaterThanOrEqual(0);
      expect(place.end).toBeGreaterThanOrEqual(place.start);
      expect(place.end).toBeLessThanOrEqual(text.length);
    }
    renderDiagnostic(diagnostic);
    JSON.stringify(diagnosticToJson(diagnostic), (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const fix of diagnostic.fixes) applyFix(text, fix);
  }
  networks.forEach(dumpNetwork);
  expect(performance.now() - start).toBeLessThan(1000);
}

describe("compile never throws, and takes no second", () => {
  test("on token soups", () => {
    fc.assert(fc.property(joined, check), { numRuns: 800, seed: 1 });
  });

  test("on any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), check), { numRuns: 300, seed: 1 });
    fc.assert(fc.property(fc.string({ maxLength: 400 }), check), { numRuns: 300, seed: 1 });
  });

  test("on examples cut anywhere", () => {
    const text =
      "net A(c = 4) {\n  INPUT: [32x32x3] memory: 32*32*3=3K\n  [CONV3-c - RELU]*2 - POOL2 [16x16x4]\n  c1: 96 11x11 filters at stride 4 (x y)\n}\nnet B = A(3) but {\n  c1: 7x7\n}\nTOTAL params: 1M";
    for (let end = 0; end <= text.length; end++) check(text.slice(0, end));
    for (let start = 0; start <= text.length; start++) check(text.slice(start));
  });

  test("on the words that every JavaScript object knows", () => {
    for (const word of ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"]) {
      for (const text of [
        word,
        `INPUT 3 - FC-${word}`,
        `INPUT 8x8x3 - CONV3-4 ${word} 3`,
        `INPUT 8 - BN no ${word}`,
        `INPUT 3 - FC-(${word}(2))`,
        `INPUT 3 - ${word}: FC-2`,
        `net ${word} = ${word} but { ${word}: 3 }`,
      ]) {
        check(text);
        const messages = compile("net.cnn", text).diagnostics.map(messageOf).join();
        expect(messages).not.toMatch(/native code|object Object/);
      }
    }
    expect(compile("net.cnn", "net constructor(valueOf = 3) { INPUT 3 - toString: FC-valueOf }").diagnostics).toEqual(
      [],
    );
  });

  test("on deep nesting", () => {
    for (const depth of [50, 200, 900]) {
      check(`INPUT 8x8x3 - ${"[".repeat(depth)}RELU${"]".repeat(depth)}`);
      check(`INPUT 8x8x3 - ${"[".repeat(depth)}RELU`);
      check(`INPUT 8x8x3 - FC-${"(".repeat(depth)}3${")".repeat(depth)}`);
      check("net A {".repeat(depth) + "}".repeat(depth));
    }
  });

  test("on 2,000 characters of one kind", () => {
    for (const piece of [
      "[",
      "]",
      "{",
      "(",
      ")",
      "-",
      "*2",
      "*9",
      "[]",
      "[RELU]*2-",
      "-> ",
      "\n",
      "net ",
      "net A{",
      "CONV3-(",
      "((",
      "1",
      "A",
      "x",
      "1x",
      ": ",
      "a: ",
      "memory: ",
      "TOTAL ",
      "#",
      "?",
      "/",
      "- - ",
      "RELU ",
      "A=A\n",
      "net A=A\n",
      "pad ",
      "^2",
      "FC-(1+",
      "FC-(2^",
      "[4096]",
      "FC:",
      "|",
      "@",
      "“",
    ]) {
      check(piece.repeat(Math.floor(2000 / piece.length)));
      check(`INPUT 32x32x3 - ${piece.repeat(Math.floor(1900 / piece.length))}`);
    }
  });
});
