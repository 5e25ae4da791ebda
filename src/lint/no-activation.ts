/** A network of several layers without one activation. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { linearPairs, pairOfLinearNet } from "./linear-pairs.js";
import { kindsOf, type Rule } from "./rule.js";
import { isActivation } from "./view.js";

export const noActivation = defineDiagnostic<{ net: string; first: string; second: string }>({
  code: "CNN3113",
  severity: "warning",
  title: "a net without activations",
  message: ({ net, first, second }) => `${net} has no activation at all: ${first} and ${second} are one linear map`,
  explanation: `Slides often leave out the ReLU behind every convolution and every dense layer, because the text says it.
Written like that, layers in a row are one linear layer; norms, means and an activation at the very end change nothing of it.
Write the activations: CONV3-64 - RELU.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - CONV3-32 - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - CONV3-32 - RELU - GAP - FC-10",
    lint: {},
  },
});

export const noActivationRule: Rule = {
  name: "no-activation",
  kinds: kindsOf(noActivation),
  runs: "lint",
  doc: {
    why: "Depth without activations buys nothing: the net can only separate what a linear classifier can.",
    source: "Nair and Hinton 2010 (ReLU); Goodfellow et al. 2016 (Deep Learning), section 6.3.3",
    told: "the lecture's AlexNet typed from its slide, on which only convolutions, pools and dense layers stand",
    fine: "softmax regression, FC-10 - SOFTMAX, which is meant to be linear",
  },
  checkNetwork(network, view) {
    const [next] = linearPairs(view);
    // Where there are activations, linear-after-linear tells of such pairs.
    if (next && network.nodes.some((node) => isActivation(node) || node.op === "attention")) return [];
    const pair = next ?? pairOfLinearNet(view);
    if (!pair) return [];
    const [first, second] = pair;
    return [diagnose(noActivation, second.span, { net: network.name, first: first.name, second: second.name })];
  },
};
