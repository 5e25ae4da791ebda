/** CNN3001: input pixels that no output ever sees. */
import { describe, expect, test } from "vitest";
import { compileText, describe as say, expectDiagnostics, fixed } from "../harness.js";

describe("AlexNet at 224x224, as its paper prints it", () => {
  const text = "INPUT 224x224x3\nCONV1: 96 11x11 filters at stride 4, pad 0";

  test("drops a row and a column: (224 - 11)/4 is not whole", () => {
    expectDiagnostics(text, ['CNN3001 at "224x224x3": the last row and column of the input never reach CONV1']);
    const [diagnostic] = compileText(text).diagnostics;
    expect(diagnostic!.severity).toBe("warning");
    expect(diagnostic!.notes).toEqual(["CONV1: height and width: (224 - 11 + 2*0)/4 + 1 = 54.25, rounded down: 54"]);
  });

  test("227x227 fits", () => {
    expect(fixed(text)).toContain("INPUT 227x227x3");
    expectDiagnostics(fixed(text), []);
  });
});

test("only one side", () => {
  expectDiagnostics("INPUT 8x9x3 - POOL2", ['CNN3001 at "8x9x3": the last column of the input never reaches pool1']);
});

test("of sequences and volumes", () => {
  expectDiagnostics("INPUT 9x2 - POOL2", ['CNN3001 at "9x2": the last step of the input never reaches pool1']);
  expectDiagnostics("INPUT 9x8x8x1 - POOL2", ['CNN3001 at "9x8x8x1": the last slice of the input never reaches pool1']);
});

test("several rows", () => {
  expectDiagnostics("INPUT 11x11x3 - POOL4", [
    'CNN3001 at "11x11x3": the last 3 rows and columns of the input never reach pool1',
  ]);
});

test("a layer further on", () => {
  // 10 -> POOL2 5 -> POOL2 2: the fifth of the five, that is two rows of the input.
  expectDiagnostics("INPUT 10x10x3 - POOL2 - POOL2", [
    'CNN3001 at "10x10x3": the last 2 rows and columns of the input reach no output: pool2 drops what its window does not cover',
  ]);
});

test("a stride larger than the window skips rows in between", () => {
  const [found] = compileText("INPUT 8x8x3 - CONV1-4/2").diagnostics.map(say);
  expect(found).toMatch(/^CNN3001 at "8x8x3": /);
  expect(found).not.toContain("last");
});

describe("nothing is told", () => {
  test.each([
    ["where it fits", "INPUT 227x227x3 - CONV11-96/4 pad 0"],
    ["where padding is left over, not pixels", "INPUT 224x224x3 - CONV7-64/2 - POOL3/2 pad 1"],
    ["with ceil", "INPUT 9x9x3 - POOL2 ceil"],
    ["of a vector", "INPUT 784 - FC-10"],
    ["where FC or GAP see all", "INPUT 9x9x3 - GAP - FC-2"],
  ])("%s", (_where, text) => expectDiagnostics(text, []));
});

test("the size on a slide's line is underlined", () => {
  expect(compileText("[224x224x3] INPUT\nCONV1: 96 11x11 filters at stride 4, pad 0").diagnostics.map(say)).toEqual([
    'CNN3001 at "224x224x3": the last row and column of the input never reach CONV1',
  ]);
});

test("a net and one made from it share their input: it is told once", () => {
  const text =
    "net A {\n INPUT 224x224x3\n CONV1: 96 11x11 filters at stride 4, pad 0\n}\nnet B = A but { CONV1: 64 filters }";
  expect(compileText(text).diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["CNN3001"]);
});

test("the size that is mended is the input's own", () => {
  const text = "INPUT (was 1224x224x3 before) 224x224x3 - CONV 96 11x11 stride 4 pad 0";
  expect(fixed(text)).toBe("INPUT (was 1224x224x3 before) 227x227x3 - CONV 96 11x11 stride 4 pad 0");
});
