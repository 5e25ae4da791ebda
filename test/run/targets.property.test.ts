/**
 * Random networks compute the same in onnxruntime and in tfjs. `npm run fuzz:targets` tries 5,000 of them, with a seed that
 * is printed; what fails is made as short as it can be, and is then kept in `found`.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { hasErrors } from "../../src/base/diagnostics.js";
import { compile } from "../../src/compile.js";
import { seededWeights } from "../../src/analysis/weights.js";
import type { Network } from "../../src/ir/network.js";
import { noiseInputs } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import { TOLERANCE, verify } from "../../src/run/verify.js";
import { chains, graphs, isLarge } from "./random-chains.js";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 300);
/** The seed of inputs and weights. */
const VALUES = 5;
const SEED = Number(process.env["FUZZ_SEED"] ?? 20261124);

/**
 * The largest relative difference of an output; undefined for what does not compile, or is too large. What rounding before a
 * normalisation explains is 0.
 */
async function differenceOf(text: string): Promise<number | undefined> {
  const { networks, diagnostics } = compile("random.cnn", text);
  const [network] = networks;
  if (hasErrors(diagnostics) || !network || isLarge(network)) return undefined;
  const { comparisons } = await verify(network, VALUES, ["tfjs"]);
  const relative = Math.max(...comparisons.map((comparison) => comparison.relative));
  if (relative <= TOLERANCE) return relative;
  const absolute = Math.max(...comparisons.map((comparison) => comparison.absolute));
  return absolute <= (await roundingBehindNormalisation(network)) ? 0 : relative;
}

/**
 * A normalisation that divides by a small deviation makes rounding before it as much larger. One may differ by some units in
 * the last place of the largest value that comes in, divided by the deviation: 100 where values of 0.3 deviate by 0.003.
 */
async function roundingBehindNormalisation(network: Network): Promise<number> {
  const inputs = noiseInputs(network, VALUES);
  let largest = 0;
  for (const { op, inputs: read, args } of network.nodes) {
    if (!["in", "gn", "ln"].includes(op)) continue;
    const before = { ...network, outputs: [read[0]!] };
    const [value] = await runOnnx(before, inputs, { weights: seededWeights(VALUES, "probe") });
    const channels = value!.shape.at(-1)!;
    const size = op === "ln" ? channels : op === "gn" ? channels / Number(args["groups"]) : 1;
    const groups = new Map<number, number[]>();
    value!.data.forEach((entry, index) => {
      const group = op === "ln" ? Math.floor(index / channels) : Math.floor((index % channels) / size);
      groups.set(group, [...(groups.get(group) ?? []), entry]);
    });
    for (const entries of groups.values()) {
      const mean = entries.reduce((a, b) => a + b, 0) / entries.length;
      const variance = entries.reduce((sum, entry) => sum + (entry - mean) ** 2, 0) / entries.length;
      const magnitude = Math.max(...entries.map(Math.abs));
      largest = Math.max(largest, magnitude / Math.sqrt(variance + Number(args["eps"])));
    }
  }
  return 4 * 2 ** -23 * largest;
}

/** What was found by it, made as short as it can be. */
const found: readonly string[] = [
  "INPUT 1x5x1 - CONV3x1-1/3 no bias",
  "INPUT 1x1x1x1 - LINEAR-4 - POOL1 ceil",
  "INPUT 1x1 - PAD amount (0, 1) - POOL1",
  "INPUT 4x4x2 - LOGSOFTMAX - PAD 1 - ID - POOL3/2",
  "INPUT 1x1x1x1 - PAD amount (0, 0, 0, 0, 0, 1) - AVGPOOL1x1x1/1 ceil",
  "INPUT 2x7x13x4 - POOL3/1x1x1 pad 1 ceil - GN-2 - GAP",
  "INPUT 2x3x1 - POOL1 - LINEAR-6 - MUL { ID | LINEAR-6 - RELU - TANH | CONV3-6 - TANH - DWCONV3 | RELU } - CONV1-2 pad 1 - IN",
];

test.each(found)("%s", async (text) => {
  expect(await differenceOf(text)).toBeLessThanOrEqual(TOLERANCE);
});

test(
  `${RUNS} random networks (seed ${SEED})`,
  async () => {
    let ran = 0;
    const any = fc.oneof(...[1, 2, 3].flatMap((axes) => [chains(axes), graphs(axes)]));
    // Some do not compile: there are as many more of them.
    await fc.assert(
      fc.asyncProperty(any, async (text) => {
        if (ran >= RUNS) return;
        const difference = await differenceOf(text);
        if (difference === undefined) return;
        ran++;
        expect(difference).toBeLessThanOrEqual(TOLERANCE);
      }),
      { numRuns: RUNS * 4, seed: SEED },
    );
    expect(ran).toBe(RUNS);
  },
  RUNS * 2_000,
);
