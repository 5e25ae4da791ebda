/** A figure that the program claims (`memory:`, `params:`, `macs:`) and that the network does not have. */
import { defineDiagnostic, diagnose, type Diagnostic } from "../base/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import { quantityHolds, quantityLike, shortAndExact, type Claim } from "../base/quantity.js";
import { costOf, totalCost, type Cost } from "../analysis/cost.js";
import { formatCount, type Count } from "../ir/dimension.js";
import type { Node } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";

export const wrongClaim = defineDiagnostic<{
  where: string;
  subject: string;
  claimed: string;
  actual: string;
  total: number;
}>({
  code: "CNN3101",
  severity: "warning",
  title: "a claim that does not hold",
  message: ({ where, subject, claimed, actual, total }) =>
    `${where} ${subject} is claimed as ${claimed}, ${total ? "the lines above add up to" : "it is"} ${actual}`,
  explanation: `A claim is held to its printed digits: 3.2M holds for 3,211,264, 1,728 exactly. Memory is counted in
values, not bytes. Parameters may be claimed with or without biases. Correct the figure, or the layer.`,
  example: {
    wrong: `INPUT 32x32x3
CONV3-16  params: 500`,
    right: `INPUT 32x32x3
CONV3-16  params: 448`,
  },
});

export const wrongFormula = defineDiagnostic<{ formula: string; value: string; claimed: string }>({
  code: "CNN3102",
  severity: "warning",
  title: "a claim whose arithmetic does not come to its figure",
  message: ({ formula, value, claimed }) => `${formula} is ${value}, not ${claimed}`,
  explanation: `The figure behind the equals sign is right for this layer, but the product before it is another number.
Correct the product.`,
  example: {
    wrong: `INPUT 32x32x3
CONV3-16  params: (3*3*3)*15 = 432`,
    right: `INPUT 32x32x3
CONV3-16  params: (3*3*3)*16 = 432`,
  },
});

/** The figures that a claim may name: parameters count with and without biases. */
function figures(claim: Claim, cost: Cost): Count[] {
  if (claim.subject === "memory") return [cost.activations];
  if (claim.subject === "macs") return [cost.macs];
  return [cost.weights, cost.params];
}

const UNITS: Record<Claim["subject"], string> = { memory: " values", params: "", macs: "" };

function check(claim: Claim, cost: Cost, where: string, explain: () => string[]): Diagnostic[] {
  const possible = figures(claim, cost).filter((figure) => typeof figure === "bigint");
  // What depends on letters of the input is no figure that a claim could name.
  if (possible.length === 0) return [];
  const right = possible.find((figure) => quantityHolds(claim.quantity, figure));
  if (right === undefined) {
    const [actual] = possible;
    const figure = claim.quantity.rounded ? quantityLike(actual!, claim.quantity.printed) : groupDigits(actual!);
    const fixes = [{ title: `write ${figure}`, edits: [{ span: claim.quantitySpan, text: figure }] }];
    const args = {
      where,
      subject: claim.subject,
      claimed: claim.quantity.text + UNITS[claim.subject],
      actual: shortAndExact(actual!),
      total: where === "TOTAL" ? 1 : 0,
    };
    return [diagnose(wrongClaim, claim.quantitySpan, args, { notes: explain(), fixes })];
  }
  if (claim.formula && !possible.includes(claim.formula.value) && !quantityHolds(claim.quantity, claim.formula.value)) {
    const { text, value, span } = claim.formula;
    return [diagnose(wrongFormula, span, { formula: text, value: groupDigits(value), claimed: claim.quantity.text })];
  }
  return [];
}

export const wrongClaims: Rule = {
  name: "wrong-claim",
  kinds: kindsOf(wrongClaim, wrongFormula),
  runs: "compile",
  doc: {
    why: "Figures on a slide that do not follow from its layers mislead whoever computes with them.",
    source: "CS231n's table of VGG-16: its total of 24M values is not the sum of its lines",
    told: "`TOTAL memory: 24M` under VGG-16, whose lines add up to 15.2M",
    fine: "`params: 1,728` of its first layer, which counts no biases",
  },
  checkNetwork(network) {
    if (network.totals.length === 0 && network.nodes.every(({ claims }) => claims.length === 0)) return [];
    const costs = network.nodes.map((node) => costOf(network, node));
    const onLines = network.nodes.flatMap((node, index) =>
      node.claims.flatMap((claim) =>
        check(claim, costs[index]!, node.name, () => lineNotes(claim, node, costs[index]!)),
      ),
    );
    const total = totalCost(costs);
    const onTotals = network.totals.flatMap((claim) => check(claim, total, "TOTAL", () => totalNotes(claim, costs)));
    // A repeated layer carries its claim several times.
    const seen = new Set<number>();
    return [...onLines, ...onTotals].filter(({ span }) => !seen.has(span.start) && seen.add(span.start));
  },
};

function lineNotes(claim: Claim, node: Node, cost: Cost): string[] {
  if (claim.subject === "memory") return [`${node.type.shape.join("*")} = ${formatCount(cost.activations)}`];
  if (claim.subject === "params" && cost.biases > 0n) {
    return [`${groupDigits(cost.weights)} weights, ${groupDigits(cost.params)} with biases`];
  }
  return [];
}

/** How many terms of a sum are written out. */
const TERMS = 12;

/** `150,528 + 2 x 3,211,264 + 802,816 + ... = 15,237,608 values = 60.95 MB (58.1 MiB)`. */
function totalNotes(claim: Claim, costs: readonly Cost[]): string[] {
  const key = claim.subject === "memory" ? "activations" : claim.subject === "macs" ? "macs" : "weights";
  const runs: { value: Count; times: number }[] = [];
  for (const value of costs.map((cost) => cost[key])) {
    const last = runs.at(-1);
    if (value === 0n) continue;
    if (last?.value === value) last.times++;
    else runs.push({ value, times: 1 });
  }
  const terms = runs.slice(0, TERMS).map(({ value, times }) => (times > 1 ? `${times} x ` : "") + formatCount(value));
  if (runs.length === 0) return [];
  if (runs.length > TERMS) terms.push("...");
  const total = totalCost(costs);
  const notes = [`${terms.join(" + ")} = ${formatCount(total[key])}${memoryText(claim, total)}`];
  if (key === "weights" && total.biases > 0n) notes.push(`with biases ${groupDigits(total.params)}`);
  return notes;
}

function memoryText(claim: Claim, total: Cost): string {
  if (claim.subject !== "memory") return "";
  const bytes = Number(total.activations) * 4;
  return ` values = ${(bytes / 1e6).toFixed(2)} MB (${(bytes / 2 ** 20).toFixed(1)} MiB)`;
}
