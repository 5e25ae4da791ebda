/** A number of neurons that is written out in several places. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import type { Expression, Layer } from "../syntax/ast.js";
import { kindsOf, type Rule } from "./rule.js";
import { partsWithin } from "./walk.js";

export const magicNumber = defineDiagnostic<{ value: number; times: number }>({
  code: "CNN3148",
  severity: "info",
  title: "a number that is written again and again",
  message: ({ value, times }) => `${value} neurons are written in ${times} places: a parameter would have them in one`,
  explanation: `What has to change together is best written once: net N(classes = 1000), or let width = 4096. Number of classes
and widths of dense layers are told from three places on.`,
  example: {
    wrong: `net A { INPUT 28x28x1 - FC-37 - SOFTMAX }
net B { INPUT 32x32x1 - FC-37 - SOFTMAX }
net C { INPUT 64x64x1 - FC-37 - SOFTMAX }`,
    right: `let classes = 37
net A { INPUT 28x28x1 - FC-classes - SOFTMAX }
net B { INPUT 32x32x1 - FC-classes - SOFTMAX }
net C { INPUT 64x64x1 - FC-classes - SOFTMAX }`,
    lint: { rules: { "magic-number": "info" } },
  },
});

const FEWEST_PLACES = 3;

export const magicNumberRule: Rule = {
  name: "magic-number",
  kinds: kindsOf(magicNumber),
  runs: "lint",
  isOff: true,
  doc: {
    why: "For other data one has to find every place, and one that is missed is a wrong net or an error far away.",
    source: "Kernighan and Pike 1999 (The Practice of Programming), section 1.5",
    told: "the number of classes in the main head and in both auxiliary heads of a GoogLeNet",
    fine: "ResNet's `classes = 1000`; slides, which print every number: that is why the rule is off",
  },
  checkProgram(program) {
    const places = new Map<number, Extract<Expression, { kind: "number" }>[]>();
    for (const part of partsWithin(program.items)) {
      if (part["kind"] !== "layer") continue;
      const { mnemonic, count } = part as unknown as Layer;
      if ((mnemonic !== "FC" && mnemonic !== "LINEAR") || count?.kind !== "number") continue;
      places.set(count.value, [...(places.get(count.value) ?? []), count]);
    }
    return [...places].flatMap(([value, found]) => {
      if (found.length < FEWEST_PLACES) return [];
      const [first, ...rest] = found;
      const related = rest.map(({ span }) => ({ span, text: "here too" }));
      return [diagnose(magicNumber, first!.span, { value, times: found.length }, { related })];
    });
  },
};
