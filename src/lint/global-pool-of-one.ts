/** A global pool of a map with one position. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { inputTypes } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import { kindsOf, type Rule } from "./rule.js";

export const globalPoolOfOne = defineDiagnostic<{ layer: string; arrives: string }>({
  code: "CNN3123",
  severity: "warning",
  title: "a global pool of a single position",
  message: ({ layer, arrives }) => `${layer} pools nothing: ${arrives} has one position already`,
  explanation: `Global pooling is for maps: by then the net has halved its input too often, or the input is smaller than the net
was made for. Leave out a stride or a pool further up, or give the net a larger input.`,
  example: {
    wrong: "INPUT 32x32x3 - [CONV3-16 - RELU - POOL2]*5 - GAP - FC-10",
    right: "INPUT 32x32x3 - [CONV3-16 - RELU - POOL2]*3 - GAP - FC-10",
    lint: {},
  },
});

export const globalPoolOfOneRule: Rule = {
  name: "global-pool-of-one",
  kinds: kindsOf(globalPoolOfOne),
  runs: "lint",
  doc: {
    why: "The last layers have run on a single position, where 3x3 windows see eight zeros.",
    source: "He et al. 2015 (ResNet), section 4.2: for 32x32 pixels a net that halves twice, and ends at 8x8",
    told: "ResNet-18 made for ImageNet's 224x224 pixels on CIFAR's 32x32",
    fine: "ResNet-18 on 224x224 pixels, which pools 7x7 positions",
  },
  checkNetwork(network) {
    return network.nodes.flatMap((node) => {
      if (node.op !== "gap" && node.op !== "gmp") return [];
      const [{ shape }] = inputTypes(network, node) as [ReturnType<typeof inputTypes>[number]];
      if (!shape.slice(0, -1).every((size) => size === 1)) return [];
      return [diagnose(globalPoolOfOne, node.span, { layer: node.name, arrives: formatDimensions(shape) })];
    });
  },
};
