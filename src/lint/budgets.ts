/** Assertions that do not hold: the one rule whose findings are errors, so that a build can be held to its device. */
import { defineDiagnostic, diagnose, type Diagnostic } from "../base/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import { textOf, type Span } from "../base/source.js";
import { listWords } from "../base/suggest.js";
import { verdictOf, type FigureValue } from "../analysis/budgets.js";
import { formatCount } from "../ir/dimension.js";
import { kindsOf, type Rule } from "./rule.js";

export const overBudget = defineDiagnostic<{ net: string; text: string; figures: string }>({
  code: "CNN2125",
  severity: "error",
  title: "an assertion that does not hold",
  message: ({ net, text, figures }) => `${net} does not hold ${text}` + (figures ? `: ${figures}` : ""),
  explanation: `An assert line is a budget that the network has to keep: parameters, multiply-accumulates, memory. Make the
network smaller, or the budget larger. peak.memory is what 'cnnc memory' says is needed at once: bytes of float32 values, in
the best order of layers that was found, activations in the place of what they read, without weights, for the batch that is
named (at batch 8) or one image.`,
  example: {
    wrong: `INPUT 32x32x3 - CONV3-16
assert params < 400`,
    right: `INPUT 32x32x3 - CONV3-16
assert params < 500`,
  },
});

export const mixedUnits = defineDiagnostic<{ figure: string; text: string; written: string; bytes: number }>({
  code: "CNN2126",
  severity: "error",
  title: "bytes that are compared with a count",
  message: ({ figure, text, written, bytes }) =>
    bytes ? `${figure} is in bytes, ${text} is not: write ${written}` : `${figure} is a count, ${text} are bytes`,
  explanation: `params, macs, flops, activations and layers are counts (5M), peak.memory and params.memory are bytes (64MB is
64,000,000 bytes, 64MiB is 64 * 2^20).`,
  example: {
    wrong: `INPUT 32x32x3 - CONV3-16
assert peak.memory < 5M`,
    right: `INPUT 32x32x3 - CONV3-16
assert peak.memory < 5MB`,
  },
});

export const openBudget = defineDiagnostic<{ text: string; figures: string }>({
  code: "CNN3006",
  severity: "info",
  title: "an assertion that depends on the size of the input",
  message: ({ text, figures }) => `whether ${text} depends on the input: ${figures}`,
  explanation: `The letters of the input leave open how large the figure is. It is checked where a size is given:
cnnc report net.cnn --size H=224 --size W=224.`,
  example: {
    wrong: `INPUT HxWx3 - CONV3-16
assert macs < 1M`,
    right: `INPUT 32x32x3 - CONV3-16
assert macs < 1M`,
  },
});

/** Whether a finding is that a network exceeds its budget; of `net`, where one is named. */
export function isOverBudget({ code, args }: Diagnostic, net?: string): boolean {
  return code === overBudget.code && (net === undefined || args["net"] === net);
}

export const budgets: Rule = {
  name: "budget",
  kinds: kindsOf(overBudget, mixedUnits, openBudget),
  runs: "compile",
  doc: {
    why: "An `assert` line is what the network is held to.",
    source: "the program's own `assert`",
    told: "`assert params < 1M` under SqueezeNet, which has 1.2M",
    fine: "`assert params < 1.3M` under it",
  },
  checkNetwork(network) {
    return network.budgets.flatMap((budget) => {
      const verdict = verdictOf(network, budget);
      const { span, text } = budget;
      switch (verdict.kind) {
        case "holds":
          return [];
        case "fails": {
          const args = { net: network.name, text, figures: figuresText(verdict.figures) };
          return [diagnose(overBudget, span, args)];
        }
        case "mixed": {
          const bytes = /memory$/.test(verdict.figure) ? 1 : 0;
          const place = placeIn(span, verdict.text);
          const written = bytes ? `${verdict.text}B` : verdict.text.replace(/\s*i?B$/, "");
          const fixes = [{ title: `write ${written}`, edits: [{ span: place, text: written }] }];
          const args = { figure: verdict.figure, text: verdict.text, written, bytes };
          return [diagnose(mixedUnits, place, args, { fixes })];
        }
        case "open":
          // What is asserted of the letters alone is a condition, not a question.
          if (verdict.figures.length === 0) return [];
          return [diagnose(openBudget, span, { text, figures: figuresText(verdict.figures) })];
      }
    });
  },
};

/** Where a text stands within a span. */
function placeIn(span: Span, text: string): Span {
  const start = span.start + textOf(span).lastIndexOf(text);
  return { ...span, start, end: start + text.length };
}

function figuresText(figures: readonly FigureValue[]): string {
  const texts = figures.map(({ figure, value, bytes, isBound }) => {
    const count = typeof value === "bigint" ? groupDigits(value) : formatCount(value);
    const is = isBound ? "is at most" : "is";
    return bytes ? `${figure} ${is} ${count} bytes${megabytes(value)}` : `${figure} ${is} ${count}`;
  });
  return listWords(texts);
}

function megabytes(value: FigureValue["value"]): string {
  return typeof value === "bigint" && value >= 1_000_000n ? ` (${(Number(value) / 1e6).toFixed(1)} MB)` : "";
}
