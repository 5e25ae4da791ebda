/** LANGUAGE section 4: a size in square brackets is checked, and fills what the layer leaves open. */
import { describe, expect, test } from "vitest";
import {
  compileText,
  describe as say,
  expectDiagnostics,
  expectShape,
  fixed,
  networkOf,
  shapesOf,
} from "../harness.js";

describe("where an annotation may stand", () => {
  test.each([
    ["before a layer", "[32x32x3] INPUT - [32x32x8] CONV3-8"],
    ["after a layer", "INPUT 32x32x3 [32x32x3] - CONV3-8 [32x32x8]"],
    ["behind the colon", "INPUT: [32x32x3]\nCONV3-8: [32x32x8]"],
    ["before a group", "INPUT 32x32x3 - [32x32x8] [CONV3-8 - RELU]"],
    ["after a group", "INPUT 32x32x3 - [CONV3-8 - RELU] [32x32x8]"],
    ["after a repeat", "INPUT 32x32x3 - [CONV3-8 - RELU]*2 [32x32x8]"],
    ["alone between two dashes", "INPUT 32x32x3 - CONV3-8 - [32x32x8] - RELU"],
    ["behind a label", "INPUT 32x32x3 - c: [32x32x8] CONV3-8"],
    ["on both sides", "INPUT 32x32x3 - [32x32x8] CONV3-8 [32x32x8]"],
  ])("%s", (_where, text) => expectShape(text, "32x32x8"));

  test("after a repeat it is the size of the last round", () => {
    expectShape("INPUT 32x32x3 - POOL2*3 [4x4x3]", "4x4x3");
    expectShape("INPUT 32x32x3 - [CONV3-8 - POOL2]*3 [4x4x8]", "4x4x8");
  });
});

describe("it is checked", () => {
  test("on a layer, with the formula and what would give the annotated size", () => {
    const text = "INPUT 227x227x3\n[56x56x96] CONV1: 96 11x11 filters at stride 4, pad 0";
    expectDiagnostics(text, ['CNN2101 at "[56x56x96]": CONV1 gives 55x55x96, the annotation says 56x56x96']);
    const [diagnostic] = compileText(text).diagnostics;
    expect(diagnostic!.severity).toBe("error");
    expect(diagnostic!.notes).toEqual(["height and width: (227 - 11 + 2*0)/4 + 1 = 55"]);
    // (227 - 11 + 2*2)/4 + 1 = 56; no other stride does: 216/s + 1 = 56 needs s between 3.86 and 3.93.
    expect(diagnostic!.fixes.map((fix) => fix.title)).toEqual(["write [55x55x96]", "or pad 2, which gives 56x56x96"]);
    expectShape(fixed(text, 0), "55x55x96");
    expectShape(fixed(text, 1), "56x56x96");
  });

  test("a stride that gives the annotated size is offered", () => {
    const text = "INPUT 227x227x3\nCONV11-96/2 pad 0 [55x55x96]";
    // 216/4 + 1 = 55 with stride 4. With stride 2 a padding of 0 to 10 gives at least 109.
    expect(compileText(text).diagnostics[0]!.fixes.map((fix) => fix.title)).toEqual([
      "write [109x109x96]",
      "or stride 4, which gives 55x55x96",
    ]);
    expectShape(fixed(text, 1), "55x55x96");
  });

  test("a count that gives the annotated size is offered", () => {
    const text = "INPUT 8x8x3 - CONV3-16 [8x8x32]";
    expectDiagnostics(text, ['CNN2101 at "[8x8x32]": CONV gives 8x8x16, the annotation says 8x8x32']);
    expect(fixed(text, 0)).toBe("INPUT 8x8x3 - CONV3-16 [8x8x16]");
    expect(fixed(text, 1)).toBe("INPUT 8x8x3 - CONV3-32 [8x8x32]");
  });

  test("on a group", () => {
    const text = "INPUT 8x8x3 - [CONV3-16 - POOL2]*2 [4x4x16]";
    expectDiagnostics(text, ['CNN2101 at "[4x4x16]": the group gives 2x2x16, the annotation says 4x4x16']);
    expectShape(fixed(text), "2x2x16");
  });

  test("between two dashes", () => {
    const text = "INPUT 8x8x3 - RELU - [8x8x4] - TANH";
    expect(compileText(text).diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["CNN2101"]);
    expect(fixed(text)).toBe("INPUT 8x8x3 - RELU - [8x8x3] - TANH");
  });

  test("height and width apart", () => {
    const [diagnostic] = compileText("INPUT 8x10x3 - CONV3-4 [8x8x4]").diagnostics;
    expect(diagnostic!.notes).toEqual(["height: (8 - 3 + 2*1)/1 + 1 = 8", "width: (10 - 3 + 2*1)/1 + 1 = 10"]);
  });

  test("[1x1x4096] and [4096] are the same for a vector, for a map they are not", () => {
    expectShape("INPUT 8x8x3 - FC-4096 [1x1x4096]", "4096");
    expectShape("INPUT 8x8x3 - FC-4096 [4096]", "4096");
    expectShape("INPUT 8x8x3 - GAP [1x1x3]", "3");
    expectDiagnostics("INPUT 8x8x3 - POOL8 [3]", ['CNN2101 at "[3]": POOL gives 1x1x3, the annotation says 3']);
  });

  test("one mistake is told once, also where the annotations behind it agree with it", () => {
    const text =
      "INPUT 227x227x3\nCONV1: 96 11x11 filters at stride 4 pad 0 [56x56x96]\nRELU [56x56x96]\nPOOL3/2 [27x27x96]";
    expectDiagnostics(text, ['CNN2101 at "[56x56x96]": CONV1 gives 55x55x96, the annotation says 56x56x96']);
  });

  test.each([
    ["before and after, the second wrong", "INPUT 8x8x3 - [8x8x3] RELU [8x8x4]"],
    ["before and after, the first wrong", "INPUT 8x8x3 - [8x8x4] RELU [8x8x3]"],
    ["behind the colon and at the end", "INPUT 8x8x3\nRELU: [8x8x3] [8x8x4]"],
    ["on the input", "[8x8x3] INPUT [8x8x4]"],
    ["around a group", "INPUT 8x8x3 - [8x8x3] [RELU] [8x8x4]"],
  ])("every one of several: %s", (_where, text) => {
    expect(compileText(text).diagnostics.map(say)).toEqual([expect.stringContaining('CNN2101 at "[8x8x4]"')]);
  });

  test("two mistakes are two", () => {
    const text = "INPUT 32x32x3\nCONV3-8 [32x32x9]\nPOOL2 [16x16x8]\nCONV3-8 [17x17x8]";
    expect(compileText(text).diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["CNN2101", "CNN2101"]);
  });
});

describe("it fills", () => {
  test("a count", () => {
    expectShape("INPUT 8x8x3 - FC: [1x1x4096]", "4096");
    expectShape("INPUT 8x8x3 - CONV3 [8x8x5]", "8x8x5");
  });

  test("an input's size", () => expectShape("[8x8x3] INPUT", "8x8x3"));

  test("a padding that is not written, and says so", () => {
    const text = "[32x32x3] INPUT\n[28x28x6] CONV: 6 5x5x3 filters";
    expect(shapesOf(text)).toEqual(["32x32x3", "28x28x6"]);
    expectDiagnostics(text, ['CNN3201 at "CONV": CONV has pad 0, the padding that gives the annotated 28x28x6']);
    expect(compileText(text).diagnostics[0]!.severity).toBe("info");
    expectDiagnostics(fixed(text), []);
    expect(fixed("INPUT 32x32x3 - CONV5-6 [28x28x6]")).toBe("INPUT 32x32x3 - CONV5-6 pad 0 [28x28x6]");
  });

  test("the padding of a pool too", () => {
    // POOL3/2 over 112: 55 without padding, 56 with pad 1.
    expect(networkOf("INPUT 112x112x64 - POOL3/2 [56x56x64]").nodes[1]!.args["pad"]).toEqual({
      kind: "explicit",
      before: [1, 1],
      after: [1, 1],
    });
  });

  test("nothing where the default gives the annotated size", () => {
    expectDiagnostics("INPUT 32x32x3 - CONV5-6 [32x32x6]", []);
    expect(networkOf("INPUT 32x32x3 - CONV5-6 [32x32x6]").nodes[1]!.args["pad"]).toEqual({ kind: "half" });
  });

  test("never what is written", () => {
    const codes = (text: string) => compileText(text).diagnostics.map((diagnostic) => diagnostic.code);
    expect(codes("INPUT 32x32x3 - CONV5-6 pad 2 [28x28x6]")).toEqual(["CNN2101"]);
    expect(codes("INPUT 32x32x3 - CONV5-6 pad half [28x28x6]")).toEqual(["CNN2101"]);
    expect(codes("INPUT 32x32x3 - CONV5-7 [32x32x6]")).toEqual(["CNN2101"]);
    expect(codes("default CONV pad 2\nINPUT 32x32x3 - CONV5-6 [28x28x6]")).toEqual(["CNN2101"]);
  });

  test("no padding where none gives the annotated size", () => {
    expect(compileText("INPUT 32x32x3 - CONV5-6 [50x50x6]").diagnostics.map((diagnostic) => diagnostic.code)).toEqual([
      "CNN2101",
    ]);
  });
});
