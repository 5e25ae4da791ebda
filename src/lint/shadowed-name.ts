/** A name that hides another one. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { namesIn } from "./names.js";
import { kindsOf, type Rule } from "./rule.js";

export const shadowedName = defineDiagnostic<{ name: string }>({
  code: "CNN3147",
  severity: "warning",
  title: "a name that hides another one",
  message: ({ name }) => `${name} hides the ${name} of the braces around it`,
  explanation: `From here to the end of its braces the name means something else than before them. Nothing changes the outer one:
a let in an if or a group declares a new name. Take another name, or compute the value with if a then b else c.`,
  example: {
    wrong: `let c = 16
net N {
  if c > 8 { let c = 8 }
  INPUT 32x32x3 - CONV3-c - RELU - GAP - FC-10
}`,
    right: `let c = 16
net N {
  let d = min(c, 8)
  INPUT 32x32x3 - CONV3-d - RELU - GAP - FC-10
}`,
    lint: { rules: { "unused-name": "info" } },
  },
});

export const shadowedNameRule: Rule = {
  name: "shadowed-name",
  kinds: kindsOf(shadowedName),
  runs: "lint",
  doc: {
    why: "Who writes `let c` within an if expects the c outside to change, as it does in Python.",
    source: "eslint's no-shadow, and Python's scoping, which has no braces",
    told: "`if big { let c = 64 }`, after which c is what it was",
    fine: "two blocks that both have a parameter c",
  },
  checkProgram(program) {
    return namesIn(program).declared.flatMap(({ name, shadows }) => {
      if (!shadows) return [];
      const related = [{ span: shadows.name.span, text: "the one that is hidden" }];
      return [diagnose(shadowedName, name.span, { name: name.text }, { related })];
    });
  },
};
