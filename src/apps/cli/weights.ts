/** Where a command takes its weights from: a seed, or a file. */
import { listWords, plural, seededWeights, type Network, type WeightSource } from "../../index.js";
import { withWeightsFile } from "../../run/index.js";
import { note } from "./terminal.js";

/** Names of unused tensors that are listed. */
const MOST_NAMES = 3;

/** Runs something with the weights that `--weights` and `--seed` choose: `init`, `none`, or a safetensors file. */
export async function withChosenWeights<T>(
  { weights, seed }: { weights: string; seed: number },
  network: Network,
  work: (weights: WeightSource | undefined) => Promise<T>,
): Promise<T> {
  if (weights === "none") return work(undefined);
  if (weights === "init") return work(seededWeights(seed));
  return withWeightsFile(weights, network, (file) => {
    const { unused } = file;
    if (unused.length > 0) {
      const shown = unused.slice(0, MOST_NAMES);
      if (unused.length > MOST_NAMES) shown.push(`${unused.length - MOST_NAMES} more`);
      note(
        `${weights}: ${plural(unused.length, "tensor")} of it ${unused.length === 1 ? "is" : "are"} of no use to ${network.name}: ${listWords(shown)}`,
      );
    }
    return work(file.weights);
  });
}
