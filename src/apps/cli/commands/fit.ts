/** `cnnc fit FILE --memory 8GB`: the largest batch, and the largest input. */
import { bytesText, fitOf, groupDigits, toJson, type Fit } from "../../../index.js";
import { bindOne, type Sizes } from "../sizes.js";
import { checkBudgets, chooseNetwork, compiledOf } from "../sources.js";
import { EXIT, paintFor, print } from "../terminal.js";
import { trainingFor, type TrainingChoices } from "../training-choices.js";

export interface FitCommandOptions extends TrainingChoices {
  net?: string;
  size?: Sizes;
  memory: bigint;
  format: "text" | "json";
}

export async function fit(path: string, options: FitCommandOptions): Promise<number> {
  const compiled = await compiledOf(path, options.format, options.net);
  checkBudgets(path, options.format, compiled);
  const { networks, open } = compiled;
  const network = bindOne(chooseNetwork(path, networks, options.net), options.size);
  const { memory, precision, train, checkpoint } = options;
  const isTrained = train !== undefined || checkpoint !== undefined;
  const training = isTrained ? trainingFor(network, options) : undefined;
  // Letters that were given stay as they are.
  const free = (options.size?.size ?? 0) > 0 ? undefined : open(network.name);
  const found = fitOf(network, { memory, training, precision }, free);
  if (options.format === "json") print(toJson({ schema: "cnnc-fit/1", memory, ...found }));
  else print(textOf(found, memory, training ? `training with ${training.optimizer.name}` : "running"));
  return found.batch > 0n ? EXIT.fine : EXIT.program;
}

function textOf({ net, batch, first, perImage, needed, largest }: Fit, memory: bigint, what: string): string {
  const title = `${paintFor(process.stdout).strong(net)}, ${what}, in ${bytesText(memory)}`;
  const needs = `one image needs ${bytesText(first)}, each further one ${bytesText(perImage)}`;
  const input = largest ? [`  input up to ${largest.join("x")} at batch 1`] : [];
  if (batch === 0n) return [title, `  not even one image fits: ${needs}`, ...input].join("\n");
  return [title, `  batch up to ${groupDigits(batch)} (${bytesText(needed)})`, ...input, `  ${needs}`].join("\n");
}
