/** A bias in front of a normalisation that takes every channel's mean away. */
import { defineDiagnostic, diagnose, type Fix } from "../base/diagnostics.js";
import { costOf } from "../analysis/cost.js";
import { groupDigits } from "../base/integers.js";
import { quantityHolds } from "../base/quantity.js";
import { afterSpan, textOf } from "../base/source.js";
import type { Network, Node } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";
import { isWeighted } from "./view.js";

export const biasBeforeNorm = defineDiagnostic<{ layer: string; norm: string; values: string }>({
  code: "CNN3111",
  severity: "warning",
  title: "a bias that a normalisation takes away again",
  message: ({ layer, norm }) => `the bias of ${layer} has no effect: ${norm} takes each channel's mean away`,
  explanation: `BN and IN subtract the mean of every channel, and with it whatever a bias has added; their own shift does
what the bias was for. Write no bias, or default CONV no bias for all layers below.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - BN - RELU - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 no bias - BN - RELU - GAP - FC-10",
    lint: {},
  },
});

export const biasBeforeNormRule: Rule = {
  name: "bias-before-norm",
  kinds: kindsOf(biasBeforeNorm),
  runs: "lint",
  doc: {
    why: "The bias is learnt, stored and moved for nothing: its gradient is 0.",
    source: "Ioffe and Szegedy 2015 (Batch Normalization), section 3.2: 'the bias b can be ignored'",
    told: "torchvision's vgg16_bn, whose convolutions all have one",
    fine: "ResNet-50, whose convolutions have none; ConvNeXt, whose LN takes one mean over all channels",
    mended: "writes `no bias` where the layer is written out and no figure of the program counts its bias",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      if (!isWeighted(node) || node.args["bias"] !== true) return [];
      const next = view.nextOf(node);
      if (next?.op !== "bn" && next?.op !== "in") return [];
      const channels = Number(node.type.shape.at(-1));
      const args = { layer: node.name, norm: next.name, values: groupDigits(channels) };
      const notes = [`${args.values} parameters without effect`];
      return [diagnose(biasBeforeNorm, node.span, args, { notes, fixes: fixesOf(network, node) })];
    });
  },
};

/**
 * None where the layer is not written out: a parameter that stands for it takes no attribute. Left to the author where the
 * line claims a number of parameters that counts the biases.
 */
function fixesOf(network: Network, node: Node): Fix[] {
  const { weights } = costOf(network, node);
  const isKept = node.claims.every(({ subject, quantity }) => subject !== "params" || quantityHolds(quantity, weights));
  const fix = { title: "write no bias", ...(isKept && { isSafe: true as const }) };
  const written = node.argSpans["bias"];
  if (written) return [{ ...fix, edits: [{ span: written, text: "no bias" }] }];
  const isWritten = /^[A-Z]{2,}[\s\S]*[\w)]$/.test(textOf(node.span));
  if (!isWritten) return [];
  return [{ ...fix, edits: [{ span: afterSpan(node.span), text: " no bias" }] }];
}
