/**
 * Random networks compute the same in onnxruntime and in tfjs. `npm run fuzz:targets` tries 5,000 of them, with a seed that
 * is printed; what fails is made as short as it can be, and is then kept in `found`.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { hasErrors } from "../../src/base/diagnostics.js";
import { compile } from "../../src/compile.js";
import { TOLERANCE, verify } from "../../src/run/verify.js";
import { chains, graphs, isLarge } from "./random-chains.js";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 300);
const SEED = Number(process.env["FUZZ_SEED"] ?? 20261124);

/** The largest relative difference of an output; undefined for what does not compile, or is too large. */
async function differenceOf(text: string): Promise<number | undefined> {
  const { networks, diagnostics } = compile("random.cnn", text);
  const [network] = networks;
  if (hasErrors(diagnostics) || !network || isLarge(network)) return undefined;
  const { comparisons } = await verify(network, 5, ["tfjs"]);
  return Math.max(...comparisons.map(({ relative }) => relative));
}

/** What was found by it, made as short as it can be. */
const found: readonly string[] = [
  "INPUT 1x5x1 - CONV3x1-1/3 no bias",
  "INPUT 1x1x1x1 - LINEAR-4 - POOL1 ceil",
  "INPUT 1x1 - PAD amount (0, 1) - POOL1",
  "INPUT 4x4x2 - LOGSOFTMAX - PAD 1 - ID - POOL3/2",
  "INPUT 1x1x1x1 - PAD amount (0, 0, 0, 0, 0, 1) - AVGPOOL1x1x1/1 ceil",
  "INPUT 2x7x13x4 - POOL3/1x1x1 pad 1 ceil - GN-2 - GAP",
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
