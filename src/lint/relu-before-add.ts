/** A residual branch that can only add. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { nodeOf, type Node } from "../ir/network.js";
import { sameDimensions } from "../ir/shape.js";
import { kindsOf, type Rule } from "./rule.js";
import { isWeighted, type View } from "./view.js";

export const reluBeforeAdd = defineDiagnostic<{ layer: string; sum: string }>({
  code: "CNN3140",
  severity: "warning",
  title: "a residual that is never below 0",
  message: ({ layer, sum }) => `${layer} lets the branch of ${sum} only add to its shortcut, never subtract`,
  explanation: `What a residual branch gives is added to the input. Behind a ReLU it is never below 0, so that values can only
grow from unit to unit. Put the activation behind the sum, as ResNet does, or before the convolutions.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - RELU - ADD { ID | CONV3-16 - RELU } - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - ADD { ID | CONV3-16 } - RELU - GAP - FC-10",
    lint: {},
  },
});

/** Activations that give nothing below 0. */
const POSITIVE = new Set(["relu", "relu6", "sigmoid", "hsigmoid", "softplus", "softmax"]);
/** Layers of a branch that are followed back. */
const LONGEST = 24;

export const reluBeforeAddRule: Rule = {
  name: "relu-before-add",
  kinds: kindsOf(reluBeforeAdd),
  runs: "lint",
  doc: {
    why: "The signal grows with depth and the residual can correct in one direction alone.",
    source:
      "He et al. 2016 (Identity Mappings in Deep Residual Networks), section 4.1: ReLU before addition, 7.84 % error of ResNet-110 against 6.61 %",
    told: "ResNet's basic block with its last ReLU inside of the branch",
    fine: "ResNet and RegNet, whose ReLU follows the sum; YOLOv3, whose leaky ReLU lets values below 0 pass; LinkNet, which adds what comes up from smaller maps",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      if (node.op !== "add") return [];
      return node.inputs.flatMap((id) => {
        const end = nodeOf(network, id);
        if (!POSITIVE.has(end.op) || !comesFromAnother(end, node, view)) return [];
        return [diagnose(reluBeforeAdd, end.span, { layer: end.name, sum: node.name })];
      });
    });
  },
};

/**
 * Whether a branch starts from one of the other values that are added: that is a shortcut. Where the branch goes by
 * maps of another size, the two are levels of an encoder and its decoder.
 */
function comesFromAnother(end: Node, { inputs }: Node, view: View): boolean {
  const size = sizeOf(end);
  let steps = 0;
  let learns = false;
  for (const before of view.chainBefore(end)) {
    if (!sameDimensions(sizeOf(before), size)) return false;
    if (inputs.includes(before.id)) return learns;
    learns ||= isWeighted(before);
    if (++steps > LONGEST) return false;
  }
  return false;
}

const sizeOf = ({ type }: Node) => type.shape.slice(0, -1);
