/** What an emitted module makes of the outputs of a model that is trained, as source text. */
import type { Choice } from "../../../ir/training.js";

/** Source of what gives the outputs, their loss, the classes that are found, and the first value that is no number. */
export function outputsSource(loss: Choice): string {
  // The value from which on an output of one value says that the image is of the class.
  const threshold = loss.name === "binarycrossentropy" ? "0" : "0.5";
  return `
/**
 * What a layer gives.
 *
 * @param {import("@tensorflow/tfjs").LayersModel} model
 * @param {string} name
 */
function sourceOf(model, name) {
  return /** @type {import("@tensorflow/tfjs").SymbolicTensor} */ (model.getLayer(name).output);
}

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
  const found = classes === 1 ? tf.squeeze(tf.cast(tf.greater(output, ${threshold}), "int32"), [-1]) : tf.argMax(output, -1);
  return tf.sum(tf.cast(tf.equal(found, tf.cast(labels, "int32")), "int32")).dataSync()[0] / (labels.size / labels.shape[0]);
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
`;
}
