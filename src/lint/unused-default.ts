/** A default that no layer in its scope could take. */
import { defineDiagnostic, diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { Identifier, Item, Layer } from "../syntax/ast.js";
import type { Operator } from "../ops/define.js";
import { operatorOf } from "../ops/registry.js";
import { lineRemoval } from "./removal.js";
import { kindsOf, type Rule } from "./rule.js";
import { itemsWithin, partsWithin } from "./walk.js";

export const unusedDefault = defineDiagnostic<{ layer: string }>({
  code: "CNN3145",
  severity: "warning",
  title: "a default that no layer takes",
  message: ({ layer }) => `no ${layer} stands behind this default, up to the end of its braces`,
  explanation: `A default holds from its line to the end of the braces around it, for the layers that are written there. It does
not reach into a block that is declared above it or in another file: there it has to be written again.`,
  example: {
    wrong: `default DWCONV no bias
INPUT 32x32x3 - CONV3-16 - RELU - GAP - FC-10`,
    right: `default CONV no bias
INPUT 32x32x3 - CONV3-16 - RELU - GAP - FC-10`,
    lint: {},
  },
});

export const unusedDefaultRule: Rule = {
  name: "unused-default",
  kinds: kindsOf(unusedDefault),
  runs: "lint",
  doc: {
    why: "Whoever wrote it believes that the layers have what it says.",
    source: "the language: docs/language.md, on defaults",
    told: "`default CONV no bias` within a net whose convolutions are all in blocks declared above it",
    fine: "ResNet's first line, which holds for all blocks below",
    mended: "takes the line out",
  },
  checkProgram(program) {
    return [...itemsWithin(program)].flatMap(unusedIn);
  },
};

/** Read from the end, so that every line is looked at once. */
function unusedIn(items: readonly Item[]): Diagnostic[] {
  if (!items.some(({ kind }) => kind === "default")) return [];
  const found: Diagnostic[] = [];
  const behind = new Set<Operator | "any">();
  for (const item of [...items].reverse()) {
    if (item.kind !== "default") {
      for (const operator of operatorsIn(item)) behind.add(operator);
      continue;
    }
    const operator = operatorOf(item.layer.mnemonic);
    if (!operator || behind.has(operator) || behind.has("any")) continue;
    const fixes = [{ title: "leave it out", isSafe: true as const, edits: [lineRemoval(item.span)] }];
    found.push(diagnose(unusedDefault, item.span, { layer: item.layer.mnemonic }, { fixes }));
  }
  return found;
}

/** What could take a default: any layer, where a change speaks of one without naming its kind. */
function* operatorsIn(item: Item): Generator<Operator | "any"> {
  const defaults = new Set<unknown>();
  for (const part of partsWithin(item)) {
    if (part["kind"] === "default") defaults.add(part["layer"]);
    if (part["kind"] === "set") yield "any";
    const mnemonic =
      part["kind"] === "layer" && !defaults.has(part)
        ? (part as unknown as Layer).mnemonic
        : // A layer as a value, Norm = BN, is made where the default holds as well.
          part["kind"] === "unit" && (part["name"] as Identifier).text.replace(/\d.*$/, "");
    const operator = mnemonic ? operatorOf(mnemonic) : undefined;
    if (operator) yield operator;
  }
}
