/** An even window whose half padding cannot keep the map in its place. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { formatShape } from "../base/integers.js";
import { inputTypes, type Node, type Padding } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import { kindsOf, type Rule } from "./rule.js";

export const evenWindow = defineDiagnostic<{ layer: string; window: string; arrives: string; gives: string }>({
  code: "CNN3125",
  severity: "warning",
  title: "an even window that shifts its map",
  message: ({ layer, window, arrives, gives }) =>
    `the ${window} window of ${layer} has no middle: ${arrives} becomes ${gives}, moved by half a pixel`,
  explanation: `Half padding keeps a map's size where the window is odd. With an even one it loses a row and a column, and
every value lies half a pixel beside its place, which no sum with a skip connection forgives. Take an odd window, write
pad same, or write the padding out where this is meant.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV4-16 - RELU - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - GAP - FC-10",
    lint: {},
  },
});

export const evenWindowRule: Rule = {
  name: "even-window",
  kinds: kindsOf(evenWindow),
  runs: "lint",
  doc: {
    why: "Maps shrink by one where nobody expects it, and shifts add up over layers.",
    source: "Wu et al. 2019 (Convolution with even-sized kernels and symmetric padding): the shift problem",
    told: "CONV2 or CONV4 at stride 1, often from a count that was written as the window",
    fine: "ConvNeXt's CONV4/4 and CONV2/2 with pad 0, which cut into patches; M5's CONV80/4 over sound",
  },
  checkNetwork(network) {
    return network.nodes.flatMap((node) => {
      if ((node.op !== "conv" && node.op !== "dwconv") || !shifts(node)) return [];
      const { shape } = inputTypes(network, node)[0]!;
      const args = {
        layer: node.name,
        window: formatShape(node.args["window"] as readonly number[]),
        arrives: formatDimensions(shape),
        gives: formatDimensions(node.type.shape),
      };
      return [diagnose(evenWindow, node.argSpans["window"] ?? node.span, args)];
    });
  },
};

function shifts({ args, argSpans }: Node): boolean {
  if ((args["pad"] as Padding).kind !== "half" || argSpans["pad"]) return false;
  const [window, stride, dilation] = [args["window"], args["stride"], args["dilation"]] as (readonly number[])[];
  return window!.some((size, axis) => stride![axis] === 1 && ((size - 1) * dilation![axis]!) % 2 === 1);
}
