/** Two layers of a kind in a row without an activation: together no more than one. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { linearPairs } from "./linear-pairs.js";
import { kindsOf, type Rule } from "./rule.js";
import { isActivation } from "./view.js";

export const linearAfterLinear = defineDiagnostic<{ first: string; second: string }>({
  code: "CNN3112",
  severity: "warning",
  title: "two linear layers with nothing between them",
  message: ({ first, second }) =>
    `${first} and ${second} are one linear map: no activation or normalisation stands between them`,
  explanation: `What two dense layers, or two convolutions, compute one after the other, a single one can compute as well.
Put an activation between them, or leave one out. Factorisations are not told: a narrow layer between two wide ones,
depthwise and pointwise, 1x7 and 7x1.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - RELU - FC-128 - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - FC-128 - RELU - FC-10",
    lint: {},
  },
});

export const linearAfterLinearRule: Rule = {
  name: "linear-after-linear",
  kinds: kindsOf(linearAfterLinear),
  runs: "lint",
  doc: {
    why: "The second layer costs parameters and time and adds nothing that the first could not do.",
    source:
      "Goodfellow, Bengio and Courville 2016 (Deep Learning), section 6.3.3: linear layers alone make a linear net",
    told: "AlexNet as it is often copied, FC-4096 - FC-4096 - FC-1000 without its ReLUs",
    fine: "MobileNetV2's linear bottleneck, which has a BN behind it; Inception's 1x7 and 7x1; DWCONV3 - CONV1",
  },
  checkNetwork(network, view) {
    // Where there is none at all, that is one finding of its own.
    if (!network.nodes.some(isActivation)) return [];
    return linearPairs(view).map(([first, second]) => {
      const related = [{ span: first.span, text: "the first one" }];
      const args = { first: first.name, second: second.name };
      return diagnose(linearAfterLinear, second.span, args, {
        related: first.span.start === second.span.start ? [] : related,
      });
    });
  },
};
