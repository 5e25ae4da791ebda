/** Layers whose results nothing reads: what stood before `@label` or a second INPUT, and is not taken up again. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { kindsOf, type Rule } from "./rule.js";

export const unusedResult = defineDiagnostic<{ layer: string }>({
  code: "CNN3005",
  severity: "warning",
  title: "a layer whose result nothing reads",
  message: ({ layer }) => `nothing reads what ${layer} gives`,
  explanation: `A chain that goes on from a label (@e1) or from a further INPUT leaves what stood before it behind. Take it up
again by a label of its own, give it out with an output line, or remove it.`,
  example: {
    wrong: `INPUT 32x32x3
a: CONV3-16
CONV3-32 - RELU
@a - GAP - FC-10`,
    right: `INPUT 32x32x3
a: CONV3-16
CONV3-32 - RELU
CONCAT { @a | ID } - GAP - FC-10`,
  },
});

/** Results that are told of one network. */
const MOST_TOLD = 10;

export const unusedResults: Rule = {
  name: "unused-result",
  kinds: kindsOf(unusedResult),
  runs: "compile",
  doc: {
    why: "What nothing reads is computed for nothing in every target that does not prune it, and mostly a skip connection was forgotten.",
    source: "U-Net (Ronneberger et al. 2015): each level of the way down is read again on the way up",
    told: "a U-Net in which one of the skips is not concatenated",
    fine: "YOLOv3, whose three scales are all given out",
  },
  checkNetwork(network) {
    const isRead = new Uint8Array(network.nodes.length);
    for (const { inputs } of network.nodes) for (const id of inputs) isRead[id] = 1;
    for (const id of network.outputs) isRead[id] = 1;
    const unused = network.nodes.filter(({ id }) => !isRead[id]);
    return unused.slice(0, MOST_TOLD).map(({ name, span }) => diagnose(unusedResult, span, { layer: name }));
  },
};
