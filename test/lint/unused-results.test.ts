import { describe, test } from "vitest";
import { expectDiagnostics } from "../harness.js";

describe("CNN3005: a layer whose result nothing reads", () => {
  test("is told where a chain goes on from a label", () => {
    expectDiagnostics("INPUT 8x8x3\na: CONV3-4\nTANH - RELU\n@a - GAP", [
      'CNN3005 at "RELU": nothing reads what relu1 gives',
    ]);
  });

  test("an input that is never taken up", () => {
    expectDiagnostics("a: INPUT 8x8x3\nb: INPUT 8x8x3\nRELU", ['CNN3005 at "INPUT 8x8x3": nothing reads what a gives']);
  });

  test("what is given out, or read by a label, is read", () => {
    expectDiagnostics("INPUT 8x8x3\na: CONV3-4\noutput x = TANH\n@a - GAP", []);
    expectDiagnostics("INPUT 8x8x3\na: CONV3-4\nb: TANH\n@a - ADD { ID | @b }", []);
  });
});
