/** CNN2020: a bare sketch is reported once, and its fix completes it. */
import { describe, expect, test } from "vitest";
import { compileText, expectDiagnostics, fixed, networkOf } from "../harness.js";

describe("the sketch of slide 10", () => {
  const text = "[CONV-POOL-CONV-POOL-CONV-FC]";

  test("says what each layer still needs", () => {
    expectDiagnostics(text, [
      'CNN2020 at "CONV": net is a sketch: 6 of its layers leave sizes open, which have to be known before it can be compiled',
    ]);
    expect(compileText(text).diagnostics[0]!.notes).toEqual([
      "the net needs its INPUT, height x width x channels",
      "CONV (3 times) needs its number of filters and window",
      "POOL (2 times) needs its window",
      "FC needs its number of neurons",
    ]);
  });

  test("underlines every open layer", () => {
    expect(compileText(text).diagnostics[0]!.related).toHaveLength(5);
  });

  test("its fix writes the lines that are missing, and compiles", () => {
    expect(fixed(text)).toBe(
      "INPUT 32x32x3\ndefault CONV 16 3x3\ndefault POOL 2x2\ndefault FC 10\n[CONV-POOL-CONV-POOL-CONV-FC]",
    );
    expectDiagnostics(fixed(text), []);
    expect(networkOf(fixed(text)).nodes.map((node) => node.op)).toEqual([
      "input",
      "conv",
      "pool",
      "conv",
      "pool",
      "conv",
      "fc",
    ]);
  });
});

describe("the fix compiles wherever the sketch stands", () => {
  test.each([
    ["in a net over lines", "net A {\n  CONV-POOL\n  FC\n}"],
    ["in a net on one line", "net A { CONV-POOL-FC }"],
    ["behind its input", "INPUT 64x64x3 - CONV-POOL-FC"],
    ["behind its input on a line of its own", "INPUT 64x64x3\nCONV-POOL-FC"],
    ["with labels", "c: CONV - p: POOL - out: FC"],
    ["with some values", "CONV5-POOL-CONV-8-FC"],
    ["with a default line", "default CONV 5x5\nCONV-POOL-CONV-POOL-FC"],
    ["in a repeat", "[CONV - RELU - POOL]*3 - FC"],
    ["with many pools", "CONV-POOL-CONV-POOL-CONV-POOL-CONV-POOL-CONV-POOL-CONV-POOL-FC"],
    ["with the open input", "INPUT - CONV - FC"],
    ["with average pools", "CONV-AVGPOOL-FC"],
    ["with repeated pools", "[CONV-POOL]*6 - FC"],
  ])("%s", (_where, text) => {
    expect(compileText(text).diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["CNN2020"]);
    expect(compileText(fixed(text)).diagnostics.filter((diagnostic) => diagnostic.severity === "error")).toEqual([]);
  });
});

test("a net made from a sketch does not tell it again", () => {
  expect(
    compileText("net A { c: CONV - POOL }\nnet B = A but { c: 3x3 }").diagnostics.map((diagnostic) => diagnostic.code),
  ).toEqual(["CNN2020"]);
});
