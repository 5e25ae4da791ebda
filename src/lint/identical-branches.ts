/** Branches that are the same, and whose merging is then more simply written. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { branchesOf, type Branch } from "./branches.js";
import { kindsOf, type Rule } from "./rule.js";

export const identicalBranches = defineDiagnostic<{ layer: string; one: number; other: number; learns: number }>({
  code: "CNN3132",
  severity: "warning",
  title: "branches that are the same",
  message: ({ layer, one, other, learns }) =>
    learns
      ? `branches ${one} and ${other} of ${layer} are one layer written twice`
      : `branches ${one} and ${other} of ${layer} give the same values`,
  explanation: `Branches without weights that do the same give the same. Two equal convolutions side by side are one with
twice the filters (CONCAT), or one alone (ADD). Mostly a line was copied and not changed.`,
  example: {
    wrong: `INPUT 32x32x3 - CONV3-16 - RELU
CONCAT { CONV3-16 | CONV3-16 | CONV1-16 } - RELU - GAP - FC-10`,
    right: `INPUT 32x32x3 - CONV3-16 - RELU
CONCAT { CONV3-16 | CONV5-16 | CONV1-16 } - RELU - GAP - FC-10`,
    lint: {},
  },
});

const WEIGHTLESS = new Set(["pool", "avgpool", "relu", "relu6", "upsample", "resize", "chunk", "pad", "crop"]);
/** Layers whose sum, or row, is one such layer. */
const SINGLE = new Set(["conv", "fc", "linear"]);

export const identicalBranchesRule: Rule = {
  name: "identical-branches",
  kinds: kindsOf(identicalBranches),
  runs: "lint",
  doc: {
    why: "The net has fewer different paths than its author meant it to have.",
    source: "Szegedy et al. 2014 (GoogLeNet), figure 2: every branch of an Inception module sees another scale",
    told: "an Inception module whose 5x5 branch was copied from the 3x3 one and not changed",
    fine: "ResNeXt's form with equal branches, each of three layers with activations; MAX of two equal FC, a maxout unit",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      // A product of a value with itself is its square, and a maximum of two layers a maxout unit.
      if (!["add", "concat", "max", "mean"].includes(node.op)) return [];
      const seen = new Map<string, number>();
      for (const [index, branch] of branchesOf(network, node, view).entries()) {
        const key = keyOf(branch);
        const before = seen.get(key);
        if (before === undefined) seen.set(key, index);
        else if (isSimple(branch, node.op)) {
          const learns = branch.layers.some(({ op }) => SINGLE.has(op)) ? 1 : 0;
          return [
            diagnose(identicalBranches, node.span, { layer: node.name, one: before + 1, other: index + 1, learns }),
          ];
        }
      }
      return [];
    });
  },
};

function isSimple({ layers }: Branch, merging: string): boolean {
  if (layers.every(({ op }) => WEIGHTLESS.has(op))) return true;
  return (merging === "add" || merging === "concat") && layers.length === 1 && SINGLE.has(layers[0]!.op);
}

function keyOf({ source, layers }: Branch): string {
  const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  return `${source}:${JSON.stringify(
    layers.map(({ op, args }) => [op, args]),
    plain,
  )}`;
}
