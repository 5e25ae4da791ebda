/** Refactorings: what they write, and that the network is the same afterwards. */
import { describe, expect, test } from "vitest";
import { applyFix } from "../../src/base/diagnostics.js";
import { formatDimensions } from "../../src/ir/shape.js";
import { analyse } from "../../src/service/analysis.js";
import { refactorsAt } from "../../src/service/refactors/all.js";

/** The text after the refactoring of a title, at `^` or of what stands between two of them. */
function refactored(marked: string, title: RegExp): string | undefined {
  const [before, selected, after] = marked.split("^");
  const text = before! + selected! + (after ?? "");
  const analysis = analyse("net.cnn", text);
  const start = before!.length;
  const range = { start, end: after === undefined ? start : start + selected!.length };
  const found = refactorsAt(analysis, range).find((one) => title.test(one.title));
  if (!found) return undefined;
  const result = applyFix(text, { title: found.title, edits: [...found.edits] });
  expect(layersOf(result)).toEqual(layersOf(text));
  return result;
}

/** The layers of all nets in the order of the text, without their names. */
function layersOf(text: string): unknown[] {
  const { networks, diagnostics } = analyse("net.cnn", text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return networks.map(({ nodes }) =>
    nodes.map(({ op, args, inputs, type }) => [op, args, inputs, formatDimensions(type.shape)]),
  );
}

describe("annotate", () => {
  test("a layer and a block, with the size that is known", () => {
    expect(refactored("INPUT 8x8x3 - CO^NV3-4 - RELU", /annotate/)).toBe("INPUT 8x8x3 - CONV3-4 [8x8x4] - RELU");
    const block = "block B(c) { CONV3-c/2 }\nnet N { INPUT 8x8x3 - ^B(2) }";
    expect(refactored(block, /annotate/)).toContain("B(2) [4x4x2]");
  });

  test("not where it is there, nor in a block that is called with other sizes", () => {
    expect(refactored("INPUT 8x8x3 - CO^NV3-4 [8x8x4]", /annotate/)).toBeUndefined();
    expect(refactored("block B { R^ELU }\nnet N { INPUT 8x8x3 - B - CONV3-4 - B }", /annotate/)).toBeUndefined();
  });
});

describe("repeats", () => {
  test("written out", () => {
    expect(refactored("INPUT 8x8x3 - [CONV3-4 - ^RELU]*2 - FC-2", /rounds out/)).toBeUndefined();
    expect(refactored("INPUT 8x8x3 - [CONV3-4 - RELU]^*2 - FC-2", /rounds out/)).toBe(
      "INPUT 8x8x3 - CONV3-4 - RELU - CONV3-4 - RELU - FC-2",
    );
    expect(refactored("INPUT 8x8x3 - CONV3-4^*3", /rounds out/)).toBe("INPUT 8x8x3 - CONV3-4 - CONV3-4 - CONV3-4");
  });

  test("rolled up: the longest run around the place", () => {
    expect(refactored("INPUT 8x8x3 - CONV3-4 - RELU - CONV3-4 - R^ELU - FC-2", /as 2 rounds/)).toBe(
      "INPUT 8x8x3 - [CONV3-4 - RELU]*2 - FC-2",
    );
    expect(refactored("INPUT 8x8x3\nCONV3-4\nCON^V3-4\nCONV3-4\nFC-2", /as 3 rounds/)).toBe(
      "INPUT 8x8x3\nCONV3-4*3\nFC-2",
    );
    expect(refactored("INPUT 8x8x3 - CONV3-4 - ^RELU - CONV3-5", /rounds$/)).toBeUndefined();
  });
});

describe("blocks", () => {
  test("made of a selection: what it needs are parameters", () => {
    const text =
      "## Doc.\nnet N(c = 4) {\n  INPUT 8x8x3\n  e: CONV3-c\n  ^CONV3-c - RELU\n  ADD { @e | ID }^\n  FC-2\n}\n";
    expect(refactored(text, /make a block/)).toBe(
      "block Block(c, @e) {\n  CONV3-c - RELU\n  ADD { @e | ID }\n}\n\n## Doc.\nnet N(c = 4) {\n  INPUT 8x8x3\n  e: CONV3-c\n  Block(c, @e)\n  FC-2\n}\n",
    );
  });

  test("not of what others read, nor of an INPUT", () => {
    const labelled = "net N {\n  INPUT 8x8x3\n  ^e: CONV3-4^\n  ADD { @e | ID }\n}";
    expect(refactored(labelled, /make a block/)).toBeUndefined();
    expect(refactored("net N {\n  ^INPUT 8x8x3 - CONV3-4^\n}", /make a block/)).toBeUndefined();
  });

  test("put in the place of a call, with its arguments", () => {
    const block = "block B(c, s = 1) { CONV3-c/s - BN - CONV1-(4*c) }\n";
    const net = (call: string) => `${block}net N { INPUT 8x8x3 - ${call} - FC-2 }`;
    expect(refactored(net("^B(2 + 1)"), /body of B/)).toBe(net("[CONV3-(2 + 1)/1 - BN - CONV1-(4*(2 + 1))]"));
    expect(refactored(net("^B(s = 2, c = 4)*2"), /body of B/)).toBe(net("[CONV3-4/2 - BN - CONV1-(4*4)]*2"));
  });
});
