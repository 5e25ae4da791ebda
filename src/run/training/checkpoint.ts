/** The weights of a model that is trained, and all that the training needs to go on. */
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { weightTensors } from "../../analysis/weights.js";
import { bytesOf, streamOf } from "../../emit/bytes.js";
import { encodeSafetensors, type NamedValues } from "../../emit/safetensors/encode.js";
import type { TensorFlow } from "../../gradients/index.js";
import type { ByteReader } from "../../import/bytes.js";
import { readSafetensors, readValues } from "../../import/safetensors/read.js";
import type { Network } from "../../ir/network.js";
import { RunError } from "../errors.js";
import { writeAtomically } from "../files.js";
import type { TrainingState } from "./module.js";

/** What a training was started with, which one that goes on has to have too. */
export interface TrainingSetting {
  readonly net: string;
  readonly recipe: string;
  readonly seed: number;
  readonly batch: number;
  readonly images: number;
}

async function valuesOf(name: string, tensor: Tensor, shape: readonly number[] = tensor.shape): Promise<NamedValues> {
  return { name, shape, data: streamOf(bytesOf(Float32Array.from((await tensor.data()) as Float32Array))) };
}

/** The tensors of a model by their names in the language, in its order. */
async function weightsOf(network: Network, model: LayersModel): Promise<NamedValues[]> {
  const layers = new Map(model.layers.map((layer) => [layer.name, layer.getWeights()]));
  const places = new Map<string, number>();
  const values: NamedValues[] = [];
  for (const { name, node, spec } of weightTensors(network)) {
    const place = places.get(node.name) ?? 0;
    places.set(node.name, place + 1);
    const tensor = layers.get(node.name)?.[place];
    // What no output needs is not in the model.
    if (tensor) values.push(await valuesOf(name, tensor, spec.shape));
  }
  return values;
}

/** Writes the weights alone. */
export async function writeWeights(path: string, network: Network, model: LayersModel): Promise<void> {
  const metadata = { format: "cnnc", net: network.name };
  await writeAtomically(path, encodeSafetensors(await weightsOf(network, model), metadata));
}

/** Writes the weights, and the state of the training. */
export async function writeCheckpoint(
  path: string,
  network: Network,
  model: LayersModel,
  state: TrainingState,
  setting: TrainingSetting,
): Promise<void> {
  const { kept, ...numbers } = state;
  const slots = await Promise.all(
    kept.flatMap((tensors, index) => tensors.map((tensor, slot) => valuesOf(`optimizer.${index}.${slot}`, tensor))),
  );
  const metadata = {
    format: "cnnc-checkpoint",
    net: network.name,
    setting: JSON.stringify(setting),
    // JSON has no infinity, which the least loss is at first.
    state: JSON.stringify(numbers, (_key, value: unknown) => (value === Number.POSITIVE_INFINITY ? "Infinity" : value)),
  };
  await writeAtomically(path, encodeSafetensors([...(await weightsOf(network, model)), ...slots], metadata));
}

/** The state of a training that was stopped. Errors: `RunError` where the file is no checkpoint, or of another training. */
export function readState(tf: TensorFlow, reader: ByteReader, setting: TrainingSetting): TrainingState {
  const { metadata, tensors } = readSafetensors(reader);
  if (metadata["format"] !== "cnnc-checkpoint" || !metadata["state"] || !metadata["setting"]) {
    throw new RunError("the file is no checkpoint of 'cnnc train'");
  }
  const before = JSON.parse(metadata["setting"]) as TrainingSetting;
  for (const key of ["net", "recipe", "seed", "batch", "images"] as const) {
    if (before[key] === setting[key]) continue;
    throw new RunError(`the checkpoint is of a training with ${key} ${before[key]}, this one has ${setting[key]}`);
  }
  const state = JSON.parse(metadata["state"], (_key, value: unknown) =>
    value === "Infinity" ? Number.POSITIVE_INFINITY : value,
  ) as TrainingState;
  const kept: Tensor[][] = [];
  for (const stored of tensors.values()) {
    const [, index, slot] = /^optimizer\.(\d+)\.(\d+)$/.exec(stored.name) ?? [];
    if (index === undefined) continue;
    const values = new Float32Array(stored.size);
    readValues(reader, stored, 0, values);
    (kept[Number(index)] ??= [])[Number(slot)] = tf.tensor(values, [...stored.shape]);
  }
  return { ...state, kept };
}
