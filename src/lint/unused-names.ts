/** Variables, parameters, blocks and functions that nothing uses. */
import { defineDiagnostic, diagnose, type Fix } from "../base/diagnostics.js";
import type { Program } from "../syntax/ast.js";
import { namesIn, type DeclaredName } from "./names.js";
import { lineRemoval } from "./removal.js";
import { kindsOf, type Rule } from "./rule.js";

export const unusedName = defineDiagnostic<{ what: string; name: string; owner: string }>({
  code: "CNN3142",
  severity: "warning",
  title: "a name that nothing uses",
  message: ({ what, name, owner }) => `nothing ${owner ? `in ${owner} ` : ""}uses the ${what} ${name}`,
  explanation: `What is declared and not used is left over, or something else was meant where it should stand: a block that
takes a stride and does not use it keeps the size that its caller wanted halved. A name that starts with _ is not told,
nor are the parameters of a block that is handed to others, which all have to take the same.`,
  example: {
    wrong: `block Unit(c, s) { CONV3-c - RELU }
INPUT 32x32x3 - Unit(16, 2) - GAP - FC-10`,
    right: `block Unit(c, s) { CONV3-c/s - RELU }
INPUT 32x32x3 - Unit(16, 2) - GAP - FC-10`,
    lint: {},
  },
});

export const unusedDeclaration = defineDiagnostic<{ what: string; name: string }>({
  code: "CNN3143",
  severity: "info",
  title: "a block or function that no net of its file uses",
  message: ({ what, name }) => `nothing in this file uses the ${what} ${name}`,
  explanation: `The file has nets of its own, and none of them uses it. Other files may: a file of blocks alone is not told of.`,
  example: {
    wrong: `block Old(c) { CONV3-c - TANH }
block Unit(c) { CONV3-c - RELU }
INPUT 32x32x3 - Unit(16) - GAP - FC-10`,
    right: `block Unit(c) { CONV3-c - RELU }
INPUT 32x32x3 - Unit(16) - GAP - FC-10`,
    lint: {},
  },
});

const WORDS: Record<DeclaredName["kind"], string> = {
  parameter: "parameter",
  let: "variable",
  counter: "counter",
  function: "function",
  block: "block",
  net: "net",
};

export const unusedNameRule: Rule = {
  name: "unused-name",
  kinds: kindsOf(unusedName, unusedDeclaration),
  runs: "lint",
  doc: {
    why: "A parameter without effect lies to every caller, who passes it all the same.",
    source:
      "the practice of compilers since C's -Wunused; Fowler 2018 (Refactoring, second edition), 'Remove Dead Code'",
    told: "a residual unit that takes its stride and forgets it in its first convolution",
    fine: "VGG's `Unit`, which is used through a parameter; a library of blocks without nets",
    mended: "takes out a `let` that nothing uses",
  },
  checkProgram(program) {
    const { declared } = namesIn(program);
    const handedOn = new Set(declared.filter(({ isValue }) => isValue).map(({ name }) => name.text));
    const hasNets = isNetsFile(program);
    return declared.flatMap((found) => {
      const { kind, name, owner = "" } = found;
      if (found.uses > 0 || kind === "net" || /^@?_/.test(name.text)) return [];
      const what = WORDS[kind];
      if (kind === "block" || kind === "function") {
        return hasNets ? [diagnose(unusedDeclaration, name.span, { what, name: name.text })] : [];
      }
      if (handedOn.has(owner)) return [];
      return [diagnose(unusedName, name.span, { what, name: name.text, owner }, { fixes: fixesOf(found) })];
    });
  },
};

/** A `let` can go; a parameter has callers. */
function fixesOf({ kind, span, name }: DeclaredName): Fix[] {
  if (kind !== "let") return [];
  return [{ title: `leave ${name.text} out`, isSafe: true, edits: [lineRemoval(span)] }];
}

function isNetsFile({ items }: Program): boolean {
  return items.some((item) => item.kind === "net" || item.kind === "element");
}
