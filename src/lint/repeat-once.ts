/** A repeat of once, or never. */
import { defineDiagnostic, diagnose, type Fix } from "../base/diagnostics.js";
import type { Element, Expression } from "../syntax/ast.js";
import { kindsOf, type Rule } from "./rule.js";
import { itemsWithin } from "./walk.js";

export const repeatOnce = defineDiagnostic<{ times: number }>({
  code: "CNN3149",
  severity: "warning",
  title: "a repeat that repeats nothing",
  message: ({ times }) => (times === 0 ? "*0 leaves out what stands before it" : "*1 repeats nothing"),
  explanation: `A number of repeats that comes out as 1, or 0, for some net of a family is fine; written out as a number it says
nothing, or hides layers that are not there. To try a net without them, make them a comment.`,
  example: {
    wrong: "INPUT 32x32x3 - [CONV3-16 - RELU]*1 - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - GAP - FC-10",
    lint: {},
  },
});

export const repeatOnceRule: Rule = {
  name: "repeat-once",
  kinds: kindsOf(repeatOnce),
  runs: "lint",
  doc: {
    why: "A reader looks for layers that are not there, or believes in a repeat that is none.",
    source: "the language: docs/language.md, on repeats",
    told: "`Unit(512)*0`, left over from an experiment",
    fine: "`Unit(c)*(n-1)` of ResNet's stages, where n may be 1",
    mended: "takes out `*1`",
  },
  checkProgram(program) {
    return [...itemsWithin(program)].flatMap((items) =>
      items.flatMap((item) => {
        if (item.kind !== "element") return [];
        return item.repeats.flatMap((times) => {
          if (times.kind !== "number" || times.value > 1) return [];
          const fixes = times.value === 1 ? fixesOf(item, times) : [];
          return [diagnose(repeatOnce, times.span, { times: times.value }, { fixes })];
        });
      }),
    );
  },
};

/** The star before the number goes with it. */
function fixesOf({ counter }: Element, { span }: Expression): Fix[] {
  const { text } = span.source;
  const star = /\*\s*$/.exec(text.slice(Math.max(0, span.start - 20), span.start));
  if (!star || counter) return [];
  return [
    {
      title: "leave *1 out",
      isSafe: true,
      edits: [{ span: { ...span, start: span.start - star[0].length }, text: "" }],
    },
  ];
}
