/** `cnnc build FILE --target TARGET -o PATH`: files that other tools run. */
import { stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import {
  bytesText,
  defaultTraining,
  foldBatchNorms,
  listWords,
  plural,
  toJson,
  trainsOnImages,
  weightBytes,
  type EmittedFile,
  type Folded,
  type Network,
} from "../../../index.js";
import { RunError, writeFiles } from "../../../run/index.js";
import { withProgress } from "../progress.js";
import { bindOne, bindSome, type Sizes } from "../sizes.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { fileStem } from "../stem.js";
import { FLAGS, targets, type EmitRequest, type Target, type TargetName, type TargetOptions } from "../targets.js";
import { EXIT, note, print, UsageError } from "../terminal.js";
import { trainingFor } from "../training-choices.js";
import { withChosenWeights } from "../weights.js";
import { writing } from "../writing.js";

export interface BuildOptions extends TargetOptions {
  target: TargetName;
  output: string;
  net?: string;
  size?: Sizes;
  seed: number;
  /** `init`, `none`, or a safetensors file. */
  weights: string;
  format: "text" | "json";
}

export async function build(path: string, options: BuildOptions): Promise<number> {
  const chosen = chooseNetwork(path, await networksOf(path, options.format, options.net), options.net);
  checkOptions(options);
  const bind = (targets[options.target] satisfies Target).takesLetters ? bindSome : bindOne;
  const network = trained(bind(chosen, options.size), options);
  const { folder, ...place } = await placeFor(options, network);
  const { opset, externalData } = options;
  return withChosenWeights(options, network, async (weights) => {
    const folded = weights && options.foldBn ? folding(network) : undefined;
    const request = { weights: folded ? folded.weights(weights!) : weights, opset, externalData, ...place };
    const files = await emit(folded?.network ?? network, options.target, request);
    if (files.some((file) => resolve(folder, file.path) === resolve(path))) {
      throw new UsageError(`${path} is the program itself and would be overwritten: choose another output`);
    }
    const total = files.reduce((sum, { data }) => sum + data.byteLength, 0);
    await writing(options.output, () =>
      withProgress(`building ${network.name}`, total, (progress) => writeFiles(folder, files, progress)),
    );
    report(network, options, folder, files, total);
    return EXIT.fine;
  });
}

/**
 * The network with the recipe that is asked for: its own where it has one, and the optimizer by its name. Errors: `UsageError`
 * where no script could train it.
 */
function trained(network: Network, { train, target }: BuildOptions): Network {
  if (train === undefined) return network;
  if (target === "pytorch" && !trainsOnImages(network))
    throw new UsageError(
      `${network.name} does not find a class of one image of a fixed size: no script is written that trains it`,
    );
  const { optimizer } = trainingFor(network, { train, precision: "float32" });
  return { ...network, training: { ...(network.training ?? defaultTraining(network.span)), optimizer } };
}

/** Errors: `UsageError` for an option that the target, or the choice of weights, has no use for. */
function checkOptions(options: BuildOptions): void {
  const { options: taken }: Target = targets[options.target];
  for (const name of Object.keys(FLAGS) as (keyof TargetOptions)[]) {
    if (options[name] === undefined || taken.includes(name)) continue;
    const others = Object.entries<Target>(targets).filter(([, target]) => target.options.includes(name));
    const names = listWords(others.map(([target]) => target));
    throw new UsageError(`${FLAGS[name]} is for --target ${names}, not for ${options.target}`);
  }
  if (options.weights !== "none") return;
  for (const name of ["externalData", "foldBn"] as const) {
    if (options[name]) throw new UsageError(`${FLAGS[name]} is about weights: with --weights none there are none`);
  }
}

/** The normalisations that can be folded, told in a note. */
function folding(network: Network): Folded {
  const folded = foldBatchNorms(network);
  const left = folded.network.nodes.filter(({ op }) => op === "bn").length;
  const rest =
    left > 0
      ? `; ${left} ${left === 1 ? "stands" : "stand"} behind no layer that could take ${left === 1 ? "it" : "them"} in`
      : "";
  note(`${plural(folded.names.length, "batch normalisation")} folded into the layers before them${rest}`);
  return folded;
}

async function emit(network: Network, target: TargetName, request: EmitRequest): Promise<readonly EmittedFile[]> {
  const { most, holder, emit: emitTarget }: Target = targets[target];
  const bytes = weightBytes(network);
  if (request.weights && bytes > most) {
    const [size, limit] = [bytes, most].map((count) => (Number(count) / 1e9).toFixed(2));
    throw new RunError(
      `${network.name} has weights of ${size} GB; ${holder} at most ${limit} GB: build it with --weights none`,
    );
  }
  return emitTarget(network, request);
}

/** A path with an ending is the main file; any other is the folder that it goes into, named as the net. */
async function placeFor(
  { target, output }: BuildOptions,
  network: Network,
): Promise<{ folder: string; stem: string; ending: string }> {
  const endings: readonly string[] = targets[target].endings;
  const ending = extname(output);
  const isFolder =
    output.endsWith("/") ||
    (await stat(output).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  if (!isFolder && endings.includes(ending)) return { folder: dirname(output), stem: basename(output, ending), ending };
  if (!isFolder && (ending !== "" || output === "-" || (await exists(output)))) {
    throw new UsageError(`${output}: the ${target} target writes ${endings.join(" or ")} files, or into a folder`);
  }
  return { folder: output, stem: fileStem(network), ending: endings[0]! };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Shards are told as one line. */
function report(
  network: Network,
  options: BuildOptions,
  folder: string,
  files: readonly EmittedFile[],
  total: number,
): void {
  if (options.format === "json") {
    const list = files.map(({ path, data }) => ({ path: join(folder, path), bytes: data.byteLength }));
    print(
      toJson({
        schema: "cnnc-build/1",
        net: network.name,
        target: options.target,
        seed: options.seed,
        weights: options.weights,
        files: list,
        bytes: total,
      }),
    );
    return;
  }
  const shards = files.filter(({ path }) => path.endsWith(".bin"));
  const rest = files.filter((file) => !shards.includes(file));
  for (const { path, data } of [...rest].reverse()) print(`${join(folder, path)}  ${bytesText(data.byteLength)}`);
  if (shards.length === 0) return;
  const bytes = shards.reduce((sum, { data }) => sum + data.byteLength, 0);
  const name = shards.length === 1 ? shards[0]!.path : `${shards[0]!.path} and ${shards.length - 1} more`;
  print(`${join(folder, name)}  ${bytesText(bytes)}`);
}
