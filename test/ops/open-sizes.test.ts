/** Layers over maps whose size has letters. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateDimension, formatDimension, times, variable, type Dimension } from "../../src/ir/dimension.js";
import type { Padding } from "../../src/ir/network.js";
import { fixedShape, formatDimensions } from "../../src/ir/shape.js";
import { verifyNetwork } from "../../src/ir/verify.js";
import { inferType } from "../../src/ops/infer.js";
import { operatorNamed } from "../../src/ops/registry.js";
import { evenPadding, formulaLines, slide, windowAxes, type WindowArgs } from "../../src/ops/window.js";
import { openNetworkOf } from "../harness.js";

const shapes = (text: string, size: string) =>
  openNetworkOf(text, size).nodes.map((node) => formatDimensions(node.type.shape));

describe("sizes are formulas", () => {
  test.each([
    ["a VGG block", "INPUT 32x32x3 - CONV3-64 - RELU - POOL2", "HxWx3", "floor(H/2)xfloor(W/2)x64"],
    ["ResNet's stem", "INPUT 224x224x3 - CONV7-64/2 - BN - RELU - POOL3/2 pad 1", "HxWx3", "ceil(H/4)xceil(W/4)x64"],
    ["no padding", "INPUT 32x32x3 - CONV5-6 pad 0", "HxWx3", "(H - 4)x(W - 4)x6"],
    ["same", "INPUT 32x32x3 - CONV3-8/2 pad same", "HxWx3", "ceil(H/2)xceil(W/2)x8"],
    ["rounded up", "INPUT 32x32x3 - POOL3/2 ceil", "HxWx3", "floor(H/2)xfloor(W/2)x3"],
    ["one open side", "INPUT 32x32x3 - POOL2", "Hx30x3", "floor(H/2)x15x3"],
    ["to a vector", "INPUT 32x32x3 - CONV3-8 - GAP - FC-10", "HxWx3", "10"],
    ["flattened", "INPUT 32x32x3 - FLATTEN", "HxWx3", "3*H*W"],
    ["a sequence", "INPUT 100x8 - CONV3-16/2 - POOL2", "Lx8", "floor((L + 1)/4)x16"],
    ["a volume", "INPUT 16x32x32x1 - CONV3-4 - POOL1x2x2", "DxHxWx1", "Dxfloor(H/2)xfloor(W/2)x4"],
    ["open channels", "INPUT 32x32x3 - POOL2 - GAP", "HxWxC", "C"],
  ])("%s", (_what, text, size, last) => {
    const network = openNetworkOf(text, size);
    expect(formatDimensions(network.nodes.at(-1)!.type.shape)).toBe(last);
    expect(verifyNetwork(network)).toEqual([]);
  });
});

describe("what needs a number says so", () => {
  const told = (text: string, size: string) => {
    try {
      return shapes(text, size);
    } catch (error) {
      return (error as Error).message;
    }
  };

  test("CNN2110: FC over an open map", () => {
    expect(told("INPUT 32x32x3 - CONV3-64 - POOL2 - FC-10", "HxWx3")).toBe(
      "fc1: FC needs a fixed size, but floor(H/2)xfloor(W/2)x64 arrives: pool it with GAP first, or give INPUT numbers",
    );
    expect(told("INPUT 32x32x3 - FLATTEN - FC-10", "HxWx3")).toBe(
      "fc1: FC needs a fixed size, but 3*H*W arrives: give INPUT numbers",
    );
  });

  test.each(["CONV3-4", "BN"])("CNN2110: %s over open channels", (layer) => {
    const mnemonic = layer.replace(/\d.*/, "");
    expect(told(`INPUT 32x32x3 - ${layer}`, "32x32xC")).toMatch(
      `${mnemonic} needs a fixed number of channels, but 32x32xC arrives: give INPUT a number for them`,
    );
  });

  /** POOL over one open axis, again and again; `between` changes the size after each. */
  const pools = (window: number, times: number, between: (size: Dimension) => Dimension = (size) => size) => {
    const args = { window: [window], stride: [window], pad: evenPadding(0, 1), ceil: false };
    let size: Dimension = variable("H");
    for (let round = 0; round < times; round++) {
      const found = inferType(operatorNamed("pool"), args, [{ shape: [size, 1] }]);
      if ("fault" in found) return `${found.fault.kind.code} after ${round}`;
      size = between(found.type.shape[0]!);
    }
    return formatDimension(size);
  };

  test("a window that fits into no size at all", () => {
    // Into the longest side, 2^31 - 1, 16^7 = 2^28 fits, and 16^8 does not.
    expect(pools(16, 7)).toBe("floor(H/268435456)");
    expect(pools(16, 8)).toBe("CNN2102 after 7");
  });

  test("CNN5008: a formula without end", () => {
    const stretch = (size: Dimension) => times(3, size);
    expect(pools(2, 3, stretch)).toBe("3*floor(3*floor(3*floor(H/2)/2)/2)");
    expect(pools(2, 1_000, stretch)).toMatch(/^CNN5008 after \d+/);
  });
});

test("the arithmetic is shown with the letters", () => {
  const lines = (args: WindowArgs) => {
    const found = slide("CONV", args, { shape: [variable("H"), variable("W"), 3] });
    return "axes" in found ? formulaLines(found.axes) : [];
  };
  const base = { window: [7, 7], stride: [2, 2], pad: { kind: "half" } } as const;
  expect(lines(base)).toEqual([
    "height: (H - 7 + 2*3)/2 + 1, rounded down: ceil(H/2)",
    "width: (W - 7 + 2*3)/2 + 1, rounded down: ceil(W/2)",
  ]);
  expect(lines({ ...base, stride: [1, 2], pad: { kind: "same" } })).toEqual([
    "height: (H - 7 + 2*3)/1 + 1 = H",
    "width: W/2, rounded up: ceil(W/2)",
  ]);
  expect(lines({ ...base, ceil: true })[0]).toBe("height: (H - 7 + 2*3)/2 + 1, rounded up: floor(H/2) + 1");
});

test("the formula has the size of every fixed input that the window fits into", () => {
  const H = variable("H");
  const pads: fc.Arbitrary<Padding> = fc.oneof(
    fc.constantFrom<Padding>({ kind: "half" }, { kind: "same" }),
    fc
      .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }))
      .map(([before, after]): Padding => ({ kind: "explicit", before: [before], after: [after] })),
  );
  const small = (most: number) => fc.integer({ min: 1, max: most });
  const args = fc.record({ window: small(7), stride: small(5), dilation: small(3), pad: pads, ceil: fc.boolean() });
  fc.assert(
    fc.property(args, ({ window, stride, dilation, pad, ceil }) => {
      const slid: WindowArgs = { window: [window], stride: [stride], dilation: [dilation], pad, ceil };
      const open = slide("POOL", slid, { shape: [H, 1] });
      if (!("axes" in open)) throw new Error("no formula");
      for (let size = 1; size <= 60; size++) {
        const [fixed] = windowAxes(slid, { shape: [size, 1] });
        if (fixed!.output < 1) continue;
        expect(evaluateDimension(open.axes[0]!.output, new Map([["H", size]]))).toBe(fixed!.output);
      }
    }),
    { numRuns: 500, seed: 20261124 },
  );
});

test("what has to be fixed is", () => {
  expect(fixedShape({ shape: [3, 4] })).toEqual([3, 4]);
  expect(() => fixedShape({ shape: [variable("H"), 4] })).toThrow("Hx4");
});
