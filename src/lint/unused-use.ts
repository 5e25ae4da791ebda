/** A file that is used, and of which nothing is used. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { operatorOf } from "../ops/registry.js";
import { splitHead } from "../syntax/build-ast.js";
import { namesIn } from "./names.js";
import { lineRemoval } from "./removal.js";
import { kindsOf, type Rule } from "./rule.js";

export const unusedUse = defineDiagnostic<{ target: string }>({
  code: "CNN3146",
  severity: "warning",
  title: "a use line without a use",
  message: ({ target }) => `nothing of ${target} is used: all names are declared in this file`,
  explanation: `Every block, net and function that the program names is its own. Take the line out.`,
  example: {
    wrong: `use std
INPUT 32x32x3 - CONV3-16 - RELU - GAP - FC-10`,
    right: `use std
INPUT 32x32x3 - CONV3-16 - RELU - SqueezeExcite(4) - GAP - FC-10`,
    lint: {},
  },
});

/** Functions that the language has itself. */
const BUILT_IN = new Set(["min", "max", "floor", "ceil", "round", "abs", "log2"]);

export const unusedUseRule: Rule = {
  name: "unused-use",
  kinds: kindsOf(unusedUse),
  runs: "lint",
  doc: {
    why: "The file is read and checked each time, and readers look for what comes from it.",
    source: "the practice of linters: eslint's no-unused-vars, pyflakes' unused import",
    told: "`use std` that stayed when a block was written out",
    fine: "MobileNetV2, which takes ResidualStage and divisible from std",
    mended: "takes the line out",
  },
  checkProgram(program) {
    const foreign = [...namesIn(program).foreign].filter((name) => !BUILT_IN.has(name) && !name.startsWith("@"));
    // A block may be in capitals, too: `SE(4)`.
    const isLayer = (name: string) =>
      operatorOf(name) !== undefined || operatorOf(splitHead(name).mnemonic) !== undefined;
    if (foreign.some((name) => !isLayer(name))) return [];
    return program.items.flatMap((item) => {
      if (item.kind !== "use" || item.isUnreadable) return [];
      const fixes = [{ title: "leave it out", isSafe: true as const, edits: [lineRemoval(item.span)] }];
      return [diagnose(unusedUse, item.span, { target: item.target }, { fixes })];
    });
  },
};
