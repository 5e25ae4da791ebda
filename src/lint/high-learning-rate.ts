/** A learning rate for SGD given to an optimizer of Adam's kind. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { kindsOf, type Rule } from "./rule.js";
import { whereTrained } from "./training-rule.js";

export const highLearningRate = defineDiagnostic<{ optimizer: string; lr: number }>({
  code: "CNN3137",
  severity: "warning",
  title: "a high learning rate for Adam",
  message: ({ optimizer, lr }) => `${optimizer} with lr ${lr} moves every weight by about ${lr} in each step`,
  explanation: `Adam divides by the size of gradients, so that a step is about as large as the rate, whatever the loss. Rates
that suit sgd (0.1) make it diverge, or kill the ReLUs. Usual are 1e-3 and less.`,
  example: {
    wrong: "INPUT 28x28x1 - FC-10 - SOFTMAX\ntrain { optimizer adam lr 0.1 }",
    right: "INPUT 28x28x1 - FC-10 - SOFTMAX\ntrain { optimizer adam lr 1e-3 }",
    lint: {},
  },
});

const HIGHEST = 0.01;

export const highLearningRateRule: Rule = {
  name: "high-learning-rate",
  kinds: kindsOf(highLearningRate),
  runs: "lint",
  doc: {
    why: "The loss jumps and settles at the logarithm of the number of classes: the net gives the same answer to all.",
    source: "Kingma and Ba 2014 (Adam), section 2.1: a step is bounded by about its rate; their default is 0.001",
    told: "`optimizer sgd lr 0.1` of a ResNet recipe, in which only the name was changed to adam",
    fine: "`optimizer sgd lr 0.1 momentum 0.9`, the rate of He et al. 2015",
  },
  checkNetwork: whereTrained(({ optimizer: { name, values }, span }) => {
    const lr = values["lr"] ?? 0;
    if (!name.startsWith("adam") || lr <= HIGHEST) return [];
    return [diagnose(highLearningRate, span, { optimizer: name, lr })];
  }),
};
