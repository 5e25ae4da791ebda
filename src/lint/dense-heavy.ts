/** A dense layer behind a map that holds most of the parameters. */
import { costOf } from "../analysis/cost.js";
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import { formatDimensions } from "../ir/shape.js";
import { kindsOf, type Rule } from "./rule.js";

export const denseHeavy = defineDiagnostic<{ layer: string; share: number; params: string; arrives: string }>({
  code: "CNN3128",
  severity: "info",
  title: "a dense layer with most of the parameters",
  message: ({ layer, share, params, arrives }) =>
    `${layer} holds ${share} % of all parameters (${params}), one for each position of ${arrives} and neuron`,
  explanation: `A dense layer behind a map learns every position by itself. A GAP in between takes the mean of each map and
leaves as many inputs as there are channels: most nets since GoogLeNet do so. Smaller maps, or fewer neurons, help as well.`,
  example: {
    wrong: "INPUT 64x64x3 - CONV3-64 - RELU - POOL2 - FC-64 - RELU - FC-10",
    right: "INPUT 64x64x3 - CONV3-64 - RELU - POOL2 - GAP - FC-64 - RELU - FC-10",
    lint: {},
  },
});

/** Less is small whatever its share is. */
const FEWEST = 1_000_000n;

export const denseHeavyRule: Rule = {
  name: "dense-heavy",
  kinds: kindsOf(denseHeavy),
  runs: "lint",
  doc: {
    why: "The file to download, the optimizer's memory and the overfitting all come from one layer.",
    source: "Lin, Chen and Yan 2013 (Network In Network), section 3.2; Szegedy et al. 2014 (GoogLeNet), section 5",
    told: "VGG-16, whose first FC has 102,764,544 of 138 million parameters",
    fine: "ResNet-50, whose GAP leaves 2048 values; LeNet-5, whose dense layers are small",
  },
  checkNetwork(network, view) {
    const heavy = network.nodes.flatMap((node) => {
      if (node.op !== "fc") return [];
      let before = view.beforeOf(node);
      while (before?.op === "flatten" || before?.op === "dropout") before = view.beforeOf(before);
      const isMap = before && before.type.shape.length > 1 && before.type.shape.slice(0, -1).some((side) => side !== 1);
      const { params } = costOf(network, node);
      return isMap && typeof params === "bigint" && params >= FEWEST ? [{ node, before: before!, params }] : [];
    });
    // Costs of all layers are only of interest where there is a large one.
    if (heavy.length === 0) return [];
    const all = network.nodes.reduce((sum, node) => sum + Number(costOf(network, node).params), 0);
    return heavy.flatMap(({ node, before, params }) => {
      const share = Math.round((Number(params) / all) * 100);
      if (share <= 50) return [];
      const args = {
        layer: node.name,
        share,
        params: groupDigits(params),
        arrives: formatDimensions(before.type.shape),
      };
      return [diagnose(denseHeavy, node.span, args)];
    });
  },
};
