/** An activation at the end of a network that does not go with the loss of its training. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { nodeOf } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";
import { isActivation } from "./view.js";

export const lossActivation = defineDiagnostic<{ loss: string; layer: string; op: string; wanted: string }>({
  code: "CNN3115",
  severity: "warning",
  title: "an activation at the end that does not go with the loss",
  message: ({ loss, layer, wanted }) => `${layer} stands at the end, but loss ${loss} wants ${wanted}`,
  explanation: `crossentropy takes scores of any size, or a SOFTMAX as the last layer; binarycrossentropy scores, or a SIGMOID.
mse and mae compare numbers: behind a ReLU no number below 0 comes out, and where all are below 0 nothing is learnt.`,
  example: {
    wrong: "INPUT 28x28x1 - FC-10 - RELU\ntrain { loss crossentropy }",
    right: "INPUT 28x28x1 - FC-10 - SOFTMAX\ntrain { loss crossentropy }",
    lint: {},
  },
});

const CUT = new Set(["relu", "relu6"]);

/** What may stand at the end for a loss, in words, and whether an activation may. */
const LOSSES: Readonly<Record<string, { readonly wanted: string; fits(op: string): boolean }>> = {
  crossentropy: {
    wanted: "scores without an activation, or a SOFTMAX",
    fits: (op) => op === "softmax" || op === "logsoftmax",
  },
  binarycrossentropy: { wanted: "scores without an activation, or a SIGMOID", fits: (op) => op === "sigmoid" },
  mse: { wanted: "numbers that may be below 0", fits: (op) => !CUT.has(op) },
  mae: { wanted: "numbers that may be below 0", fits: (op) => !CUT.has(op) },
};

export const lossActivationRule: Rule = {
  name: "loss-activation",
  kinds: kindsOf(lossActivation),
  runs: "lint",
  doc: {
    why: "Scores that are cut or squashed before the loss have no gradient where the net is most wrong.",
    source: "Goodfellow et al. 2016 (Deep Learning), section 6.2.2: output units and their losses",
    told: "a copy of SqueezeNet's last lines without its GAP, CONV1-10 - RELU, trained with crossentropy",
    fine: "SqueezeNet itself, whose scores are means of what its last ReLU gives: GAP stands at the end",
  },
  checkNetwork(network) {
    const { training } = network;
    const loss = training && LOSSES[training.loss.name];
    if (!loss) return [];
    return network.outputs.flatMap((id) => {
      const node = nodeOf(network, id);
      if (!isActivation(node) || loss.fits(node.op)) return [];
      // That of a single class is single-class's to tell: a SOFTMAX would not mend it.
      if (training.loss.name === "crossentropy" && node.type.shape.at(-1) === 1) return [];
      const related = [{ span: training.span, text: "how it is trained" }];
      const args = { loss: training.loss.name, layer: node.name, op: node.op, wanted: loss.wanted };
      return [diagnose(lossActivation, node.span, args, { related })];
    });
  },
};
