/** A padding as wide as its window: results at the edge are made of nothing. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { formatShape } from "../base/integers.js";
import type { Padding } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";

export const paddingOnlyWindow = defineDiagnostic<{ layer: string; window: string; pad: number }>({
  code: "CNN3133",
  severity: "warning",
  title: "windows of nothing but padding",
  message: ({ layer, window, pad }) =>
    `${layer} pads its ${window} window by ${pad}: the results at the edge see no pixel and are its bias alone`,
  explanation: `A padding has to be smaller than the window, or the outermost windows lie in the zeros alone. A 1x1 convolution
needs none at all.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - RELU - CONV1-10 pad 1 - GAP",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - CONV1-10 - GAP",
    lint: {},
  },
});

export const paddingOnlyWindowRule: Rule = {
  name: "padding-only-window",
  kinds: kindsOf(paddingOnlyWindow),
  runs: "lint",
  doc: {
    why: "A frame of constants is carried through all layers that follow, and counted by every mean.",
    source: "the authors' own SqueezeNet v1.0 (Caffe), whose conv10 is 1x1 with pad 1",
    told: "a `padding=1` that stayed when kernel_size was changed from 3 to 1",
    fine: "SqueezeNet in torchvision, whose last convolution has no padding; AlexNet's CONV11/4 with pad 2",
  },
  checkNetwork(network) {
    return network.nodes.flatMap((node) => {
      if (node.op !== "conv" && node.op !== "dwconv") return [];
      const { window, dilation, pad } = node.args as unknown as {
        window: readonly number[];
        dilation: readonly number[];
        pad: Padding;
      };
      if (pad.kind !== "explicit") return [];
      const axis = window.findIndex((size, index) => {
        const span = (size - 1) * dilation[index]! + 1;
        return pad.before[index]! >= span || pad.after[index]! >= span;
      });
      if (axis < 0) return [];
      const args = {
        layer: node.name,
        window: formatShape(window),
        pad: Math.max(pad.before[axis]!, pad.after[axis]!),
      };
      return [diagnose(paddingOnlyWindow, node.argSpans["pad"] ?? node.span, args)];
    });
  },
};
