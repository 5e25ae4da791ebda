/** How an optimizer changes one tensor, as source text. All follow PyTorch's definitions. */
import type { Choice } from "../../../ir/training.js";

const number = (value: number) => String(value);

/** The gradient with the decay of the weights added (L2), where there is one. */
const withDecay = (decay: number) => (decay === 0 ? "gradient" : `tf.add(gradient, tf.mul(value, ${number(decay)}))`);

const rules: Readonly<Record<string, (values: Choice["values"]) => { doc: string; slots: string; body: string }>> = {
  sgd({ momentum = 0, decay = 0, nesterov = 0 }) {
    if (momentum === 0) {
      return {
        doc: "Stochastic gradient descent.",
        slots: "",
        body: `return [tf.sub(value, tf.mul(${withDecay(decay)}, learningRate))];`,
      };
    }
    const step = nesterov ? `tf.add(slope, tf.mul(next, ${number(momentum)}))` : "next";
    return {
      doc: `Stochastic gradient descent with ${nesterov ? "Nesterov's " : ""}momentum: keeps the velocity.`,
      slots: "velocity",
      body: `const slope = ${withDecay(decay)};
const next = velocity ? tf.add(tf.mul(velocity, ${number(momentum)}), slope) : tf.clone(slope);
return [tf.sub(value, tf.mul(${step}, learningRate)), next];`,
    };
  },
  adam: ({ beta1 = 0.9, beta2 = 0.999, eps = 1e-8, decay = 0 }) => ({
    doc: "Adam (Kingma and Ba, 2014): keeps the means of the gradient and of its square.",
    slots: "mean, square",
    body: `const slope = ${withDecay(decay)};
${adamBody(beta1, beta2, eps)}
return [tf.sub(value, tf.mul(step, learningRate)), nextMean, nextSquare];`,
  }),
  adamw: ({ beta1 = 0.9, beta2 = 0.999, eps = 1e-8, decay = 1e-2 }) => ({
    doc: "AdamW (Loshchilov and Hutter, 2017): keeps the means of the gradient and of its square.",
    slots: "mean, square",
    body: `const slope = gradient;
${adamBody(beta1, beta2, eps)}
const decayed = tf.mul(value, 1 - learningRate * ${number(decay)});
return [tf.sub(decayed, tf.mul(step, learningRate)), nextMean, nextSquare];`,
  }),
  rmsprop({ rho = 0.9, momentum = 0, eps = 1e-8, decay = 0 }) {
    const square = `const slope = ${withDecay(decay)};
const nextSquare = tf.add(square ? tf.mul(square, ${number(rho)}) : 0, tf.mul(tf.square(slope), ${number(1 - rho)}));
const step = tf.div(slope, tf.add(tf.sqrt(nextSquare), ${number(eps)}));`;
    if (momentum === 0) {
      return {
        doc: "RMSProp: keeps the mean of the gradient's square.",
        slots: "square",
        body: `${square}
return [tf.sub(value, tf.mul(step, learningRate)), nextSquare];`,
      };
    }
    return {
      doc: "RMSProp with momentum: keeps the mean of the gradient's square, and the velocity.",
      slots: "square, velocity",
      body: `${square}
const next = velocity ? tf.add(tf.mul(velocity, ${number(momentum)}), step) : tf.clone(step);
return [tf.sub(value, tf.mul(next, learningRate)), nextSquare, next];`,
    };
  },
};

const adamBody = (beta1: number, beta2: number, eps: number) => `\
const nextMean = tf.add(mean ? tf.mul(mean, ${number(beta1)}) : 0, tf.mul(slope, ${number(1 - beta1)}));
const nextSquare = tf.add(square ? tf.mul(square, ${number(beta2)}) : 0, tf.mul(tf.square(slope), ${number(1 - beta2)}));
const size = tf.add(tf.sqrt(tf.div(nextSquare, 1 - ${number(beta2)} ** updates)), ${number(eps)});
const step = tf.div(tf.div(nextMean, 1 - ${number(beta1)} ** updates), size);`;

/** Source of `updated`. Errors: throws on an optimizer that is not in the language, which is a mistake in the compiler. */
export function ruleSource({ name, values }: Choice): string {
  const rule = rules[name];
  if (!rule) throw new Error(`no rule for ${name}`);
  const { doc, slots, body } = rule(values);
  const isTimed = body.includes("updates");
  return `
/**
 * ${doc}
 *
 * @param {TensorFlow} tf
 * @param {Tensor} value
 * @param {Tensor} gradient
 * @param {Tensor[]} ${slots === "" ? "_kept" : "kept"} what the optimizer keeps of the steps before; nothing at first
 * @param {number} learningRate
${isTimed ? " * @param {number} updates how many steps there were with this one\n" : ""} * @returns {Tensor[]} the new value, and what is kept
 */
function updated(tf, value, gradient, ${slots === "" ? "_kept" : `[${slots}]`}, learningRate${isTimed ? ", updates" : ""}) {
${body}
}
`;
}

/** Whether the rule of an optimizer counts its steps. */
export function countsUpdates({ name }: Choice): boolean {
  return name === "adam" || name === "adamw";
}
