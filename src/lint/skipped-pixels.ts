/** A stride that is larger than its window. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { formatShape } from "../base/integers.js";
import { kindsOf, type Rule } from "./rule.js";
import { isShortcut, skips } from "./skips.js";

export const skippedPixels = defineDiagnostic<{ layer: string; window: string; stride: string }>({
  code: "CNN3126",
  severity: "warning",
  title: "a stride larger than its window",
  message: ({ layer, window, stride }) =>
    `${layer} takes steps of ${stride} with a ${window} window: it never sees what lies between`,
  explanation: `Positions between two windows are computed by the layers before and then read by nothing. Put the stride on a
layer with a larger window, as ResNet's later versions do with the 3x3 convolution of the bottleneck.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - RELU - CONV1-32/2 - RELU - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16/2 - RELU - CONV1-32 - RELU - GAP - FC-10",
    lint: {},
  },
});

export const skippedPixelsRule: Rule = {
  name: "skipped-pixels",
  kinds: kindsOf(skippedPixels),
  runs: "lint",
  doc: {
    why: "Three quarters of what the layer before has computed is thrown away unread.",
    source: "T. He et al. 2018 (Bag of Tricks for Image Classification), section 4.2: ResNet-B",
    told: "the bottleneck of the first ResNet (Caffe), whose stride is on its first 1x1 convolution",
    fine: "torchvision's ResNet, with the stride on the 3x3; the 1x1 of a shortcut, which strided-shortcut looks at",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      if (!skips(node) || isShortcut(node, view)) return [];
      const [window, stride] = [node.args["window"], node.args["stride"]] as [readonly number[], readonly number[]];
      const args = { layer: node.name, window: formatShape(window), stride: formatShape(stride) };
      return [diagnose(skippedPixels, node.argSpans["stride"] ?? node.span, args)];
    });
  },
};
