/** `cnnc explain`: every code has an example whose wrong program gives it, and it alone, and whose right one does not. */
import { describe, expect, test } from "vitest";
import { allKinds } from "../../src/diagnostics.js";
import { explainCode, reportedOf } from "../../src/explain.js";
import { describe as say } from "../harness.js";

/** Codes without an example, and why. */
const WITHOUT_EXAMPLE: Record<string, string> = {
  CNN9001: "a fault of the compiler itself: no program is known that leads to it",
};

const kinds = allKinds();

test("every code has an example, or is known to have none", () => {
  const without = kinds.filter(({ example }) => example === undefined).map(({ code }) => code);
  expect(without).toEqual(Object.keys(WITHOUT_EXAMPLE));
});

describe.each(kinds.filter(({ example }) => example !== undefined))("$code: $title", ({ code, severity, example }) => {
  test("wrong", () => {
    // What is worth knowing may stand beside a mistake.
    const found = reportedOf(example!, "wrong").filter((one) => severity === "info" || one.severity !== "info");
    expect(found.map(say)).toEqual([expect.stringMatching(`^${code} at `)]);
  });

  test("right", () => {
    const found = reportedOf(example!, "right");
    expect(found.filter((one) => one.severity === "error" || one.code === code).map(say)).toEqual([]);
  });

  test("are different, small and complete", () => {
    const { wrong, right } = example!;
    expect(wrong === right).toBe(example!.encoding !== undefined);
    expect(right.split("\n").length).toBeLessThan(10);
    expect(wrong).toBe(wrong.trim());
  });

  test("cnnc explain prints them", () => {
    const text = explainCode(code)!;
    expect(text).toContain(`${severity}[${code}]: `);
    expect(text).toMatch(/\n\nwrong:\n\n {4}\S/);
    expect(text).toMatch(/\n\nright:\n\n {4}\S/);
    expect(text).toMatch(/\n {5,6}--> \S+:\d+:\d+\n/);
  });
});

test("as a whole", () => {
  expect(explainCode("2101")).toBe(`error[CNN2101]: an annotation that does not fit

A size in square brackets beside a layer is checked against the size that the layer gives. Correct the
annotation, or the stride, padding, window or count of the layer.

wrong:

    [227x227x3] INPUT
    [56x56x96] CONV1: 96 11x11 filters at stride 4, pad 0

    error[CNN2101]: CONV1 gives 55x55x96, the annotation says 56x56x96
     --> net.cnn:2:1
       |
     1 | [227x227x3] INPUT
       |             ----- 227x227x3 arrives from here
     2 | [56x56x96] CONV1: 96 11x11 filters at stride 4, pad 0
       | ^^^^^^^^^^        -- -----            --------  -----
       |
       = height and width: (227 - 11 + 2*0)/4 + 1 = 55
       = help: write [55x55x96]
       = help: or pad 2, which gives 56x56x96

right:

    [227x227x3] INPUT
    [55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0`);
  expect(explainCode("cnn9001")).toContain("a fault of the compiler");
  expect(explainCode("CNN0000")).toBeUndefined();
});
