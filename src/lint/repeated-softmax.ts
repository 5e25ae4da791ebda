/** A softmax of a softmax. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { kindsOf, type Rule } from "./rule.js";
import { isPlain } from "./view.js";

export const repeatedSoftmax = defineDiagnostic<{ first: string; second: string }>({
  code: "CNN3114",
  severity: "warning",
  title: "a softmax of probabilities",
  message: ({ first, second }) => `${second} takes what ${first} gives, which are probabilities already`,
  explanation: `A softmax of values between 0 and 1 is nearly uniform: of ten classes none gets more than 0.24, and gradients
nearly vanish. One softmax at the end is enough; loss crossentropy takes it as part of itself.`,
  example: {
    wrong: "INPUT 28x28x1 - FC-10 - SOFTMAX - SOFTMAX",
    right: "INPUT 28x28x1 - FC-10 - SOFTMAX",
    lint: {},
  },
});

const PROBABILITIES = new Set(["softmax", "sigmoid", "hsigmoid"]);

export const repeatedSoftmaxRule: Rule = {
  name: "repeated-softmax",
  kinds: kindsOf(repeatedSoftmax),
  runs: "lint",
  doc: {
    why: "The classes can no longer be told apart with confidence, and training is slow for no visible reason.",
    source: "PyTorch's manual of CrossEntropyLoss: its input is expected to be unnormalized logits",
    told: "nets of PyTorch with nn.Softmax at the end that are trained with CrossEntropyLoss, which applies it again",
    fine: "LeNet-5 with FC-10 - SOFTMAX and loss crossentropy: here the loss takes the softmax into itself",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      if (!PROBABILITIES.has(node.op)) return [];
      const next = view.nextBeyond(node, isPlain);
      if (next?.op !== "softmax" && next?.op !== "logsoftmax") return [];
      // The logarithm of a softmax of one is a mistake as well, but of a sigmoid for two classes it may be meant.
      if (node.op !== "softmax" && next.op === "logsoftmax") return [];
      const edits = view.removal(next.span);
      const fixes = edits ? [{ title: `leave ${next.name} out`, edits }] : [];
      return [diagnose(repeatedSoftmax, next.span, { first: node.name, second: next.name }, { fixes })];
    });
  },
};
