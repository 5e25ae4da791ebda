/** Losses as source text: functions of what the model gives before its last activation, and of the targets. */
import type { Choice } from "../../../ir/training.js";

const losses: Readonly<Record<string, (values: Choice["values"]) => { doc: string; body: string }>> = {
  crossentropy({ smoothing = 0 }) {
    const target =
      smoothing === 0
        ? "target"
        : `tf.add(tf.mul(target, ${1 - smoothing}), ${smoothing} / target.shape[target.rank - 1])`;
    return {
      doc: `Cross entropy of classes${smoothing === 0 ? "" : `, with a label smoothing of ${smoothing}`}.`,
      body: `return tf.neg(tf.mean(tf.sum(tf.mul(${target}, tf.logSoftmax(output)), -1)));`,
    };
  },
  binarycrossentropy: () => ({
    doc: "Cross entropy of each value by itself.",
    // log(1 + e^-|x|) is small wherever x is large.
    body: `const rest = tf.log1p(tf.exp(tf.neg(tf.abs(output))));
return tf.mean(tf.add(tf.sub(tf.relu(output), tf.mul(output, target)), rest));`,
  }),
  mse: () => ({ doc: "Mean squared error.", body: "return tf.mean(tf.square(tf.sub(output, target)));" }),
  mae: () => ({ doc: "Mean absolute error.", body: "return tf.mean(tf.abs(tf.sub(output, target)));" }),
};

/** Source of `lossOf`. */
export function lossSource({ name, values }: Choice): string {
  const loss = losses[name];
  if (!loss) throw new Error(`no loss ${name}`);
  const { doc, body } = loss(values);
  return `
/**
 * ${doc}
 *
 * @param {TensorFlow} tf
 * @param {Tensor} output
 * @param {Tensor} target
 * @returns {Tensor}
 */
function lossOf(tf, output, target) {
${body}
}
`;
}
