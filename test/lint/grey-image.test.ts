/** CNN3004: an input that looks like a grey image without its channel. */
import { describe, expect, test } from "vitest";
import { compileText, expectDiagnostics, expectShape, fixed } from "../harness.js";

test("28x28 is a sequence to the language, and most likely an image", () => {
  const text = "INPUT 28x28 - CONV3-4";
  expectDiagnostics(text, [
    'CNN3004 at "28x28": 28x28 is a sequence of 28 steps with 28 channels: a grey image is 28x28x1',
  ]);
  expect(compileText(text).diagnostics[0]!.severity).toBe("warning");
  expectShape(text, "28x4");
  expect(fixed(text)).toBe("INPUT 28x28x1 - CONV3-4");
  expectDiagnostics(fixed(text), []);
});

test("it is told beside the errors that come of it", () => {
  expectDiagnostics("INPUT 28x28 - CONV3x3-16", [
    'CNN3004 at "28x28": 28x28 is a sequence of 28 steps with 28 channels: a grey image is 28x28x1',
    'CNN2106 at "CONV3x3": the filters of CONV are 3x3, 3 deep, but 28 channels arrive',
  ]);
});

describe("nothing is told", () => {
  test.each(["INPUT 100x8", "INPUT 8x8", "INPUT 28x28x1", "INPUT 28x28x28x1", "INPUT 784"])("of %s", (input) =>
    expectDiagnostics(`${input} - FC-2`, []),
  );
});
