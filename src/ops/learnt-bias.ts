/** The bias of convolutions and dense layers. */
import type { WeightSpec } from "./define.js";

/** One learnt number for each of the results, which starts at 0; none with `no bias`. */
export function learntBias(bias: boolean, results: number, name = "bias"): WeightSpec[] {
  return bias ? [{ name, shape: [results], role: "bias", initial: { kind: "constant", value: 0 } }] : [];
}
