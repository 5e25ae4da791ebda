/** A default that no layer in its scope could take. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import type { DefaultDeclaration, Identifier, Item, Layer } from "../syntax/ast.js";
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
    return [...itemsWithin(program)].flatMap((items) =>
      items.flatMap((item, index) => {
        if (item.kind !== "default" || isTaken(item, items.slice(index + 1))) return [];
        const fixes = [{ title: "leave it out", isSafe: true as const, edits: [lineRemoval(item.span)] }];
        return [diagnose(unusedDefault, item.span, { layer: item.layer.mnemonic }, { fixes })];
      }),
    );
  },
};

function isTaken({ layer }: DefaultDeclaration, behind: readonly Item[]): boolean {
  const operator = operatorOf(layer.mnemonic);
  if (!operator) return true;
  const isOf = (mnemonic: string) => operatorOf(mnemonic) === operator;
  for (const part of partsWithin(behind)) {
    // A layer as a value, Norm = BN, is made where the default holds as well.
    if (part["kind"] === "unit" && isOf((part["name"] as Identifier).text.replace(/\d.*$/, ""))) return true;
    if (part["kind"] === "layer" && isOf((part as unknown as Layer).mnemonic)) return true;
    // A change speaks of a layer without naming its kind, and a label may be the layer's name.
    if (part["kind"] === "set") return true;
  }
  return false;
}
