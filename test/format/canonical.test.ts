/** Slide notation in canonical form: the same network, the same findings. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasErrors } from "../../src/base/diagnostics.js";
import { compile } from "../../src/compile.js";
import { dumpNetwork } from "../../src/ir/dump.js";
import { formatText } from "../../src/prettier.js";
import { disturbedPrograms, written } from "./programs.js";

async function canonical(text: string): Promise<string> {
  const result = await formatText("net.cnn", text, { canonical: true });
  if (!("text" in result)) throw new Error("it stays as it is");
  return result.text;
}

function compiled(text: string): unknown {
  const { networks, diagnostics } = compile("net.cnn", text);
  const claims = networks.map(({ totals, nodes }) => [totals, nodes.map((node) => node.claims)]);
  const plain = JSON.stringify(claims, (key, value: unknown) =>
    /^source$|span$/i.test(key) ? undefined : typeof value === "bigint" ? `${value}n` : value,
  );
  return { networks: networks.map(dumpNetwork), claims: plain, codes: diagnostics.map(({ code }) => code).sort() };
}

const compiles = (text: string) => !hasErrors(compile("net.cnn", text).diagnostics);

describe("what people wrote", () => {
  test.each(written)("$name", async ({ text }) => {
    if (!compiles(text)) return;
    const once = await canonical(text);
    expect(compiled(once)).toEqual(compiled(text));
    expect(await canonical(once)).toBe(once);
  });
});

describe("a layer", () => {
  test.each([
    ["[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0", "CONV1: CONV11-96/4 pad 0  [55x55x96]"],
    ["MAX POOL1: 3x3 filters at stride 2", "POOL1: POOL3/2"],
    ["NORM1: Normalization layer", "NORM1: LRN"],
    ["FC8: 1000 neurons (class scores)", "FC8: FC-1000 (class scores)"],
    ["CONV3-64: [227x227x64]", "CONV3-64  [227x227x64]"],
    ["POOL2: [113x113x3]", "POOL2  [113x113x3]"],
    ["FC: [1x1x4096]", "FC  [1x1x4096]"],
    ["CONV: 6 5x5x3 filters", "CONV-6 5x5x3"],
    ["CONV 64 3x3 stride 2 pad 1 groups 1 no bias", "CONV3-64/2 pad 1 groups 1 no bias"],
    ["CONV 64 1x7 stride 2x1", "CONV1x7-64/2x1"],
    ["ReLU", "RELU"],
    ["conv7: CONV 8 3x3 (in words) -> soft-max", "conv7: CONV3-8 (in words) - SOFTMAX"],
    ["[227x227x6] [CONV3-6]*2 - RELU", "[CONV3-6]*2 [227x227x6] - RELU"],
    ["AVG POOL 2x2", "AVGPOOL2"],
    ["MAXPOOL 3x3 /2 ceil", "POOL3/2 ceil"],
  ])("%s", async (line, expected) => {
    const text = `INPUT 227x227x3\n${line}\n`;
    expect(await canonical(text)).toBe(`INPUT 227x227x3\n${expected}\n`);
    expect(compiled(await canonical(text))).toEqual(compiled(text));
  });

  test("a window stays in words where its axes are not known", async () => {
    expect(await canonical("block A { CONV 64 3x3 stride 2 }")).toBe("block A { CONV-64/2 3x3 }\n");
    expect(await canonical("INPUT 100x3\nCONV 64 3x3")).toBe("INPUT 100x3\nCONV-64 3x3\n");
  });
});

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 300);

test("whatever the program", { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(disturbedPrograms, async (text) => {
      if (!compiles(text)) return;
      const once = await canonical(text);
      expect(compiled(once)).toEqual(compiled(text));
      expect(await canonical(once)).toBe(once);
    }),
    { numRuns: RUNS },
  );
});
