/** All targets compute one function, compared in two runtimes that we did not write. */
import { describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { difference, TOLERANCE, verify } from "../../src/run/verify.js";
import { networkOf } from "../harness.js";
import { smallNets } from "./nets.js";

describe("onnxruntime and tfjs give the same values", () => {
  test.each(smallNets)("%s", async (text) => {
    const { comparisons, agrees } = await verify(networkOf(text), 3, ["tfjs"]);
    expect(comparisons.length).toBe(1);
    expect(comparisons[0]!.relative).toBeLessThanOrEqual(TOLERANCE);
    expect(agrees).toBe(true);
  });
});

describe("a difference is seen", () => {
  const output = (values: number[], shape = [1, values.length]) => ({
    name: "y",
    shape,
    data: Float32Array.from(values),
  });

  test("of one value", () => {
    expect(difference(output([1, 2, 3]), output([1, 2, 3.003])).relative).toBeCloseTo(0.001, 5);
    expect(difference(output([1, 2, 3]), output([1, 2, 3.003])).absolute).toBeCloseTo(0.003, 5);
  });

  test("of values near 0 relative to the mean magnitude", () => {
    expect(difference(output([0, 2]), output([0.001, 2])).relative).toBeCloseTo(0.001, 5);
  });

  test("of a swapped pair, a shape, a value that is not a number", () => {
    expect(difference(output([1, 2]), output([2, 1])).relative).toBe(0.5);
    expect(difference(output([1, 2]), output([1, 2], [2, 1])).relative).toBe(Number.POSITIVE_INFINITY);
    expect(difference(output([Number.NaN]), output([1])).relative).toBe(Number.POSITIVE_INFINITY);
  });

  test("between two seeds", async () => {
    const network = networkOf("INPUT 6x6x2 - CONV3-3 - FC-4");
    const { runOnnx } = await import("../../src/run/onnx.js");
    const { noiseInput } = await import("../../src/run/input.js");
    const input = noiseInput([6, 6, 2], 1);
    const [a] = await runOnnx(network, input, { weights: seededWeights(1, "probe") });
    const [b] = await runOnnx(network, input, { weights: seededWeights(2, "probe") });
    expect(difference(a!, b!).relative).toBeGreaterThan(0.1);
  });
});
