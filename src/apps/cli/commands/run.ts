/** `cnnc run FILE`: the network on an input, with seeded weights. */
import { fixedShape, formatShape, nodeOf, toJson } from "../../../index.js";
import {
  checkRunnable,
  loadInput,
  noiseInput,
  runOnnx,
  runTfjs,
  type LoadedInput,
  type NamedTensor,
} from "../../../run/index.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { bindOne, type Sizes } from "../sizes.js";
import { EXIT, note, print } from "../terminal.js";

export interface RunCommandOptions {
  backend: "onnx" | "tfjs";
  input?: string;
  net?: string;
  size?: Sizes;
  seed: number;
  format: "text" | "json";
}

const TOP = 5;

export async function run(path: string, options: RunCommandOptions): Promise<number> {
  const chosen = chooseNetwork(path, await networksOf(path, options.format), options.net);
  const network = bindOne(chosen, options.size);
  checkRunnable(network);
  const shape = fixedShape(nodeOf(network, network.inputs[0]!).type);
  const input: LoadedInput = options.input ? await loadInput(options.input, shape) : noiseInput(shape, options.seed);
  if (input.note) note(`${options.input!}: ${input.note}`);
  const runtime = options.backend === "onnx" ? runOnnx : runTfjs;
  const outputs = await runtime(network, input, { seed: options.seed, scheme: "init" });
  if (options.format === "json") {
    print(
      toJson({
        schema: "cnnc-run/1",
        net: network.name,
        backend: options.backend,
        seed: options.seed,
        input: { from: options.input ?? "seeded noise", shape: input.shape },
        outputs: outputs.map(({ name, shape: size, data }) => ({ name, shape: size, values: [...data].map(shortest) })),
      }),
    );
    return EXIT.fine;
  }
  print(
    `${network.name} on ${options.input ?? `noise of seed ${options.seed}`}, weights of seed ${options.seed} (not trained), ${options.backend}`,
  );
  for (const output of outputs) print(describe(output));
  return EXIT.fine;
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
