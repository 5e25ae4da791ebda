/** A shortcut that learns a projection where the input itself would fit. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { inputTypes, type Network, type Node } from "../ir/network.js";
import { sameDimensions } from "../ir/shape.js";
import { branchesOf, type Branch } from "./branches.js";
import { kindsOf, type Rule } from "./rule.js";
import { isNorm, isWeighted } from "./view.js";

export const needlessProjection = defineDiagnostic<{ layer: string; sum: string }>({
  code: "CNN3131",
  severity: "info",
  title: "a projection on a shortcut that needs none",
  message: ({ layer, sum }) => `${layer} projects the shortcut of ${sum} to the shape that it has already: ID fits`,
  explanation: `A residual sum passes its input on unchanged wherever shapes allow it; that is what lets gradients through a
hundred layers. A projection belongs where the stride or the number of channels changes. Write ID.`,
  example: {
    wrong: `INPUT 32x32x3 - CONV3-16 - RELU
ADD { CONV3-16 - RELU - CONV3-16 | CONV1-16 } - RELU - GAP - FC-10`,
    right: `INPUT 32x32x3 - CONV3-16 - RELU
ADD { CONV3-16 - RELU - CONV3-16 | ID } - RELU - GAP - FC-10`,
    lint: {},
  },
});

export const needlessProjectionRule: Rule = {
  name: "needless-projection",
  kinds: kindsOf(needlessProjection),
  runs: "lint",
  doc: {
    why: "It costs parameters and makes deep nets harder to train than the identity does.",
    source: "He et al. 2015 (ResNet), section 4.1, options B and C; He et al. 2016 (Identity Mappings), section 3",
    told: "ResNet's option C, a projection on every shortcut",
    fine: "ResNet-50's first unit, whose shortcut widens 64 channels to 256; RepVGG's 1x1 beside a single 3x3",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      if (node.op !== "add" || node.inputs.length !== 2) return [];
      const branches = branchesOf(network, node, view) as [Branch, Branch];
      if (branches[0].source !== branches[1].source) return [];
      return [...branches].flatMap(({ layers }, index) => {
        const own = branches[1 - index]!.layers.filter(isWeighted);
        const [projection] = layers;
        if (own.length < 2 || !projection || !layers.slice(1).every(isNorm) || !isProjection(network, projection))
          return [];
        return [diagnose(needlessProjection, projection.span, { layer: projection.name, sum: node.name })];
      });
    });
  },
};

function isProjection(network: Network, node: Node): boolean {
  if (node.op !== "conv" || !(node.args["window"] as readonly number[]).every((size) => size === 1)) return false;
  return sameDimensions(inputTypes(network, node)[0]!.shape, node.type.shape);
}
