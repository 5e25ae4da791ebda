/** Two activations in a row. */
import { defineDiagnostic, diagnose, type Fix } from "../base/diagnostics.js";
import type { Node } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";
import { isActivation, isPlain, type View } from "./view.js";

export const repeatedActivation = defineDiagnostic<{ first: string; second: string; same: number }>({
  code: "CNN3120",
  severity: "warning",
  title: "two activations in a row",
  message: ({ first, second, same }) =>
    same
      ? `${second} does nothing: ${first} has done it already`
      : `${second} takes what ${first} gives: one of them will do`,
  explanation: `An activation belongs behind a layer that learns. A second one does nothing (RELU), or bends what is bent
already: a ReLU before a SOFTMAX makes equals of all classes whose scores are below 0.`,
  example: {
    wrong: "INPUT 28x28x1 - FC-10 - RELU - SOFTMAX",
    right: "INPUT 28x28x1 - FC-10 - SOFTMAX",
    lint: {},
  },
});

/** Those that leave their own results as they are. */
const DONE_ONCE = new Set(["relu", "relu6"]);

export const repeatedActivationRule: Rule = {
  name: "repeated-activation",
  kinds: kindsOf(repeatedActivation),
  runs: "lint",
  doc: {
    why: "At best nothing happens twice; at worst the classes' scores are cut before they are compared.",
    source: "CS231n, Neural Networks Part 1: the last layer of scores has no activation",
    told: "FC-10 - RELU - SOFTMAX, where the ReLU of every other layer was copied to the last one",
    fine: "SqueezeNet's CONV1-1000 - RELU - GAP, whose scores are means; gates of squeeze-and-excitation, which are multiplied",
    mended: "takes out a second RELU or RELU6",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      const next = isActivation(node) ? view.nextBeyond(node, isPlain) : undefined;
      if (!next || !isActivation(next) || isOfProbabilities(node)) return [];
      const isSame = node.op === next.op && DONE_ONCE.has(node.op);
      const args = { first: node.name, second: next.name, same: isSame ? 1 : 0 };
      return [diagnose(repeatedActivation, next.span, args, { fixes: isSame ? fixesOf(next, view) : [] })];
    });
  },
};

/** A softmax of those is told by a rule of its own. */
const isOfProbabilities = ({ op }: Node) => ["softmax", "sigmoid", "hsigmoid"].includes(op);

function fixesOf(node: Node, view: View): Fix[] {
  const edits = view.removal(node.span);
  return edits ? [{ title: `leave ${node.name} out`, isSafe: true, edits }] : [];
}
