/** The part of an emitted module that trains. */
import { nodeOf, type Network, type NodeId } from "../../../ir/network.js";
import type { Choice, Training } from "../../../ir/training.js";
import { ABSORBED, lossSource } from "./losses.js";
import { countsUpdates, ruleSource } from "./rules.js";
import { scheduleSource, usesEpochs } from "./schedules.js";

/** `sgd lr 0.01 momentum 0.9`, without what is as it is by default. */
function choiceText({ name, values }: Choice): string {
  return [name, ...Object.entries(values).flatMap(([key, value]) => (value === 0 ? [] : [`${key} ${value}`]))].join(
    " ",
  );
}

/** The recipe as the program says it, on one line. */
export function recipeText({ loss, optimizer, schedule, batch, epochs }: Training): string {
  return `${choiceText(loss)}, ${choiceText(optimizer)}, ${choiceText(schedule)}, batch ${batch}, ${epochs} epochs`;
}

/** The name of the layer whose value a loss takes for an output: that before an activation which is part of the loss. */
function learntFrom(network: Network, id: NodeId, { loss }: Training): string {
  const node = nodeOf(network, id);
  const [input] = node.inputs;
  return node.op === ABSORBED[loss.name] && input !== undefined ? nodeOf(network, input).name : node.name;
}

/** Source of `train` and `evaluate`, for a network whose outputs are classes. `model` is the type of what is trained. */
export function trainingSource(network: Network, training: Training, model: string): string {
  const { loss, optimizer, schedule, batch, epochs } = training;
  const sources = network.outputs.map((id) => learntFrom(network, id, training));
  const outputs = sources.map((name) => `sourceOf(model, ${JSON.stringify(name)})`);
  const isPlateau = schedule.name === "plateau";
  const needsSource = sources.length > 0;
  return `
/** @typedef {import("@tensorflow/tfjs").Variable} Variable */

/**
 * Images with their classes: \`read\` gives those of some indices, \`inputs\` channels last and \`labels\` whole numbers.
 *
 * @typedef {object} TrainingData
 * @property {number} size
 * @property {(indices: Uint32Array) => Promise<{ inputs: Tensor | Tensor[], labels: Tensor }>} read
 */

/**
 * How far a training is: all that a later one needs to go on, beside the weights.
 *
 * @typedef {object} TrainingState
 * @property {number} epoch epochs that are done
 * @property {number} step steps of the current epoch that are done
 * @property {number} updates steps that are done in all
 * @property {number} loss sum over the images of the current epoch
 * @property {number} correct images of the current epoch whose class was found
 * @property {number} seen images of the current epoch
${
  isPlateau
    ? ` * @property {number} best the least loss of an epoch
 * @property {number} epochsWithoutProgress
 * @property {number} reduction what the learning rate is multiplied with
`
    : ""
} * @property {Tensor[][]} kept what the optimizer keeps for each tensor
 */

/**
 * @typedef {object} Progress
 * @property {number} epoch from 1
 * @property {number} epochs
 * @property {number} step steps of this epoch that are done
 * @property {number} steps steps of an epoch
 * @property {number} loss mean over this epoch
 * @property {number} accuracy part of the images of this epoch whose class was found
 * @property {number} learningRate
 * @property {boolean} isEpochEnd
 * @property {TrainingState} state
 */

/** @returns {TrainingState} */
export function newTraining() {
  return { epoch: 0, step: 0, updates: 0, loss: 0, correct: 0, seen: 0, ${isPlateau ? "best: Infinity, epochsWithoutProgress: 0, reduction: 1, " : ""}kept: [] };
}

/**
 * Trains the model with the recipe of the program: ${recipeText(training)}. Gives the progress after every step
 * and at the end of every epoch; between two of them the training may be stopped, and goes on from the state.
 *
 * @param {TensorFlow} tf
 * @param {import("@tensorflow/tfjs").${model}} model
 * @param {TrainingData} data
 * @param {{ epochs?: number, batch?: number, learningRate?: number, seed?: number, state?: TrainingState }} [options]
 * @returns {AsyncGenerator<Progress, void>}
 */
export async function* train(tf, model, data, options = {}) {
  const { epochs = ${epochs}, batch = ${batch}, learningRate: base = ${optimizer.values["lr"] ?? 0.01}, seed = 0, state = newTraining() } = options;
  const learner = learnerOf(tf, model);
  const variables = model.trainableWeights.map((weight) => /** @type {Variable} */ (weight.read()));
  const steps = Math.ceil(data.size / batch);
  while (state.epoch < epochs) {
    const order = shuffled(data.size, seed, state.epoch);
    let learningRate = base;
    const progress = (isEpochEnd = false) => ({
      epoch: state.epoch + 1,
      epochs,
      step: state.step,
      steps,
      loss: state.loss / state.seen,
      accuracy: state.correct / state.seen,
      learningRate,
      isEpochEnd,
      state,
    });
    while (state.step < steps) {
      const indices = order.subarray(state.step * batch, (state.step + 1) * batch);
      learningRate = learningRateAt(base, state, steps${usesEpochs(schedule) ? ", epochs" : ""});
      const { inputs, labels } = await data.read(indices);
      const { loss, correct, gradients } = gradientsOf(tf, learner, inputs, labels, variables);
      if (!Number.isFinite(loss)) {
        const where = firstNotFinite(tf, model, inputs);
        tf.dispose([gradients, inputs, labels]);
        throw Object.assign(new Error(\`the loss is \${loss} in step \${state.step + 1} of epoch \${state.epoch + 1}\`), { where });
      }
      state.updates++;
      variables.forEach((variable, index) => {
        const kept = state.kept[index] ?? [];
        const [value, ...next] = tf.tidy(() => updated(tf, variable, gradients[variable.name], kept, learningRate${countsUpdates(optimizer) ? ", state.updates" : ""}));
        variable.assign(value);
        tf.dispose([value, kept]);
        state.kept[index] = next;
      });
      tf.dispose([gradients, inputs, labels]);
      state.step++;
      state.seen += indices.length;
      state.loss += loss * indices.length;
      state.correct += correct;
      yield progress();
    }
    ${isPlateau ? "endEpoch(state, state.loss / state.seen);" : ""}
    const last = progress(true);
    Object.assign(state, { epoch: state.epoch + 1, step: 0, loss: 0, correct: 0, seen: 0 });
    yield last;
  }
}

/**
 * The mean loss over some images, and the part of them whose class is found.
 *
 * @param {TensorFlow} tf
 * @param {import("@tensorflow/tfjs").${model}} model
 * @param {TrainingData} data
 * @param {number} [batch]
 */
export async function evaluate(tf, model, data, batch = ${batch}) {
  const learner = learnerOf(tf, model);
  let [loss, correct] = [0, 0];
  for (let start = 0; start < data.size; start += batch) {
    const indices = Uint32Array.from({ length: Math.min(batch, data.size - start) }, (_, index) => start + index);
    const { inputs, labels } = await data.read(indices);
    const found = tf.tidy(() => {
      const outputs = outputsOf(learner, inputs, false);
      return { loss: totalLoss(tf, outputs, labels).dataSync()[0], correct: countCorrect(tf, outputs, labels) };
    });
    tf.dispose([inputs, labels]);
    loss += found.loss * indices.length;
    correct += found.correct;
  }
  return { loss: loss / data.size, accuracy: correct / data.size };
}

/**
 * The model up to what the loss takes.
 *
 * @param {TensorFlow} tf
 * @param {import("@tensorflow/tfjs").${model}} model
 */
function learnerOf(tf, model) {
  return tf.model({ inputs: model.inputs, outputs: [${outputs.join(", ")}] });
}
${needsSource ? SOURCE_OF : ""}
/**
 * @param {import("@tensorflow/tfjs").LayersModel} learner
 * @param {Tensor | Tensor[]} inputs
 * @param {boolean} training
 * @returns {Tensor[]}
 */
function outputsOf(learner, inputs, training) {
  return /** @type {Tensor[]} */ ([learner.apply(inputs, { training })].flat());
}

/**
 * The sum of the losses of all outputs.
 *
 * @param {TensorFlow} tf
 * @param {Tensor[]} outputs
 * @param {Tensor} labels
 */
function totalLoss(tf, outputs, labels) {
  return tf.addN(outputs.map((output) => lossOf(tf, output, targetFor(tf, output, labels)))).asScalar();
}

/**
 * What an output should be: 1 for the class and 0 for the others.
 *
 * @param {TensorFlow} tf
 * @param {Tensor} output
 * @param {Tensor} labels
 * @returns {Tensor}
 */
function targetFor(tf, output, labels) {
  if (labels.rank === output.rank) return labels;
  const classes = output.shape[output.rank - 1];
  if (classes === 1) return tf.cast(tf.expandDims(labels, -1), "float32");
  return tf.cast(tf.oneHot(/** @type {import("@tensorflow/tfjs").Tensor1D} */ (tf.cast(labels, "int32")), classes), "float32");
}

/**
 * How many images are found right, by the first output.
 *
 * @param {TensorFlow} tf
 * @param {Tensor[]} outputs
 * @param {Tensor} labels
 */
function countCorrect(tf, [output], labels) {
  if (labels.rank === output.rank) return 0;
  const classes = output.shape[output.rank - 1];
  const found = classes === 1 ? tf.squeeze(tf.cast(tf.greater(output, ${loss.name === "binarycrossentropy" ? "0" : "0.5"}), "int32"), [-1]) : tf.argMax(output, -1);
  return tf.sum(tf.cast(tf.equal(found, tf.cast(labels, "int32")), "int32")).dataSync()[0] / (labels.size / labels.shape[0]);
}

/**
 * @param {TensorFlow} tf
 * @param {import("@tensorflow/tfjs").LayersModel} learner
 * @param {Tensor | Tensor[]} inputs
 * @param {Tensor} labels
 * @param {Variable[]} variables
 */
function gradientsOf(tf, learner, inputs, labels, variables) {
  let correct = 0;
  const { value, grads: gradients } = tf.variableGrads(() => {
    const outputs = outputsOf(learner, inputs, true);
    correct = countCorrect(tf, outputs, labels);
    return totalLoss(tf, outputs, labels);
  }, variables);
  const loss = value.dataSync()[0];
  value.dispose();
  return { loss, correct, gradients };
}

/**
 * The layer that is the first to have a weight, or to give a value, that is no number.
 *
 * @param {TensorFlow} tf
 * @param {import("@tensorflow/tfjs").LayersModel} model
 * @param {Tensor | Tensor[]} inputs
 * @returns {{ layer: string, what: "weights" | "values" } | undefined}
 */
export function firstNotFinite(tf, model, inputs) {
  return tf.tidy(() => {
    const isFine = (/** @type {Tensor} */ tensor) => tf.all(tf.isFinite(tensor)).dataSync()[0] === 1;
    const layer = model.layers.find((candidate) => !candidate.getWeights().every(isFine));
    if (layer) return { layer: layer.name, what: /** @type {const} */ ("weights") };
    const all = tf.model({ inputs: model.inputs, outputs: model.layers.map(({ output }) => output).flat() });
    const values = [all.apply(inputs, { training: true })].flat();
    const place = values.findIndex((value) => !isFine(/** @type {Tensor} */ (value)));
    return place < 0 ? undefined : { layer: model.layers[place].name, what: /** @type {const} */ ("values") };
  });
}
${lossSource(loss)}${ruleSource(optimizer)}${scheduleSource(schedule)}${SHUFFLE}`;
}

const SOURCE_OF = `
/**
 * What a layer gives.
 *
 * @param {import("@tensorflow/tfjs").LayersModel} model
 * @param {string} name
 */
function sourceOf(model, name) {
  return /** @type {import("@tensorflow/tfjs").SymbolicTensor} */ (model.getLayer(name).output);
}
`;

const SHUFFLE = `
/**
 * All indices, in an order that the seed and the epoch decide (Fisher and Yates).
 *
 * @param {number} size
 * @param {number} seed
 * @param {number} epoch
 */
function shuffled(size, seed, epoch) {
  const order = Uint32Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last--) {
    const other = Math.floor((randomWord(seed, epoch, last) / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/**
 * A word of Threefry-2x32-20 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", 2011).
 *
 * @param {number} seed
 * @param {number} stream
 * @param {number} counter
 */
function randomWord(seed, stream, counter) {
  const keys = [seed, stream, 0x1bd11bda ^ seed ^ stream];
  const rotations = [13, 15, 26, 6, 17, 29, 16, 24];
  let [a, b] = [(counter + keys[0]) | 0, keys[1] | 0];
  for (let round = 0; round < 20; round++) {
    const rotation = rotations[round % 8];
    a = (a + b) | 0;
    b = ((b << rotation) | (b >>> (32 - rotation))) ^ a;
    if (round % 4 !== 3) continue;
    const group = (round + 1) / 4;
    a = (a + keys[group % 3]) | 0;
    b = (b + keys[(group + 1) % 3] + group) | 0;
  }
  return a >>> 0;
}
`;

/** Types of what it exports. */
export const trainingTypes = (model: string): string => `
/** Images with their classes: \`read\` gives those of some indices, \`inputs\` channels last and \`labels\` whole numbers. */
export interface TrainingData {
  size: number;
  read(indices: Uint32Array): Promise<{ inputs: tensorflow.Tensor | tensorflow.Tensor[]; labels: tensorflow.Tensor }>;
}

/** How far a training is: all that a later one needs to go on, beside the weights. */
export interface TrainingState {
  epoch: number;
  step: number;
  updates: number;
  loss: number;
  correct: number;
  seen: number;
  best?: number;
  epochsWithoutProgress?: number;
  reduction?: number;
  kept: tensorflow.Tensor[][];
}

export interface Progress {
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  loss: number;
  accuracy: number;
  learningRate: number;
  isEpochEnd: boolean;
  state: TrainingState;
}

export declare function newTraining(): TrainingState;

/** Trains the model with the recipe of the program. Gives the progress after every step and at the end of every epoch. */
export declare function train(
  tf: TensorFlow,
  model: tensorflow.${model},
  data: TrainingData,
  options?: { epochs?: number; batch?: number; learningRate?: number; seed?: number; state?: TrainingState },
): AsyncGenerator<Progress, void>;

/** The mean loss over some images, and the part of them whose class is found. */
export declare function evaluate(
  tf: TensorFlow,
  model: tensorflow.${model},
  data: TrainingData,
  batch?: number,
): Promise<{ loss: number; accuracy: number }>;

/** The layer that is the first to have a weight, or to give a value, that is no number. */
export declare function firstNotFinite(
  tf: TensorFlow,
  model: tensorflow.${model},
  inputs: tensorflow.Tensor | tensorflow.Tensor[],
): { layer: string; what: "weights" | "values" } | undefined;
`;
