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

describe("nothing is told", () => {
  test.each(["INPUT 32x32x3", "INPUT 1x1x64", "INPUT 3x3x64", "INPUT 4x4x4", "INPUT 1x100x1", "INPUT 784"])(
    "of %s",
    (input) => {
      expectDiagnostics(`${input} - FC-2`, []);
    },
  );
});
