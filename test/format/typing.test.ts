/** What the formatter does while someone types: after Enter, and after a closing brace. */
import fc from "fast-check";
import { format } from "prettier/standalone";
import { describe, expect, test } from "vitest";
import * as plugin from "../../src/format/plugin.js";
import { usualLayout } from "../../src/format/print-program.js";
import { applyChanges } from "../../src/format/range.js";
import { changesAfterBrace, changesAfterLineEnd } from "../../src/format/typing.js";
import { disturbedPrograms, written } from "./programs.js";

/** The text after Enter was pressed at `^`. */
function afterEnter(marked: string): string {
  const offset = marked.indexOf("^") + 1;
  const text = marked.replace("^", "\n");
  return applyChanges(text, changesAfterLineEnd(text, offset, usualLayout));
}

/** The text after `}` was typed at `^`. */
function afterBrace(marked: string): string {
  const offset = marked.indexOf("^") + 1;
  const text = marked.replace("^", "}");
  return applyChanges(text, changesAfterBrace(text, offset, usualLayout));
}

describe("Enter", () => {
  test.each([
    ["in braces", "net A {^", "net A {\n  "],
    ["between braces", "net A {^}", "net A {\n}"],
    ["behind a statement", "net A {\n  INPUT 8^\n}", "net A {\n  INPUT 8\n  \n}"],
    ["behind a comment", "net A {  # {^\n}", "net A {  # {\n  \n}"],
    ["in braces in braces", "net A {\n  ADD {^\n  }\n}", "net A {\n  ADD {\n    \n  }\n}"],
    ["in square brackets", "INPUT 8\n[^", "INPUT 8\n[\n  "],
    ["behind a dash", "INPUT 8 -^", "INPUT 8 -\n  "],
    [
      "behind a dash on a line that goes on",
      "net A {\n  INPUT 8 -\n    RELU ->^\n}",
      "net A {\n  INPUT 8 -\n    RELU ->\n    \n}",
    ],
    ["behind the end of what went on", "net A {\n  INPUT 8 -\n    RELU^\n}", "net A {\n  INPUT 8 -\n    RELU\n  \n}"],
    ["before a dash", "INPUT 8^- RELU", "INPUT 8\n  - RELU"],
    ["behind the dash of a claim", "net A {\n  RELU memory: 8 -^\n}", "net A {\n  RELU memory: 8 -\n    \n}"],
    ["in the middle of a chain", "net A {\n  INPUT 8 -^ RELU - BN\n}", "net A {\n  INPUT 8 -\n    RELU - BN\n}"],
    ["among branches, where a bar comes next", "ADD {\n  | ID^\n}", "ADD {\n  | ID\n  \n}"],
    ["before a bar", "ADD {\n  | ID^| RELU\n}", "ADD {\n  | ID\n  | RELU\n}"],
    ["in a branch that goes on", "ADD {\n  | ID\n  | RELU -^\n}", "ADD {\n  | ID\n  | RELU -\n      \n}"],
    ["in parentheses", "net A = B(1,^)", "net A = B(1,\n)"],
    ["in a remark", "RELU (of^  two)", "RELU (of\n  two)"],
    ["behind a declaration", "net A {\n  RELU\n}^", "net A {\n  RELU\n}\n"],
    ["behind a declaration that was never closed", "block A {\n  [RELU\nnet B {^", "block A {\n  [RELU\nnet B {\n  "],
    ["with too much indentation", "net A {\n  RELU^      BN\n}", "net A {\n  RELU\n  BN\n}"],
    ["in lines that stand otherwise", "net A {\n    ADD {^\n    }\n}", "net A {\n    ADD {\n      \n    }\n}"],
    ["behind signs of no meaning", 'net A {\n  use "x^', 'net A {\n  use "x\n  '],
  ])("%s", (_name, text, expected) => {
    expect(afterEnter(text)).toBe(expected);
  });

  test("what is indented so is laid out so", () => {
    const text =
      "net A {\n  INPUT 8 -\n    RELU\n  ADD {\n    | ID\n    | RELU -\n        BN -\n        BN\n    | RELU\n  }\n}\n";
    const lines = text.split("\n");
    lines.slice(1, -1).forEach((line, index) => {
      const before = lines.slice(0, index + 1).join("\n");
      expect(afterEnter(`${before}^${line.trim()}`)).toBe(`${before}\n${line}`);
    });
    expect(afterBrace(text.replace(/\}\n$/, "^"))).toBe(text.trimEnd());
  });
});

describe("a closing brace", () => {
  test.each([
    ["lays out the declaration", "net  A{\nINPUT 8-RELU\n^", "net A {\n  INPUT 8 - RELU\n}"],
    ["on one line", "block B(c,s=1){CONV3-c/s^", "block B(c, s = 1) { CONV3-c/s }"],
    [
      "of a net with changes",
      "net A{ CONV1:RELU }\nnet B=A but{\nCONV1:7x7\n^",
      "net A{ CONV1:RELU }\nnet B = A but {\n  CONV1: 7x7\n}",
    ],
    ["whose brace has a line of its own", "net A\n{\nINPUT 8\n^", "net A {\n  INPUT 8\n}"],
    ["nothing around it", "net  A{}\nnet  B{ID^\nnet  C{}\n", "net  A{}\nnet B { ID }\nnet  C{}\n"],
    ["nothing behind it", "net  B{ID^   #   c", "net B { ID }   #   c"],
    ["an unfinished line before it", "INPUT 8 - (\nnet  A{\nRELU\n^", "INPUT 8 - (\nnet A {\n  RELU\n}"],
    ["an unfinished line behind it", "net  A{\nRELU\n^\nINPUT  8 - (\n", "net A {\n  RELU\n}\nINPUT  8 - (\n"],
    [
      "a declaration before it that was never closed",
      "block  B {\nRELU\nnet  A{\nRELU\n^",
      "block  B {\nRELU\nnet A {\n  RELU\n}",
    ],
    [
      "a declaration behind it that was never closed",
      "net  A{\nRELU\n^\nblock  B {\nRELU",
      "net A {\n  RELU\n}\nblock  B {\nRELU",
    ],
    ["of something else, its own place alone", "net  A{\n  ADD{ID|RELU\n    ^\n", "net  A{\n  ADD{ID|RELU\n  }\n"],
    ["of something else, on its line", "net  A{\n  ADD{ID|RELU^\n", "net  A{\n  ADD{ID|RELU}\n"],
    ["of a declaration that cannot be read, its own place alone", "net  A{\nRELU - (\n  ^", "net  A{\nRELU - (\n}"],
    ["of a declaration that is to stay", "# prettier-ignore\nnet  A{\nRELU\n^", "# prettier-ignore\nnet  A{\nRELU\n}"],
    [
      "of one that is to stay, with an unfinished line elsewhere",
      "INPUT 8 - (\n#  prettier-ignore\n\n## Doc.\nnet  A{\nRELU\n^",
      "INPUT 8 - (\n#  prettier-ignore\n\n## Doc.\nnet  A{\nRELU\n}",
    ],
    [
      "comments before it alone",
      "INPUT 8 - (\n\n\n  # a\nnet  A{\nRELU\n^",
      "INPUT 8 - (\n\n\n  # a\nnet A {\n  RELU\n}",
    ],
    ["without its partner", "INPUT  8\n  ^", "INPUT  8\n  }"],
    ["in a comment", "net  A{\nRELU  # ^", "net  A{\nRELU  # }"],
    ["in a line below a net", "net  A=B\nADD{ID|RELU^", "net  A=B\nADD{ID|RELU}"],
  ])("%s", (_name, text, expected) => {
    expect(afterBrace(text)).toBe(expected);
  });
});

describe("what people wrote, laid out", () => {
  const layout = (text: string, printWidth: number) =>
    format(text, { parser: "cnn", plugins: [plugin], printWidth }).catch(() => undefined);

  test.each([120, 40, 20])(
    "Enter before any line of it leaves the line where it is, at %i columns",
    async (printWidth) => {
      let count = 0;
      for (const { name, text } of written) {
        const laidOut = await layout(text, printWidth);
        if (laidOut === undefined || laidOut.includes("prettier-ignore")) continue;
        for (const { index } of laidOut.matchAll(/(?<=\n)[^\n]/g)) {
          expect([name, index, changesAfterLineEnd(laidOut, index, { ...usualLayout, printWidth })]).toEqual([
            name,
            index,
            [],
          ]);
          count++;
        }
      }
      expect(count).toBeGreaterThan(1_000);
    },
  );

  test("a brace that is typed again changes nothing", async () => {
    for (const { name, text } of written) {
      const laidOut = await layout(text, usualLayout.printWidth);
      if (laidOut === undefined || laidOut.includes("prettier-ignore")) continue;
      for (const { index } of laidOut.matchAll(/\}/g)) {
        expect([name, changesAfterBrace(laidOut, index + 1, usualLayout)]).toEqual([name, []]);
      }
    }
  });
});

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 300);
const signs = (text: string) => text.replace(/[\s|]/g, "");

test(
  "in any text, however broken: blanks alone change, behind a line end those of its line",
  { timeout: 600_000 },
  () => {
    fc.assert(
      fc.property(
        disturbedPrograms,
        fc.nat(),
        fc.nat(),
        fc.nat({ max: 20 }),
        fc.nat(),
        (whole, at, cut, length, place) => {
          const from = cut % (whole.length + 1);
          const text = whole.slice(0, from) + whole.slice(from + length);
          const offset = at % (text.length + 1);
          const typed = `${text.slice(0, offset)}\n${text.slice(offset)}`;
          const indented = applyChanges(typed, changesAfterLineEnd(typed, offset + 1, usualLayout));
          expect(indented.slice(0, offset + 1)).toBe(typed.slice(0, offset + 1));
          expect(indented.slice(offset + 1).trimStart()).toBe(typed.slice(offset + 1).trimStart());

          const braces = [...text.matchAll(/\}/g)];
          const brace = braces[place % Math.max(1, braces.length)]?.index;
          if (brace === undefined) return;
          const after = applyChanges(text, changesAfterBrace(text, brace + 1, usualLayout));
          expect(signs(after)).toBe(signs(text));
          expect(after.endsWith(text.slice(brace))).toBe(true);
        },
      ),
      { numRuns: RUNS },
    );
  },
);
