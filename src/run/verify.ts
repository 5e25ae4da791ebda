/** Whether all targets compute the same function. */
import { seededWeights } from "../analysis/weights.js";
import type { Network } from "../ir/network.js";
import { noiseInputs } from "./input.js";
import { checkRunnable } from "./limits.js";
import { runOnnx } from "./onnx.js";
import type { NamedTensor } from "./tensors.js";
import { runTfjs } from "./tfjs.js";

/** Targets agree when no value differs by more than this, relatively: float32 sums taken in another order differ by less. */
export const TOLERANCE = 1e-4;

export interface OutputComparison {
  readonly output: string;
  readonly target: string;
  readonly reference: string;
  /** Largest difference of two values. */
  readonly absolute: number;
  /**
   * Largest difference relative to the larger of the two values, or to the mean magnitude of the output where both are
   * smaller: values that happen to be close to 0 are not held to more digits than the sums they come from have.
   */
  readonly relative: number;
}

export interface Verification {
  readonly net: string;
  readonly seed: number;
  readonly comparisons: readonly OutputComparison[];
  readonly agrees: boolean;
}

/**
 * Builds every target with one seed and runs them on the same noise. The weights are of the `probe` scheme: biases and
 * normalisation are random too, so that none can be dropped unseen.
 */
export async function verify(network: Network, seed: number): Promise<Verification> {
  checkRunnable(network);
  const inputs = noiseInputs(network, seed);
  const options = { weights: seededWeights(seed, "probe") };
  const reference = await runOnnx(network, inputs, options);
  const outputs = await runTfjs(network, inputs, options);
  if (outputs.length !== reference.length) throw new Error("the targets do not have the same outputs");
  const comparisons = outputs.map((output) => {
    const expected = reference.find((candidate) => candidate.name === output.name);
    if (!expected) throw new Error(`the targets do not name their outputs alike: ${output.name}`);
    return { output: output.name, target: "tfjs", reference: "onnx", ...difference(output, expected) };
  });
  return { net: network.name, seed, comparisons, agrees: comparisons.every(({ relative }) => relative <= TOLERANCE) };
}

/** Largest absolute and relative difference; infinite where shapes differ or a value is not a number. */
export function difference(a: NamedTensor, b: NamedTensor): { absolute: number; relative: number } {
  if (a.data.length !== b.data.length || a.shape.join() !== b.shape.join()) {
    return { absolute: Number.POSITIVE_INFINITY, relative: Number.POSITIVE_INFINITY };
  }
  let magnitude = 0;
  for (const value of b.data) magnitude += Math.abs(value);
  magnitude /= Math.max(1, b.data.length);
  let absolute = 0;
  let relative = 0;
  for (let index = 0; index < a.data.length; index++) {
    const [x, y] = [a.data[index]!, b.data[index]!];
    const gap = Math.abs(x - y);
    if (Number.isNaN(gap)) return { absolute: Number.POSITIVE_INFINITY, relative: Number.POSITIVE_INFINITY };
    const scale = Math.max(Math.abs(x), Math.abs(y), magnitude);
    absolute = Math.max(absolute, gap);
    if (gap > 0) relative = Math.max(relative, gap / scale);
  }
  return { absolute, relative };
}
