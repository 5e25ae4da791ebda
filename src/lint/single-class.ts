/** A softmax over one value, which is always 1. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { nodeOf } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";

export const singleClass = defineDiagnostic<{ layer: string; loss: number }>({
  code: "CNN3116",
  severity: "warning",
  title: "probabilities of a single class",
  message: ({ layer, loss }) =>
    loss
      ? `${layer} gives one score: the cross entropy of a single class is always 0`
      : `${layer} is always 1: it is a softmax over one value`,
  explanation: `For yes or no there are two ways: one score with a SIGMOID and loss binarycrossentropy, or two scores with a
SOFTMAX and loss crossentropy.`,
  example: {
    wrong: "INPUT 28x28x1 - FC-1 - SOFTMAX",
    right: "INPUT 28x28x1 - FC-1 - SIGMOID",
    lint: {},
  },
});

export const singleClassRule: Rule = {
  name: "single-class",
  kinds: kindsOf(singleClass),
  runs: "lint",
  doc: {
    why: "The loss is 0 from the first step on, the accuracy that of always saying yes, and nothing is learnt.",
    source: "Bishop 2006 (Pattern Recognition and Machine Learning), section 4.3.2: two classes take one sigmoid",
    told: "cats against dogs with FC-1 - SOFTMAX, a question that is asked again and again",
    fine: "FC-1 - SIGMOID with loss binarycrossentropy; a generator's critic with FC-1 and no softmax",
  },
  checkNetwork(network) {
    const always = network.nodes.filter(
      ({ op, type }) => (op === "softmax" || op === "logsoftmax") && type.shape.at(-1) === 1,
    );
    if (always.length > 0) return always.map(({ name, span }) => diagnose(singleClass, span, { layer: name, loss: 0 }));
    if (network.training?.loss.name !== "crossentropy") return [];
    return network.outputs
      .map((id) => nodeOf(network, id))
      .filter(({ type }) => type.shape.at(-1) === 1)
      .map(({ name, span }) => diagnose(singleClass, span, { layer: name, loss: 1 }));
  },
};
