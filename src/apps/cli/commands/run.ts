/** `cnnc run FILE`: the network on an input, with seeded weights. */
import { closest, fixedShape, formatShape, listWords, nodeOf, toJson, type Network } from "../../../index.js";
import {
  checkRunnable,
  loadInput,
  noiseInputs,
  runOnnx,
  runTfjs,
  type NamedTensor,
  type Tensor,
} from "../../../run/index.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { bindOne, type Sizes } from "../sizes.js";
import { withSizesOfFiles } from "../sizes-of-files.js";
import { EXIT, note, print, UsageError } from "../terminal.js";
import { withChosenWeights } from "../weights.js";

export interface RunCommandOptions {
  backend: "onnx" | "tfjs";
  /** Files, each for the only input or, as `name=file`, for one of several. */
  input?: readonly string[];
  net?: string;
  size?: Sizes;
  seed: number;
  /** `init`, or a safetensors file. */
  weights: string;
  format: "text" | "json";
}

const TOP = 5;

export async function run(path: string, options: RunCommandOptions): Promise<number> {
  const chosen = chooseNetwork(path, await networksOf(path, options.format, options.net), options.net);
  const files = filesOf(chosen, options.input ?? []);
  const network = bindOne(chosen, await withSizesOfFiles(chosen, files, options.size));
  checkRunnable(network);
  if (options.weights === "none")
    throw new UsageError("a net does not run without weights: leave --weights out, or name a file");
  const inputs = new Map<string, Tensor>(noiseInputs(network, options.seed));
  for (const [name, file] of files) {
    const loaded = await loadInput(file, shapeOf(network, name));
    if (loaded.note) note(`${file}: ${loaded.note}`);
    inputs.set(name, loaded);
  }
  const runtime = options.backend === "onnx" ? runOnnx : runTfjs;
  const outputs = await withChosenWeights(options, network, (weights) =>
    runtime(network, inputs, { weights: weights! }),
  );
  const sources = [...inputs].map(([name, { shape }]) => ({ name, from: files.get(name) ?? "seeded noise", shape }));
  if (options.format === "json") {
    const [{ from, shape }] = sources as [(typeof sources)[number]];
    print(
      toJson({
        schema: "cnnc-run/1",
        net: network.name,
        backend: options.backend,
        seed: options.seed,
        weights: options.weights,
        ...(sources.length === 1 ? { input: { from, shape } } : { inputs: sources }),
        outputs: outputs.map(({ name, shape: size, data }) => ({ name, shape: size, values: [...data].map(shortest) })),
      }),
    );
    return EXIT.fine;
  }
  const noise = `noise of seed ${options.seed}`;
  const from = listWords([...new Set(sources.map(({ name }) => files.get(name) ?? noise))]);
  const weights = options.weights === "init" ? `weights of seed ${options.seed} (not trained)` : options.weights;
  print(`${network.name} on ${from}, ${weights}, ${options.backend}`);
  for (const output of outputs) print(describe(output));
  return EXIT.fine;
}

const shapeOf = (network: Network, name: string): readonly number[] =>
  fixedShape(
    nodeOf(
      network,
      network.inputs.find((id) => nodeOf(network, id).name === name)!,
    ).type,
  );

/** The file of each input that has one. Errors: `UsageError` where it is not said, or wrongly said, which input is meant. */
function filesOf(network: Network, given: readonly string[]): ReadonlyMap<string, string> {
  const names = network.inputs.map((id) => nodeOf(network, id).name);
  const files = new Map<string, string>();
  for (const text of given) {
    const [, name, file] = /^([A-Za-z_]\w*)=(.+)$/.exec(text) ?? [];
    const isNamed = name !== undefined && (names.length > 1 || names.includes(name));
    if (!isNamed && names.length > 1) {
      throw new UsageError(
        `${network.name} has the inputs ${listWords(names)}: say which is meant, as ${names[0]!}=${text}`,
      );
    }
    const input = isNamed ? name : names[0]!;
    if (!names.includes(input)) {
      const suggestion = closest(input, names);
      throw new UsageError(
        `${network.name} has no input ${input}; ${suggestion ? `did you mean ${suggestion}?` : `there is ${listWords(names)}`}`,
      );
    }
    if (files.has(input)) throw new UsageError(`${input} is given twice`);
    files.set(input, isNamed ? file! : text);
  }
  return files;
}

/** A float32 with no more digits than it has. */
function shortest(value: number): number {
  return Number(value.toPrecision(9));
}

/** The five largest of a vector, for each image; of a map its size and range. */
function describe({ name, shape, data }: NamedTensor): string {
  const [batch, ...rest] = shape;
  const size = data.length / batch!;
  return Array.from({ length: batch! }, (_, image) => {
    const values = data.subarray(image * size, (image + 1) * size);
    const title = `${name} ${formatShape(rest)}${batch! > 1 ? `, image ${image + 1}` : ""}`;
    return rest.length === 1
      ? `${title}, top ${Math.min(TOP, size)}:\n${topValues(values)}`
      : `${title}: ${range(values)}`;
  }).join("\n");
}

function topValues(values: Float32Array): string {
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b).slice(0, TOP);
  const width = String(values.length - 1).length;
  return order.map((index) => `  ${String(index).padStart(width)}  ${values[index]!.toPrecision(6)}`).join("\n");
}

function range(values: Float32Array): string {
  let [least, most, total] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    total += value;
  }
  const text = (value: number) => value.toPrecision(6);
  return `from ${text(least)} to ${text(most)}, mean ${text(total / values.length)} (all values with --format json)`;
}
