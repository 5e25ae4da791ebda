/** Images of a folder as a network takes them. */
import { fixedShape } from "../../ir/shape.js";
import { nodeOf, type Network } from "../../ir/network.js";
import type { Training } from "../../ir/training.js";
import { formatShape } from "../../base/integers.js";
import type { TensorFlow } from "../../gradients/index.js";
import type { DataSet, LabelledImages } from "../data/images.js";
import { fitTo, type Fit } from "../data/fit.js";
import { RunError } from "../errors.js";
import type { TrainingData } from "./module.js";

export interface PreparedData {
  readonly train: TrainingData;
  readonly test?: TrainingData;
  /** What is done to the images. */
  readonly note?: string;
}

/** Errors: `RunError` where the network does not take images, or does not tell as many classes apart as there are. */
export async function prepareData(
  tf: TensorFlow,
  network: Network,
  training: Training,
  set: DataSet,
  limit = Number.POSITIVE_INFINITY,
): Promise<PreparedData> {
  if (network.inputs.length > 1) {
    throw new RunError(`${network.name} has ${network.inputs.length} inputs; images of a folder are one`);
  }
  const shape = fixedShape(nodeOf(network, network.inputs[0]!).type);
  checkOutputs(network, training, set);
  const fit = fitTo(shape, await set.train.image(0));
  return {
    train: dataOf(tf, shape, fit, set.train, limit),
    test: set.test && dataOf(tf, shape, fit, set.test, limit),
    note: fit.note,
  };
}

function checkOutputs(network: Network, training: Training, set: DataSet): void {
  for (const id of network.outputs) {
    const { name, type } = nodeOf(network, id);
    const shape = fixedShape(type);
    if (shape.length > 1) {
      throw new RunError(`${name} gives a map of ${formatShape(shape)}; images with a class are learnt by a vector`);
    }
    const isBinary = training.loss.name !== "crossentropy" && shape[0] === 1 && set.classes === 2;
    if (shape[0] === set.classes || isBinary) continue;
    throw new RunError(`${name} tells ${shape[0]!} classes apart; the data has ${set.classes}`);
  }
}

function dataOf(
  tf: TensorFlow,
  shape: readonly number[],
  fit: Fit,
  images: LabelledImages,
  limit: number,
): TrainingData {
  const each = shape.reduce((a, b) => a * b, 1);
  return {
    size: Math.min(images.size, limit),
    async read(indices) {
      const values = new Float32Array(indices.length * each);
      for (const [place, index] of indices.entries()) fit.write(await images.image(index), values, place * each);
      const labels = Int32Array.from(indices, (index) => images.labels[index]!);
      return { inputs: tf.tensor(values, [indices.length, ...shape]), labels: tf.tensor1d(labels, "int32") };
    },
  };
}
