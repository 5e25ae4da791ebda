/** The weights of a model that is trained, and all that the training needs to go on. */
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { weightTensors, type WeightSource } from "../../analysis/weights.js";
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

/** A network with the model that is trained, and the weights that it began with. */
export interface Trained {
  readonly network: Network;
  readonly model: LayersModel;
  readonly initial: WeightSource;
}

/** The tensors of a model by their names in the language, in its order. What no output needs is as it was. */
async function weightsOf({ network, model, initial }: Trained): Promise<NamedValues[]> {
  const layers = new Map(model.layers.map((layer) => [layer.name, layer.getWeights()]));
  const places = new Map<string, number>();
  const values: NamedValues[] = [];
  for (const weight of weightTensors(network)) {
    const { name, node, spec, size } = weight;
    const place = places.get(node.name) ?? 0;
    places.set(node.name, place + 1);
    const tensor = layers.get(node.name)?.[place];
    if (tensor) {
      values.push(await valuesOf(name, tensor, spec.shape));
      continue;
    }
    const before = new Float32Array(size);
    initial.read(weight, 0, before);
    values.push({ name, shape: spec.shape, data: streamOf(bytesOf(before)) });
  }
  return values;
}

/** Writes the weights alone. */
export async function writeWeights(path: string, trained: Trained): Promise<void> {
  const metadata = { format: "cnnc", net: trained.network.name };
  await writeAtomically(path, encodeSafetensors(await weightsOf(trained), metadata));
}

/** Writes the weights, and the state of the training. */
export async function writeCheckpoint(
  path: string,
  trained: Trained,
  state: TrainingState,
  setting: TrainingSetting,
): Promise<void> {
  const { kept, ...numbers } = state;
  const slots = await Promise.all(
    kept.flatMap((tensors, index) => tensors.map((tensor, slot) => valuesOf(`optimizer.${index}.${slot}`, tensor))),
  );
  const metadata = {
    format: "cnnc-checkpoint",
    net: setting.net,
    setting: JSON.stringify(setting),
    // JSON has no infinity, which the least loss is at first.
    state: JSON.stringify(numbers, (_key, value: unknown) => (value === Number.POSITIVE_INFINITY ? "Infinity" : value)),
  };
  await writeAtomically(path, encodeSafetensors([...(await weightsOf(trained)), ...slots], metadata));
}

/**
 * The state of a training that was stopped. Errors: `RunError` where the file is no checkpoint, is damaged, or is of another
 * training.
 */
export function readState(tf: TensorFlow, reader: ByteReader, setting: TrainingSetting): TrainingState {
  const { metadata, tensors } = readSafetensors(reader);
  if (metadata["format"] !== "cnnc-checkpoint" || !metadata["state"] || !metadata["setting"]) {
    throw new RunError("the file is no checkpoint of 'cnnc train'");
  }
  const before = parsed(metadata["setting"]);
  for (const key of ["net", "recipe", "seed", "batch", "images"] as const) {
    if (before[key] === setting[key]) continue;
    throw new RunError(
      `the checkpoint is of a training with ${key} ${String(before[key])}, this one has ${setting[key]}`,
    );
  }
  const state = parsed(metadata["state"]);
  for (const [name, value] of Object.entries(state)) {
    if (typeof value !== "number" || !(value >= 0)) throw new RunError(`the checkpoint says ${name} ${String(value)}`);
  }
  for (const name of ["epoch", "step", "updates", "seen"]) {
    if (!Number.isSafeInteger(state[name])) throw new RunError(`the checkpoint says no whole number of ${name}`);
  }
  const kept: Tensor[][] = [];
  for (const stored of tensors.values()) {
    const [, index, slot] = /^optimizer\.(\d{1,6})\.(\d)$/.exec(stored.name) ?? [];
    if (index === undefined) continue;
    const values = new Float32Array(stored.size);
    readValues(reader, stored, 0, values);
    (kept[Number(index)] ??= [])[Number(slot)] = tf.tensor(values, [...stored.shape]);
  }
  return { ...(state as unknown as TrainingState), kept };
}

/** An object of the file's metadata. */
function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text, (_key, item: unknown) =>
      item === "Infinity" ? Number.POSITIVE_INFINITY : item,
    );
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, like everything else that is no object.
  }
  throw new RunError("the checkpoint is damaged: what it says of its training cannot be read");
}

/** Errors: `RunError` where what an optimizer kept does not belong to the tensors of the model. */
export function checkKept({ kept }: TrainingState, model: LayersModel): void {
  const shapes = model.trainableWeights.map(({ shape }) => shape.join());
  const isWhole = kept.length === 0 || kept.length === shapes.length;
  if (!isWhole) throw new RunError(`the checkpoint is damaged: it keeps ${kept.length} tensors of ${shapes.length}`);
  for (const [index, tensors] of kept.entries()) {
    // A place that the file left out is a hole of the array.
    const fits = tensors ? [...tensors].every((tensor) => tensor?.shape.join() === shapes[index]) : false;
    if (!fits)
      throw new RunError(`the checkpoint is damaged: what the optimizer kept for tensor ${index} does not fit`);
  }
}
