/** Weights of a network from a file of another tool. */
import type { WeightSource, WeightTensor } from "../../analysis/weights.js";
import type { Match } from "./match.js";
import { ownValues } from "./own.js";

/** The values of matched layers; those of one tensor are kept until another one is read. */
export function importedWeights(matches: readonly Match[]): WeightSource {
  const places = new Map<string, () => Float32Array>();
  for (const { own, foreign } of matches) {
    for (const [role, { name }] of own.tensors) places.set(name, () => ownValues(own, role, foreign));
  }
  let kept: { name: string; values: Float32Array } | undefined;
  return {
    read({ name }: WeightTensor, start, target) {
      if (kept?.name !== name) kept = { name, values: places.get(name)!() };
      target.set(kept.values.subarray(start, start + target.length));
    },
  };
}
