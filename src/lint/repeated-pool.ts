/** Two pools in a row. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import type { Node } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";
import { isPlain } from "./view.js";

export const repeatedPool = defineDiagnostic<{ first: string; second: string }>({
  code: "CNN3122",
  severity: "warning",
  title: "two pools in a row",
  message: ({ first, second }) => `${second} pools what ${first} has pooled: no layer between them learns`,
  explanation: `Two pools one after the other are one pool with a larger window: POOL2 - POOL2 is POOL4. Write that, or put a
convolution between them.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - RELU - POOL2 - POOL2 - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - POOL4 - GAP - FC-10",
    lint: {},
  },
});

export const repeatedPoolRule: Rule = {
  name: "repeated-pool",
  kinds: kindsOf(repeatedPool),
  runs: "lint",
  doc: {
    why: "Resolution is thrown away twice with nothing learnt from it in between, mostly because a line was lost.",
    source: "LeCun et al. 1998 (LeNet-5), figure 2: convolutions and subsampling alternate",
    told: "VGG typed from its table with the two convolutions between pool4 and pool5 left out",
    fine: "SPP in YOLO, whose pools have stride 1 and are all read; VGG's POOL2 - ADAPTIVEAVGPOOL in torchvision",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      const next = isShrinking(node) ? view.nextBeyond(node, isPlain) : undefined;
      if (!next || next.op !== node.op || !isShrinking(next)) return [];
      return [diagnose(repeatedPool, next.span, { first: node.name, second: next.name })];
    });
  },
};

const isShrinking = ({ op, args }: Node) =>
  (op === "pool" || op === "avgpool") && (args["stride"] as readonly number[]).every((stride) => stride > 1);
