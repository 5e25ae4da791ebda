/** Padding, strides and rounding. Expected sizes are worked out from (in - (d*(k-1)+1) + before + after)/stride + 1. */
import { describe, expect, test } from "vitest";
import { compileText, expectDiagnostics, expectShape } from "../harness.js";

describe("pad", () => {
  test.each([
    // layer, from 32x32x3
    ["CONV5-4 pad 0", "28x28x4"],
    ["CONV5-4 pad 1", "30x30x4"],
    ["CONV5-4 pad 2", "32x32x4"],
    ["CONV5-4", "32x32x4"], // half is the default
    ["CONV5-4 pad half", "32x32x4"],
    ["CONV4-4", "31x31x4"], // (4-1)/2 rounded down is 1: 32 - 4 + 2 + 1
    ["CONV3-4 dilation 2", "32x32x4"], // half of 2*(3-1)
    ["CONV 4 3x5 pad 1x2", "32x32x4"],
    ["CONV 4 3x5 pad 1x0", "32x28x4"],
    ["CONV 4 3x3 pad (0, 1, 2, 3)", "32x34x4"], // height 32-3+0+2+1, width 32-3+1+3+1
    ["CONV5-4/3 pad same", "11x11x4"], // ceil(32/3)
    ["CONV2-4 pad same", "32x32x4"],
    ["POOL3/2 pad 1", "16x16x3"], // floor(31/2) + 1
    ["POOL3/2", "15x15x3"],
  ])("%s", (layer, shape) => expectShape(`INPUT 32x32x3 - ${layer}`, shape));

  test("a value is one number: pad 0 - RELU is pad 0, then RELU", () => {
    expectShape("INPUT 8x8x3 - CONV3-4 pad 0 - RELU", "6x6x4");
  });
});

describe("stride", () => {
  test.each([
    ["CONV3-4/2", "16x16x4"], // floor((32 - 3 + 2)/2) + 1
    ["CONV3-4 /2", "16x16x4"],
    ["CONV3-4 stride 2", "16x16x4"],
    ["CONV3-4/2x1", "16x32x4"],
    ["CONV3-4 stride 1x2", "32x16x4"],
    ["CONV7-4/2", "16x16x4"],
    ["POOL2/1", "31x31x3"],
  ])("%s", (layer, shape) => expectShape(`INPUT 32x32x3 - ${layer}`, shape));
});

describe("rounding", () => {
  test("down, up with ceil", () => {
    expectShape("INPUT 112x112x64 - POOL3/2", "55x55x64"); // 109/2 = 54.5
    expectShape("INPUT 112x112x64 - POOL3/2 ceil", "56x56x64"); // GoogLeNet's pool
    expectShape("INPUT 112x112x64 - POOL3/2 no ceil", "55x55x64");
  });

  test("ceil: a window that would start behind the input is dropped (PyTorch's rule)", () => {
    // (5 - 1 + 0)/4 = 1 exactly; (6 - 2 + 2)/3 = 2 exactly; (4 - 2 + 2)/3 = 1.33, up to 3 windows, the last would start at 6 >= 4 + 1
    expectShape("INPUT 4x4x1 - POOL2/3 pad 1 ceil", "2x2x1");
  });

  test("sizes that fit are the same either way", () => {
    expectShape("INPUT 55x55x96 - POOL3/2 ceil", "27x27x96");
  });
});

describe("a window larger than its input", () => {
  test("shows the window, what arrives and the padding", () => {
    expectDiagnostics("INPUT 4x4x3 - POOL2 - POOL2 - POOL2", [
      'CNN2102 at "POOL2": POOL slides a 2x2 window over 1x1x3: the window is larger than its input',
    ]);
    expectDiagnostics("INPUT 4x4x3 - CONV 8 9x9 pad 1", [
      'CNN2102 at "9x9": CONV slides a 9x9 window over 4x4x3 with pad 1: the window is larger than its input',
    ]);
  });
});

test("CNN5004: sides stay below 2^31", () => {
  for (const layer of ["CONV 4 window 2147483647 dilation 2147483647", "CONV3-4 pad 2147483647"]) {
    expect(compileText(`INPUT 32x32x3\n${layer}`).diagnostics.map(({ code }) => code)).toEqual(["CNN5004"]);
  }
});
