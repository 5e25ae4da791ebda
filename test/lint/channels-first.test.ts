/** CNN3002: an input whose channels seem to come first. */
import { describe, expect, test } from "vitest";
import { compileText, expectDiagnostics, fixed } from "../harness.js";

test("3x32x32 is what frameworks with channels first would write", () => {
  const text = "INPUT 3x32x32 - GAP - FC-10";
  expectDiagnostics(text, [
    'CNN3002 at "3x32x32": 3x32x32 is an image 3 high and 32 wide with 32 channels: sizes are height x width x channels',
  ]);
  expect(compileText(text).diagnostics[0]!.severity).toBe("warning");
  expect(fixed(text)).toBe("INPUT 32x32x3 - GAP - FC-10");
});

test("it is told beside the errors that come of it", () => {
  const text = "INPUT 3x224x224 - CONV7-64/2 - RELU - POOL3/2 - GAP - FC-10";
  expectDiagnostics(text, [
    'CNN3002 at "3x224x224": 3x224x224 is an image 3 high and 224 wide with 224 channels: sizes are height x width x channels',
    'CNN2102 at "POOL3": POOL slides a 3x3 window over 2x112x64: the window is larger than its input',
  ]);
  expect(fixed(text)).toBe("INPUT 224x224x3 - CONV7-64/2 - RELU - POOL3/2 - GAP - FC-10");
});

describe("nothing is told", () => {
  test.each(["INPUT 32x32x3", "INPUT 1x1x64", "INPUT 3x3x64", "INPUT 4x4x4", "INPUT 1x100x1", "INPUT 784"])(
    "of %s",
    (input) => {
      expectDiagnostics(`${input} - FC-2`, []);
    },
  );
});
