/** A dropout behind the last layer that learns: it drops scores. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { kindsOf, type Rule } from "./rule.js";
import { isActivation, isWeighted } from "./view.js";

export const outputDropout = defineDiagnostic<{ layer: string; before: string }>({
  code: "CNN3117",
  severity: "warning",
  title: "a dropout of the net's own answer",
  message: ({ layer, before }) => `${layer} drops what ${before} answers: no layer behind it makes up for that`,
  explanation: `Dropout is for what a layer reads, so that it does not rely on single features. Behind the last layer it sets
classes to 0 at random. Put it before the last layer.`,
  example: {
    wrong: "INPUT 28x28x1 - FC-64 - RELU - FC-10 - DROPOUT 0.5 - SOFTMAX",
    right: "INPUT 28x28x1 - FC-64 - RELU - DROPOUT 0.5 - FC-10 - SOFTMAX",
    lint: {},
  },
});

/** Activations that give what a net answers, and hidden layers hardly ever. */
const SCORES = new Set(["softmax", "logsoftmax"]);

export const outputDropoutRule: Rule = {
  name: "output-dropout",
  kinds: kindsOf(outputDropout),
  runs: "lint",
  doc: {
    why: "In every step of the training some of the right answers are thrown away.",
    source: "Srivastava et al. 2014 (Dropout), section 1: visible and hidden units are dropped",
    told: "a VGG classifier written as [FC-4096 - RELU - DROPOUT]*2 - FC-1000 - DROPOUT",
    fine: "EfficientNet, whose dropout stands before its last FC",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      if (node.op !== "dropout" || node.args["rate"] === 0) return [];
      const before = view.beforeOf(node);
      if (!before || !(isWeighted(before) || SCORES.has(before.op))) return [];
      const last = view.isOutput(node)
        ? node
        : view.nextBeyond(node, (next) => isActivation(next) && !view.isOutput(next));
      const isEnd = last && view.isOutput(last) && (last === node || isActivation(last));
      return isEnd ? [diagnose(outputDropout, node.span, { layer: node.name, before: before.name })] : [];
    });
  },
};
