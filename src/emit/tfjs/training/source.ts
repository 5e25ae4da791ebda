/** The part of an emitted module that trains. */
import { nodeOf, type Network, type NodeId } from "../../../ir/network.js";
import type { Training } from "../../../ir/training.js";
import { ABSORBED, recipeText } from "../../recipe.js";
import { lossSource } from "./losses.js";
import { outputsSource } from "./outputs.js";
import { drawsInTraining, randomSource } from "./random.js";
import { countsUpdates, ruleSource } from "./rules.js";
import { scheduleSource, usesEpochs } from "./schedules.js";

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
  const draws = drawsInTraining(network);
  const isPlateau = schedule.name === "plateau";
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
      ${draws ? "seedLayers(learner, seed, state.updates);" : ""}
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
${outputsSource(loss)}${lossSource(loss)}${ruleSource(optimizer)}${scheduleSource(schedule)}${randomSource(network)}`;
}
