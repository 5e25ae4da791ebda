/** Sizes in letters, from the text of a program to the report: shapes, conditions, comparisons. */
import { describe, expect, test } from "vitest";
import { bindNetwork } from "../../src/analysis/bind.js";
import { reportOf } from "../../src/analysis/report.js";
import { messageOf } from "../../src/base/diagnostics.js";
import { formatCondition } from "../../src/ir/condition.js";
import { formatDimensions } from "../../src/ir/shape.js";
import { compileText, describe as say, expectDiagnostics, fixed, networkOf, openNetworkOf } from "../harness.js";

const lastOf = (text: string) => formatDimensions(networkOf(text).nodes.at(-1)!.type.shape);

describe("letters go through every layer", () => {
  test.each([
    ["CONV3-8", "HxWx8"],
    ["CONV7-8/2", "ceil(H/2)xceil(W/2)x8"],
    ["CONV3-8/2 pad same", "ceil(H/2)xceil(W/2)x8"],
    ["CONV3-8 pad 0", "(H - 2)x(W - 2)x8"],
    ["DWCONV3/2", "ceil(H/2)xceil(W/2)x3"],
    ["POOL2", "floor(H/2)xfloor(W/2)x3"],
    ["POOL2 ceil", "ceil(H/2)xceil(W/2)x3"],
    ["UPCONV2-8/2", "(2*H)x(2*W)x8"],
    ["POOL2 - UPSAMPLE2", "(2*floor(H/2))x(2*floor(W/2))x3"],
    ["POOL2 - POOL2 - POOL2", "floor(H/8)xfloor(W/8)x3"],
    ["GAP - FC-10", "10"],
    ["ADAPTIVEAVGPOOL 7x7 - FC-10", "10"],
    ["RESIZE 32x32", "32x32x3"],
    ["RESIZE (2*in.h) x in.w", "(2*H)xWx3"],
    ["PAD 1 - CROP (in.h - 2) x (in.w - 4)", "Hx(W - 2)x3"],
    ["CROP margin 2", "(H - 4)x(W - 4)x3"],
    ["TRANSPOSE", "WxHx3"],
    ["RESHAPE (in.h*in.w) x in.c - LINEAR-8", "(H*W)x8"],
    ["CONV1-12 - PIXELSHUFFLE 2", "(2*H)x(2*W)x3"],
    ["FLATTEN", "3*H*W"],
    ["LN - GN-3 - SCALE - BIAS - GELU", "HxWx3"],
    ["CONV1-4 - CHUNK 1 of 2 - SHUFFLE 2", "HxWx2"],
  ])("%s", (chain, shape) => expect(lastOf(`INPUT HxWx3 - ${chain}`)).toBe(shape));

  test("signals and volumes have letters too", () => {
    expect(lastOf("INPUT Lx4 - CONV3-8/2 - POOL2")).toBe("floor((L + 1)/4)x8");
    expect(lastOf("INPUT DxHxWx1 - CONV3-8 - POOL 1x2x2")).toBe("Dxfloor(H/2)xfloor(W/2)x8");
  });

  test("some sides may be numbers, and one letter may stand twice", () => {
    expect(lastOf("INPUT 32xWx3 - POOL2")).toBe("16xfloor(W/2)x3");
    expect(networkOf("INPUT SxSx3 - POOL2").symbols).toEqual(["S"]);
  });

  test("two inputs share a letter", () => {
    const text = "a: INPUT HxWx3\nb: INPUT HxWx1\nCONCAT { @a | @b }";
    expect(lastOf(text)).toBe("HxWx4");
    expect(networkOf(text).symbols).toEqual(["H", "W"]);
  });

  test("a parameter of one letter may be a number", () => {
    expect(lastOf("net N(H = 64) { INPUT HxHx3 - POOL2 }")).toBe("32x32x3");
  });

  test("annotations may use the letters", () => {
    expectDiagnostics("INPUT HxWx3\nCONV3-8   [HxWx8]\n[HxWx8]", []);
    expectDiagnostics("INPUT HxWx3\nCONV3-8/2   [HxWx8]", [
      'CNN2101 at "[HxWx8]": CONV gives ceil(H/2)xceil(W/2)x8, the annotation says HxWx8',
    ]);
  });

  test("CNN2110: a dense layer needs numbers", () => {
    expectDiagnostics("INPUT HxWx3 - POOL2 - FC-10", [
      'CNN2110 at "FC": FC needs a fixed size, but floor(H/2)xfloor(W/2)x3 arrives: pool it with GAP first, or give INPUT numbers',
    ]);
  });

  test("CNN2052: N is the batch", () => {
    expect(compileText("INPUT NxHx3 - RELU").diagnostics.map(({ code }) => code)).toContain("CNN2052");
  });
});

describe("branches that meet", () => {
  test("are equal when they are for all sizes, however they are written", () => {
    expectDiagnostics("INPUT HxWx4 - ADD { POOL2 ceil | CONV3-4/2 }", []);
    expectDiagnostics("INPUT HxWx4 - ADD { POOL2 - POOL2 | CONV4-4/4 pad 0 }", []);
  });

  const halved = "INPUT HxWx3\nADD { POOL2 - UPSAMPLE2 | ID }";

  test("CNN3003: for some sizes only: the net says which, and how it came to it", () => {
    const [found, ...more] = compileText(halved).diagnostics;
    expect(more).toEqual([]);
    expect(say(found!)).toBe('CNN3003 at "HxWx3": net takes only sizes where H is even and W is even');
    expect(found!.notes).toEqual([
      "ADD: 2*floor(H/2) vs H: equal only when H is even",
      "ADD: 2*floor(W/2) vs W: equal only when W is even",
    ]);
    expect(networkOf(halved).conditions.map(formatCondition)).toEqual(["H is even", "W is even"]);
  });

  test("the fix says so in the program, and then nothing is left to say", () => {
    const mended = fixed(halved);
    expect(mended).toBe("INPUT HxWx3\nassert H % 2 == 0 and W % 2 == 0\nADD { POOL2 - UPSAMPLE2 | ID }");
    expectDiagnostics(mended, []);
  });

  test("an assertion that asks for less leaves the rest to be told", () => {
    const text =
      "net N {\nINPUT HxWx3\nassert H % 2 == 0 and W % 4 == 0\n[POOL2]*2 - UPSAMPLE4 - RESIZE (in.h) x (in.w)\nCONV3-3 }";
    expectDiagnostics(text, []);
    const [found] = compileText(
      "INPUT HxWx3\nassert H % 2 == 0 and W % 4 == 0\nADD { [POOL2]*2 - UPSAMPLE4 | ID }",
    ).diagnostics;
    expect(messageOf(found!)).toBe("net takes only sizes where H is a multiple of 4 and W is a multiple of 4");
  });

  test("bounds are no conditions: they are checked where the size is known", () => {
    for (const bound of ["H // 32 <= 10", "H >= 32", "H % 8 == 0 or H < 16", "H // 4 < 100"]) {
      expect(networkOf(`INPUT HxWx3\nassert ${bound}\nCONV3-8`).conditions, bound).toEqual([]);
    }
    expect(networkOf("INPUT HxWx3\nassert H % 8 == 4\nCONV3-8").conditions.map(formatCondition)).toEqual([
      "H divided by 8 leaves 4",
    ]);
  });

  test("conditions of several places come together", () => {
    const text = "INPUT HxHx3\nADD { POOL2 - UPSAMPLE2 | ID }\nADD { POOL3 - UPSAMPLE3 | ID }";
    expect(networkOf(text).conditions.map(formatCondition)).toEqual(["H is a multiple of 6"]);
  });

  test("CNN2304: never equal, or equal at single sizes only", () => {
    const notes = (text: string) => compileText(text).diagnostics.map((found) => [found.code, found.notes[0]]);
    expect(notes("INPUT HxWx4 - ADD { CONV3-4 pad 0 | ID }")).toEqual([["CNN2304", "ADD: H - 2 vs H: never equal"]]);
    expect(notes("INPUT HxWx4 - ADD { RESIZE 7xW | ID }")).toEqual([
      ["CNN2304", "ADD: 7 vs H: equal only when H is 7"],
    ]);
    expect(notes("INPUT HxWx4 - ADD { RESIZE 7x(in.w) | ID }")).toEqual([
      ["CNN2304", "ADD: 7 vs H: equal only when H is 7"],
    ]);
  });

  test("two letters are two sizes", () => {
    const [found] = compileText("INPUT HxWx3\nADD { ID | TRANSPOSE 2x1x3 }").diagnostics;
    expect(found!.notes).toEqual(["H and W are different letters: where they are always the same, write one for both"]);
    expectDiagnostics("INPUT HxHx3\nADD { ID | TRANSPOSE 2x1x3 }", []);
  });

  test("PIXELUNSHUFFLE asks for sizes that divide", () => {
    expect(networkOf("INPUT HxWx3 - PIXELUNSHUFFLE 2").conditions.map(formatCondition)).toEqual([
      "H is even",
      "W is even",
    ]);
  });
});

describe("expressions with sizes in letters", () => {
  test("are decided where they hold for all sizes", () => {
    expect(lastOf("INPUT HxWx3 - if in.h == in.h + 0 { CONV1-4 }")).toBe("HxWx4");
    expect(lastOf("INPUT HxWx3 - if in.h > in.h - 1 { CONV1-4 }")).toBe("HxWx4");
    expect(lastOf("INPUT HxWx3 - let h = in.h\n POOL2 - UPSAMPLE2 - if in.h == h + 1 { CONV1-4 }")).toBe(
      "(2*floor(H/2))x(2*floor(W/2))x3",
    );
  });

  test("are refused where they depend on the size", () => {
    expectDiagnostics("INPUT HxWx3 - if in.h > 7 { POOL2 }", [
      'CNN2059 at "in.h > 7": whether in.h > 7 depends on the size of the input, which is open',
    ]);
  });

  test("are not carried on without end", () => {
    const text =
      "INPUT AxBxCx3\nlet a = in.d + in.h + in.w + 1\nlet b = a*a*a*a*a*a*a*a\nlet c = b*b*b*b\nRESIZE c x c x c";
    const start = performance.now();
    expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(["CNN2006"]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test("cannot be counts", () => {
    expect(compileText("INPUT HxWx3 - CONV3-(in.h)").diagnostics.map(say)).toEqual([
      'CNN2006 at "(in.h)": the number of filters of CONV has to be a number, not H, which is open',
    ]);
  });
});

describe("the report", () => {
  const network = networkOf("INPUT HxWx3 - CONV3-64 - POOL2 - GAP - FC-10");
  const { totals, layers, inputs } = reportOf(network);

  test("has expressions for what depends on the size, numbers for the rest", () => {
    expect(String(totals.macs)).toBe("1728*H*W + 640");
    expect(totals.params).toBe(1792n + 650n);
    expect(String(layers[2]!.activations)).toBe("64*floor(H/2)*floor(W/2)");
    expect(inputs[0]!.shape.map(String)).toEqual(["H", "W", "3"]);
  });

  test("at a size it is that of the net with numbers", () => {
    const bound = bindNetwork(
      network,
      new Map([
        ["H", 33],
        ["W", 32],
      ]),
    );
    const numbers = reportOf(networkOf("INPUT 33x32x3 - CONV3-64 - POOL2 - GAP - FC-10"));
    expect("network" in bound && reportOf(bound.network).layers.map(({ macs, output }) => [macs, output])).toEqual(
      numbers.layers.map(({ macs, output }) => [macs, output]),
    );
  });

  test("a program with letters is the one that tests made before letters could be read", () => {
    const chain = "CONV7-8/2 - POOL3/2 ceil - CONV3-4 dilation 2 pad 0";
    const shapes = (nodes: typeof network.nodes) => nodes.map(({ type }) => formatDimensions(type.shape));
    expect(shapes(networkOf(`INPUT HxWx3 - ${chain}`).nodes)).toEqual(
      shapes(openNetworkOf(`INPUT 32x32x3 - ${chain}`, "HxWx3").nodes),
    );
  });
});
