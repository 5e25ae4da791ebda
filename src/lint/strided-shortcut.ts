/** A shortcut whose 1x1 convolution steps over three quarters of what it is to carry over. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { kindsOf, type Rule } from "./rule.js";
import { isShortcut, skips } from "./skips.js";

export const stridedShortcut = defineDiagnostic<{ layer: string }>({
  code: "CNN3127",
  severity: "info",
  title: "a shortcut that passes over pixels",
  message: ({ layer }) => `${layer} carries over one position of each step and passes over the others`,
  explanation: `In the first unit of a stage, ResNet's shortcut is a 1x1 convolution with stride 2. ResNet-D pools first, so that
all positions count: AVGPOOL2 - CONV1-c in place of CONV1-c/2.`,
  example: {
    wrong: "INPUT 32x32x3 - ADD { CONV3-16/2 - RELU - CONV3-16 | CONV1-16/2 } - RELU - GAP - FC-10",
    right: "INPUT 32x32x3 - ADD { CONV3-16/2 - RELU - CONV3-16 | AVGPOOL2 - CONV1-16 } - RELU - GAP - FC-10",
    lint: { rules: { "strided-shortcut": "info" } },
  },
});

export const stridedShortcutRule: Rule = {
  name: "strided-shortcut",
  kinds: kindsOf(stridedShortcut),
  runs: "lint",
  isOff: true,
  doc: {
    why: "The shortcut forgets three quarters of its input; ResNet-D gains some tenths of a percent for a little pooling.",
    source: "T. He et al. 2018 (Bag of Tricks for Image Classification), section 4.2: ResNet-D",
    told: "ResNet-50, in three places, and most nets after it: that is why the rule is off",
    fine: "ResNet-D, whose shortcut pools before it projects",
  },
  checkNetwork(network, view) {
    return network.nodes
      .filter((node) => skips(node) && isShortcut(node, view))
      .map(({ name, span }) => diagnose(stridedShortcut, span, { layer: name }));
  },
};
