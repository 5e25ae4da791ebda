/** Branches that are the same, and whose merging is then more simply written. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { branchesOf, type Branch } from "./branches.js";
import type { Node } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";
import { isActivation } from "./view.js";

export const identicalBranches = defineDiagnostic<{ layer: string; one: number; other: number; learns: number }>({
  code: "CNN3132",
  severity: "warning",
  title: "branches that are the same",
  message: ({ layer, one, other, learns }) =>
    learns
      ? `branches ${one} and ${other} of ${layer} are one layer written twice`
      : `branches ${one} and ${other} of ${layer} give the same values`,
  explanation: `Branches without weights that do the same give the same. Two equal convolutions side by side are one with
twice the filters (CONCAT, also with a BN and an activation behind each), or one alone (ADD). Mostly a line was copied and
not changed.`,
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
  const [first, ...others] = layers;
  if (!first || !SINGLE.has(first.op)) return false;
  // Side by side each channel stays what it is; a sum of activations is not the activation of a sum.
  return merging === "concat" ? others.every(isByChannel) : merging === "add" && others.length === 0;
}

/** Whether a layer looks at no other channel, so that two of it side by side are one. */
function isByChannel(node: Node): boolean {
  return node.op === "bn" || node.op === "in" || (isActivation(node) && !/softmax/.test(node.op));
}

function keyOf({ source, layers }: Branch): string {
  const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  return `${source}:${JSON.stringify(
    layers.map(({ op, args }) => [op, args]),
    plain,
  )}`;
}
