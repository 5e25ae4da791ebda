/** Two normalisations in a row. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { kindsOf, type Rule } from "./rule.js";
import { isNorm, isPlain } from "./view.js";

export const repeatedNorm = defineDiagnostic<{ first: string; second: string }>({
  code: "CNN3121",
  severity: "warning",
  title: "two normalisations in a row",
  message: ({ first, second }) => `${second} normalises what ${first} has normalised`,
  explanation: `What has mean 0 and variance 1 by channel gets it a second time; only the scale and shift of the second one
remain. One of the two is left over, mostly from a block that starts with its own.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 no bias - BN - BN - RELU - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 no bias - BN - RELU - GAP - FC-10",
    lint: {},
  },
});

export const repeatedNormRule: Rule = {
  name: "repeated-norm",
  kinds: kindsOf(repeatedNorm),
  runs: "lint",
  doc: {
    why: "The first one's scale and shift are learnt for nothing, and both cost a pass over memory.",
    source:
      "Ioffe and Szegedy 2015 (Batch Normalization), algorithm 1: what has mean 0 and variance 1 already is only scaled and shifted",
    told: "a pre-activation block (BN - RELU - CONV) behind a stem that ends in BN without its ReLU",
    fine: "DenseNet, whose BN follows a concatenation; ConvNeXt's LN behind a residual sum",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      const next = isNorm(node) ? view.nextBeyond(node, isPlain) : undefined;
      if (!next || !isNorm(next)) return [];
      const edits = view.removal(next.span);
      const fixes = edits ? [{ title: `leave ${next.name} out`, edits }] : [];
      return [diagnose(repeatedNorm, next.span, { first: node.name, second: next.name }, { fixes })];
    });
  },
};
