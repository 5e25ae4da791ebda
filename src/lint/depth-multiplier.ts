/** A depthwise convolution that makes several maps of every channel. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { inputTypes } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";

export const depthMultiplier = defineDiagnostic<{ layer: string; times: number; channels: number }>({
  code: "CNN3135",
  severity: "info",
  title: "a depthwise convolution that widens",
  message: ({ layer, times, channels }) =>
    `${layer} makes ${times} maps of each of ${channels} channels, and none of several: its count is no number of filters`,
  explanation: `The count of DWCONV is channels of the result, each made of one channel that arrives. To mix channels, write a
pointwise convolution behind it: DWCONV3 - CONV1-64; to make more of them from all, CONV3-64.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - RELU - DWCONV3-64 - RELU - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - DWCONV3 - RELU - CONV1-64 - RELU - GAP - FC-10",
    lint: {},
  },
});

export const depthMultiplierRule: Rule = {
  name: "depth-multiplier",
  kinds: kindsOf(depthMultiplier),
  runs: "lint",
  doc: {
    why: "The maps of a channel stay among themselves: 64 of them from 3 channels know nothing of each other's colours.",
    source: "Howard et al. 2017 (MobileNets), section 3.1; Chollet 2016 (Xception), figure 5: multipliers of 1",
    told: "DWCONV3-64 right behind a picture, written as if it were a convolution",
    fine: "MobileNet and EfficientNet, whose depthwise layers keep their channels",
  },
  checkNetwork(network) {
    return network.nodes.flatMap((node) => {
      if (node.op !== "dwconv") return [];
      const channels = Number(inputTypes(network, node)[0]!.shape.at(-1));
      const times = Number(node.type.shape.at(-1)) / channels;
      if (times === 1) return [];
      return [diagnose(depthMultiplier, node.argSpans["filters"] ?? node.span, { layer: node.name, times, channels })];
    });
  },
};
