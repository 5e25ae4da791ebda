/** `cnnc train FILE --data DIR`: the network learns the images of a folder. */
import { access } from "node:fs/promises";
import {
  defaultTraining,
  groupDigits,
  plural,
  recipeText,
  toJson,
  type Network,
  type Training,
} from "../../../index.js";
import { readDataSet, train as trainNetwork, type EpochResult } from "../../../run/index.js";
import { bindOne, type Sizes } from "../sizes.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { EXIT, note, print, UsageError } from "../terminal.js";
import { trainingBar } from "../training-bar.js";
import { withChosenWeights } from "../weights.js";
import { checkWritable, writing } from "../writing.js";

export interface TrainCommandOptions {
  data: string;
  net?: string;
  size?: Sizes;
  epochs?: number;
  batch?: number;
  lr?: number;
  seed: number;
  /** `init`, or a safetensors file to start from. */
  weights: string;
  backend: "wasm" | "cpu";
  out?: string;
  resume?: boolean;
  limitImages?: number;
  format: "text" | "json";
}

/** What a shell has for a program that was interrupted. */
const INTERRUPTED = 130;

export async function train(path: string, options: TrainCommandOptions): Promise<number> {
  const chosen = chooseNetwork(path, await networksOf(path, options.format, options.net), options.net);
  const network = bindOne(chosen, options.size);
  if (options.weights === "none")
    throw new UsageError("a training starts from weights: leave --weights out, or name a file");
  const training = recipeFor(network, options);
  const out = options.out ?? `${network.name.replace(/[^A-Za-z0-9._-]/g, "_")}.safetensors`;
  if (!out.endsWith(".safetensors")) {
    throw new UsageError(`${out}: weights are written as a .safetensors file; 'cnnc build' makes models of it`);
  }
  const checkpoint = checkpointFor(out);
  if (options.resume) await checkThere(checkpoint);
  const data = await readDataSet(options.data);
  await checkWritable(out);
  const text = options.format === "text";
  if (text) {
    const test = data.test ? ` and ${groupDigits(data.test.size)} to test` : ", none to test";
    print(
      `${network.name} learns ${data.classes} classes from ${plural(data.train.size, "image")}${test} (${data.kind})`,
    );
    print(`  ${recipeText(training)}${network.training ? "" : " (the program has no train block)"}`);
  }
  const bar = await trainingBar(text);
  const { epochs, isStopped } = await withChosenWeights(options, network, (weights) =>
    writing(out, () =>
      trainNetwork(
        {
          network,
          training,
          data,
          weights: weights!,
          seed: options.seed,
          backend: options.backend,
          out,
          checkpoint,
          resume: options.resume ?? false,
          limit: options.limitImages,
        },
        {
          note,
          step: bar.step,
          epoch(result) {
            bar.end();
            print(text ? describe(result) : toJson({ schema: "cnnc-train-epoch/1", net: network.name, ...result }, 0));
          },
        },
      ),
    ),
  ).finally(() => bar.end());
  if (isStopped) {
    note(`stopped; ${checkpoint} keeps what was learnt: the same command with --resume goes on from there`);
    return INTERRUPTED;
  }
  const last = epochs.at(-1);
  if (!text)
    print(
      toJson({ schema: "cnnc-train/1", net: network.name, epochs: epochs.length, last, weights: out, checkpoint }, 0),
    );
  else print(`${out} has the weights; ${checkpoint} is there to go on with more epochs (--resume)`);
  return EXIT.fine;
}

/** The recipe of the program with what the command line says instead. */
function recipeFor(network: Network, { epochs, batch, lr }: TrainCommandOptions): Training {
  const recipe = network.training ?? defaultTraining(network.span);
  const { optimizer } = recipe;
  return {
    ...recipe,
    epochs: epochs ?? recipe.epochs,
    batch: batch ?? recipe.batch,
    optimizer: lr === undefined ? optimizer : { ...optimizer, values: { ...optimizer.values, lr } },
  };
}

/** `lenet.safetensors`: `lenet.checkpoint.safetensors`. */
function checkpointFor(out: string): string {
  return `${out.replace(/\.safetensors$/, "")}.checkpoint.safetensors`;
}

async function checkThere(checkpoint: string): Promise<void> {
  const isThere = await access(checkpoint).then(
    () => true,
    () => false,
  );
  if (!isThere)
    throw new UsageError(`${checkpoint}: there is no checkpoint to go on from; leave --resume out to begin`);
}

const percent = (part: number) => `${(part * 100).toFixed(2)} %`;

/** `0.0312`, `1.12e+26`. */
const lossText = (loss: number) => (loss < 1e6 ? loss.toFixed(4) : loss.toExponential(2));

function describe({
  epoch,
  epochs,
  loss,
  accuracy,
  learningRate,
  seconds,
  imagesPerSecond,
  test,
}: EpochResult): string {
  const width = String(epochs).length;
  const parts = [
    `epoch ${String(epoch).padStart(width)}/${epochs}`,
    `loss ${lossText(loss)}`,
    `accuracy ${percent(accuracy)}`,
    ...(test ? [`test ${percent(test.accuracy)}`] : []),
    `lr ${Number(learningRate.toPrecision(3))}`,
    `${seconds.toFixed(1)} s, ${groupDigits(Math.round(imagesPerSecond))} images/s`,
  ];
  return `  ${parts.join("  ")}`;
}
