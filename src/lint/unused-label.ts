/** A label beside others that are read, which nothing reads itself. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import type { Identifier, Item, Program } from "../syntax/ast.js";
import { kindsOf, type Rule } from "./rule.js";
import { partsWithin } from "./walk.js";

export const unusedLabel = defineDiagnostic<{ label: string; others: string }>({
  code: "CNN3144",
  severity: "info",
  title: "a label that nothing goes back to",
  message: ({ label, others }) => `nothing reads @${label}, although ${others} are read`,
  explanation: `Labels in small letters are mostly there to be read again, as the levels of a U-Net are. Where some of them are
read and one is not, a skip connection may have been forgotten. A name for reports alone can be written in capitals.`,
  example: {
    wrong: `INPUT 32x32x3
e1: CONV3-16 - RELU
e2: CONV3-16 - RELU
CONV3-16 - CONCAT { @e1 | ID } - GAP - FC-10`,
    right: `INPUT 32x32x3
e1: CONV3-16 - RELU
e2: CONV3-16 - RELU
CONV3-16 - CONCAT { @e1 | @e2 | ID } - GAP - FC-10`,
    lint: {},
  },
});

export const unusedLabelRule: Rule = {
  name: "unused-label",
  kinds: kindsOf(unusedLabel),
  runs: "lint",
  doc: {
    why: "A skip connection that is missing is no error: the net trains, and is worse.",
    source: "Ronneberger et al. 2015 (U-Net), figure 1: every level of the way down has its arrow to the way up",
    told: "a U-Net with e1 to e4 whose last Up was given @e1 twice",
    fine: "AlexNet's CONV1 to FC8, which are names for reports and for `but`; the p2 to p5 of a pyramid that reads c2 to c5",
  },
  checkProgram(program) {
    const changed = new Set(labelsOfChanges(program));
    return bodiesOf(program).flatMap((body) => {
      const labels = new Map<string, Identifier>();
      const read = new Set<string>();
      for (const { kind, label } of partsWithin(body)) {
        if (kind === "element" && label) labels.set((label as Identifier).text, label as Identifier);
        else if (kind === "labelled" || kind === "label") read.add((label as Identifier).text);
      }
      const others = [...labels.keys()].filter((name) => read.has(name));
      if (others.length === 0) return [];
      const text = others.slice(0, 3).map((name) => `@${name}`);
      const series = new Set(others.map(seriesOf));
      return [...labels.values()]
        .filter((label) => /^[a-z]/.test(label.text) && !read.has(label.text) && !changed.has(label.text))
        .filter((label) => !/\d$/.test(label.text) || series.has(seriesOf(label.text)))
        .map((label) => diagnose(unusedLabel, label.span, { label: label.text, others: text.join(", ") }));
    });
  },
};

/** What numbered labels have in common: the e of e1 and e2. Of a series that nothing reads no label is missing. */
const seriesOf = (label: string) => label.replace(/\d+$/, "");

/** What labels hold within: the nets' and blocks' bodies, and what stands outside of them. */
function bodiesOf({ items }: Program): (readonly Item[])[] {
  const bodies = items.flatMap((item) => (item.kind === "net" || item.kind === "block" ? [item.body ?? []] : []));
  return [...bodies, items.filter((item) => item.kind === "element" || item.kind === "output")];
}

function labelsOfChanges({ items }: Program): string[] {
  return items.flatMap((item) => (item.kind === "net" ? (item.changes ?? []).map(({ label }) => label.text) : []));
}
