/** Whether all targets compute the same function. */
import { seededWeights } from "../analysis/weights.js";
import type { Network } from "../ir/network.js";
import { RunError } from "./errors.js";
import { noiseInputs, type Inputs } from "./input.js";
import { checkRunnable } from "./limits.js";
import { runOnnx, type RunOptions } from "./onnx.js";
import { interpreterFor } from "./python/interpreter.js";
import { runPython } from "./python/run.js";
import { PACKAGES, type PythonTarget } from "./python/runner.js";
import type { NamedTensor } from "./tensors.js";
import { runTfjs } from "./tfjs.js";

/** Targets agree when no value differs by more than this, relatively: float32 sums taken in another order differ by less. */
export const TOLERANCE = 1e-4;

/** What is held against the ONNX file in onnxruntime. */
export const verifiedTargets = ["tfjs", "pytorch", "keras", "onnx.reference"] as const;

export type VerifiedTarget = (typeof verifiedTargets)[number];

/**
 * What is run where nothing is asked for. `onnx.reference` is not: it is slow, and in onnx 1.23 wrong for pools whose padding
 * is not the same on both sides.
 */
const USUAL: readonly VerifiedTarget[] = ["tfjs", "pytorch", "keras"];

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

export interface Skipped {
  readonly target: VerifiedTarget;
  readonly reason: string;
}

export interface Verification {
  readonly net: string;
  readonly seed: number;
  readonly comparisons: readonly OutputComparison[];
  /** Targets that were not run, and why. */
  readonly skipped: readonly Skipped[];
  readonly agrees: boolean;
}

/**
 * Builds every target with one seed and runs them on the same noise. The weights are of the `probe` scheme: biases and
 * normalisation are random too, so that none can be dropped unseen. A target that cannot be run here is skipped, unless it
 * was asked for by name: then that is a `RunError`.
 */
export async function verify(network: Network, seed: number, asked?: readonly VerifiedTarget[]): Promise<Verification> {
  checkRunnable(network);
  const inputs = noiseInputs(network, seed);
  const options = { weights: seededWeights(seed, "probe") };
  const reference = await runOnnx(network, inputs, options);
  const comparisons: OutputComparison[] = [];
  const skipped: Skipped[] = [];
  for (const target of asked ?? USUAL) {
    const reason = asked ? undefined : await reasonToSkip(target);
    if (reason !== undefined) {
      skipped.push({ target, reason });
      continue;
    }
    const outputs = await runTarget(target, network, inputs, options);
    comparisons.push(...compare(target, outputs, reference));
  }
  const agrees = comparisons.every(({ relative }) => relative <= TOLERANCE);
  return { net: network.name, seed, comparisons, skipped, agrees };
}

async function reasonToSkip(target: VerifiedTarget): Promise<string | undefined> {
  if (target === "tfjs" || (await interpreterFor(target)) !== undefined) return undefined;
  return `no Python here has ${PACKAGES[target].join(" and ")}`;
}

function runTarget(
  target: VerifiedTarget,
  network: Network,
  inputs: Inputs,
  options: RunOptions,
): Promise<NamedTensor[]> {
  if (target === "tfjs") return runTfjs(network, inputs, options);
  return runPython(target satisfies PythonTarget, { network, inputs, ...options });
}

function compare(
  target: VerifiedTarget,
  outputs: readonly NamedTensor[],
  reference: readonly NamedTensor[],
): OutputComparison[] {
  if (outputs.length !== reference.length) throw new RunError(`${target} does not have the same outputs as onnx`);
  return outputs.map((output) => {
    const expected = reference.find((candidate) => candidate.name === output.name);
    if (!expected) throw new RunError(`${target} and onnx do not name their outputs alike: ${output.name}`);
    return { output: output.name, target, reference: "onnx", ...difference(output, expected) };
  });
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
