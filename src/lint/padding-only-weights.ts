/** Weights of a window that meet nothing but padding, wherever the window stands. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { formatShape } from "../base/integers.js";
import { inputTypes } from "../ir/network.js";
import { formatDimensions, isFixedShape } from "../ir/shape.js";
import type { AxisReach } from "../ops/define.js";
import { operatorNamed } from "../ops/registry.js";
import { kindsOf, type Rule } from "./rule.js";

export const paddingOnlyWeights = defineDiagnostic<{ layer: string; used: string; window: string; arrives: string }>({
  code: "CNN3124",
  severity: "warning",
  title: "a window of which parts only ever see padding",
  message: ({ layer, used, window, arrives }) =>
    `of the ${window} window of ${layer} only ${used} ever meets the ${arrives} that arrives: the rest sees padding`,
  explanation: `A window that is large beside its map hangs over the edge wherever it stands; some of its weights are
multiplied with zeros alone. A 3x3 convolution of a 1x1 map is a 1x1 convolution with nine times the weights. Take a
smaller window or a smaller dilation, or shrink the map less before it.`,
  example: {
    wrong: "INPUT 32x32x3 - [CONV3-16 - RELU - POOL2]*5 - CONV3-32 - RELU - FC-10",
    right: "INPUT 32x32x3 - [CONV3-16 - RELU - POOL2]*4 - CONV3-32 - RELU - FC-10",
    lint: {},
  },
});

const WINDOWED = new Set(["conv", "dwconv", "pool", "avgpool"]);

export const paddingOnlyWeightsRule: Rule = {
  name: "padding-only-weights",
  kinds: kindsOf(paddingOnlyWeights),
  runs: "lint",
  doc: {
    why: "Weights are stored, moved and multiplied that can never learn anything.",
    source:
      "Chen et al. 2017 (DeepLabv3), section 3.3: at a rate close to the map's size only the middle of a 3x3 filter counts",
    told: "torchvision's DeepLabv3 on 224x224 pixels, whose rate of 36 meets maps of 28x28; VGG's conv5 on 16x16 pixels",
    fine: "Inception's 3x3 on 8x8; C3D's 3x3x3 on two frames, each of whose weights meets one of them",
  },
  checkNetwork(network) {
    return network.nodes.flatMap((node) => {
      if (!WINDOWED.has(node.op)) return [];
      const inputs = inputTypes(network, node);
      const { shape } = inputs[0]!;
      const axes = operatorNamed(node.op).reach?.(node.args, inputs);
      if (!axes || !isFixedShape(shape) || !isFixedShape(node.type.shape)) return [];
      const outputs = node.type.shape;
      const used = axes.map((axis, index) => usedTaps(axis, shape[index]!, outputs[index]!));
      if (used.every((count, index) => count === axes[index]!.window)) return [];
      const window = axes.map((axis) => axis.window);
      const args = {
        layer: node.name,
        used: formatShape(used),
        window: formatShape(window),
        arrives: formatDimensions(shape),
      };
      return [diagnose(paddingOnlyWeights, node.argSpans["window"] ?? node.span, args)];
    });
  },
};

/** Taps of a window, along an axis, that meet the map for some position of the result. */
function usedTaps({ window, stride, dilation, padBefore }: AxisReach, size: number, outputs: number): number {
  let used = 0;
  for (let tap = 0; tap < window; tap++) {
    const offset = tap * dilation - (padBefore ?? 0);
    // The first position of the result where the tap is not before the map.
    const first = Math.max(0, Math.ceil(-offset / stride));
    if (first < outputs && first * stride + offset < size) used++;
  }
  return used;
}
