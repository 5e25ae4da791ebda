/** Sigmoids between the layers of a deep network. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { kindsOf, type Rule } from "./rule.js";
import { isPlain, isWeighted } from "./view.js";

export const saturatingActivation = defineDiagnostic<{ layer: string; count: number }>({
  code: "CNN3141",
  severity: "info",
  title: "sigmoids within a deep net",
  message: ({ layer, count }) =>
    `${layer} is one of ${count} hidden sigmoids: each lets a quarter of the gradient through at most`,
  explanation: `The slope of a sigmoid is 0.25 at most and nearly 0 for large values. After a few of them the first layers get
hardly any gradient, and what they give is never centred. Take RELU, or TANH where values have to be bounded.`,
  example: {
    wrong: "INPUT 28x28x1 - [CONV3-16 - SIGMOID]*3 - GAP - FC-10",
    right: "INPUT 28x28x1 - [CONV3-16 - RELU]*3 - GAP - FC-10",
    lint: {},
  },
});

/** Fewer do little harm: nets of the eighties had one or two. */
const FEWEST = 3;

export const saturatingActivationRule: Rule = {
  name: "saturating-activation",
  kinds: kindsOf(saturatingActivation),
  runs: "lint",
  doc: {
    why: "Gradients vanish with depth, and the net trains slowly or not at all.",
    source:
      "Glorot and Bengio 2010 (Understanding the difficulty of training deep feedforward neural networks), section 3.1",
    told: "LeNet-5 with SIGMOID for every TANH, as some books print it",
    fine: "LeNet-5's TANH; the SIGMOID of squeeze-and-excitation, which is multiplied; one at the end",
  },
  checkNetwork(network, view) {
    const hidden = network.nodes.filter((node) => {
      if (node.op !== "sigmoid") return false;
      const next = view.nextBeyond(node, (between) => isPlain(between) || /pool|^gap$|^gmp$/.test(between.op));
      return next !== undefined && isWeighted(next);
    });
    const [first] = hidden;
    if (!first || hidden.length < FEWEST) return [];
    return [diagnose(saturatingActivation, first.span, { layer: first.name, count: hidden.length })];
  },
};
