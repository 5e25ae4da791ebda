/** `?` marks a hole, which an annotation fills where one answer exists (LANGUAGE section 4). */
import { describe, expect, test } from "vitest";
import { compileText, expectDiagnostics, networkOf } from "../harness.js";

const argsOf = (text: string) => networkOf(text).nodes.at(-1)!.args;

describe("one answer", () => {
  test.each([
    // (8 - 3 + 2p)/1 + 1 = 8 only for p = 1
    [
      "a padding",
      "INPUT 8x8x3\n[8x8x4] CONV3-4 pad ?",
      "pad",
      { kind: "explicit", before: [1, 1], after: [1, 1] },
      "pad 1",
    ],
    // (227 - 11)/s + 1 = 55, rounded down, only for s = 4
    [
      "a stride",
      "INPUT 227x227x3\n[55x55x96] CONV1: 96 11x11 filters at stride ?, pad 0",
      "stride",
      [4, 4],
      "stride 4",
    ],
    ["a count", "INPUT 8x8x3\n[8x8x4] CONV3-?", "filters", 4, "4 filters"],
  ])("%s", (_what, text, name, value, told) => {
    expect(argsOf(text)[name]).toEqual(value);
    const [found] = compileText(text).diagnostics;
    expect(found!.code).toBe("CNN3202");
    expect(found!.severity).toBe("info");
    expect(found!.args["values"]).toBe(told);
  });

  test("a net made with but keeps it", () => {
    const text = "net A {\n INPUT 8x8x3\n [8x8x4] c: CONV3-4 pad ?\n}\nnet B = A but { c: 9 filters }";
    expect(networkOf(text, "B").nodes[1]!.args["pad"]).toEqual({ kind: "explicit", before: [1, 1], after: [1, 1] });
  });
});

test("CNN2027: several answers are listed", () => {
  // (227 - 11 + 2*pad)/4 + 1 is 55 for pad 0 and, rounded down, for pad 1.
  expectDiagnostics("INPUT 227x227x3\n[55x55x96] CONV1: 96 11x11 filters at stride ?, pad ?", [
    'CNN2027 at "stride ?": several ways lead CONV1 to 55x55x96: stride 4, pad 0 | stride 4, pad 1',
  ]);
});

test("CNN2026: no answer", () => {
  expectDiagnostics("INPUT 8x8x3\n[9x9x4] CONV1: 4 3x3 filters at stride ?, pad 0", [
    'CNN2026 at "stride ?": no stride of CONV1 gives the annotated 9x9x4',
  ]);
});

test("CNN2025: nothing to solve it by", () => {
  expectDiagnostics("INPUT 8x8x3\nCONV3-4 stride ?", [
    'CNN2025 at "stride ?": CONV leaves its stride open with ?: an annotation such as [55x55x96] has to say what comes out',
  ]);
  expect(compileText("INPUT 8x8x3\n[8x8x3] LRN alpha ?").diagnostics.map(({ code }) => code)).toEqual(["CNN2025"]);
});
