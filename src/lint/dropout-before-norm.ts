/** A dropout shortly before a batch normalisation, whose statistics it changes in training alone. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { kindsOf, type Rule } from "./rule.js";
import { isActivation, isWeighted } from "./view.js";

export const dropoutBeforeNorm = defineDiagnostic<{ layer: string; norm: string }>({
  code: "CNN3118",
  severity: "info",
  title: "a dropout before a batch normalisation",
  message: ({ layer, norm }) =>
    `${layer} raises the variance that ${norm} measures in training, but not when the net is used`,
  explanation: `Dropout scales what it keeps, which keeps the mean and raises the variance. Batch normalisation then learns a
variance that it does not find once dropout is off. Put dropout behind the last BN, or leave it out.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - RELU - DROPOUT 0.5 - CONV3-16 no bias - BN - RELU - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - CONV3-16 no bias - BN - RELU - GAP - DROPOUT 0.5 - FC-10",
    lint: {},
  },
});

export const dropoutBeforeNormRule: Rule = {
  name: "dropout-before-norm",
  kinds: kindsOf(dropoutBeforeNorm),
  runs: "lint",
  doc: {
    why: "The variances of training and of use differ, and with them the scale of everything behind.",
    source:
      "Li, Chen, Hu and Yang 2019 (Understanding the Disharmony between Dropout and Batch Normalization by Variance Shift)",
    told: "Wide ResNet with dropout between its convolutions, which trains well all the same: that is why it is a note",
    fine: "EfficientNet and MobileNetV2, whose dropout stands behind every BN",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      if (node.op !== "dropout" || node.args["rate"] === 0) return [];
      const next = view.nextBeyond(node, (between) => isActivation(between) || isWeighted(between));
      return next?.op === "bn" ? [diagnose(dropoutBeforeNorm, node.span, { layer: node.name, norm: next.name })] : [];
    });
  },
};
