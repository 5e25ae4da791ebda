/** The layout of some lines: as they are where the whole file is laid out, with nothing changed around them. */
import fc from "fast-check";
import { format } from "prettier/standalone";
import { describe, expect, test } from "vitest";
import { hasErrors } from "../../src/base/diagnostics.js";
import { SourceText } from "../../src/base/source.js";
import { LayoutFault } from "../../src/format/layout-fault.js";
import * as plugin from "../../src/format/plugin.js";
import { applyChanges, changesTo, layoutChanges } from "../../src/format/range.js";
import { usualLayout } from "../../src/format/print-program.js";
import { parse } from "../../src/syntax/parse.js";
import { disturbedPrograms } from "./programs.js";

const formatted = (text: string, options: object = {}) =>
  format(text, { parser: "cnn", plugins: [plugin], ...options });

/** The text with the lines from the first to the last, both from 1, laid out. */
function laidOut(text: string, first: number, last: number): string {
  const source = new SourceText("", text);
  const range = { start: source.startOf(first), end: source.startOf(last + 1) };
  return applyChanges(text, layoutChanges(text, usualLayout, range));
}

const LOOSE = `net A {
INPUT 8x8x3
   CONV3-4-RELU   [8x8x4]


  CONV3-16   -RELU [8x8x16]
}
net B = A
`;

describe("lines", () => {
  test.each([
    ["one of them, with the columns of its table", 3, 3, { 2: "  CONV3-4 - RELU  [8x8x4]" }],
    ["the next one", 6, 6, { 5: "  CONV3-16 - RELU  [8x8x16]" }],
    ["those that are as they should be", 7, 8, {}],
    ["a blank line among others", 4, 4, {}],
    ["all blank lines", 4, 5, { 4: undefined }],
    ["a line and the blank ones behind it", 3, 5, { 2: "  CONV3-4 - RELU  [8x8x4]", 4: undefined }],
    ["a line and the blank ones before it", 4, 6, { 4: undefined, 5: "  CONV3-16 - RELU  [8x8x16]" }],
  ] as const)("%s", (_name, first, last, changed) => {
    const lines: (string | undefined)[] = LOOSE.split("\n");
    for (const [line, text] of Object.entries(changed)) lines[Number(line)] = text;
    expect(laidOut(LOOSE, first, last)).toBe(lines.filter((line) => line !== undefined).join("\n"));
  });

  test("a range that ends where a line starts ends before it", () => {
    const range = { start: LOOSE.indexOf("INPUT"), end: LOOSE.indexOf("   CONV3-4") };
    const changes = layoutChanges(LOOSE, usualLayout, range);
    expect(changes).toEqual([{ start: range.start, end: range.start, text: "  " }]);
  });

  test.each([
    [
      "a line that becomes several",
      "INPUT 8\nif a { RELU\n} # c\nnet  B = A",
      2,
      "INPUT 8\nif a {\n  RELU\n} # c\nnet  B = A",
    ],
    ["a heading and its brace", "net  C = A\nnet B\n{\nINPUT 8\n}\n", 3, "net  C = A\nnet B {\nINPUT 8\n}\n"],
    [
      "bars at the ends of lines",
      "INPUT  8\nADD {\nID |\nRELU }\nRELU  - BN\n",
      3,
      "INPUT  8\nADD {\n  | ID\n  | RELU\n}\nRELU  - BN\n",
    ],
    ["the first line", "\n\n  INPUT  8\n\n\nRELU", 3, "\n\nINPUT 8\n\n\nRELU"],
    ["the last line, whose end is missing", "INPUT  8\nRELU  ", 2, "INPUT  8\nRELU\n"],
    ["the end of a file that is no line end", "INPUT  8\nRELU", 1, "INPUT 8\nRELU"],
  ])("that change together: %s", (_name, text, line, expected) => {
    expect(laidOut(text, line, line)).toBe(expected);
  });

  test("blank lines around the text, where they are asked for", () => {
    expect(laidOut("INPUT 8\n\n\n", 1, 4)).toBe("INPUT 8\n");
    expect(laidOut("  \n\n", 1, 3)).toBe("");
    expect(laidOut(" \n\n# a\n", 1, 2)).toBe("# a\n");
    expect(laidOut("\n\n# a", 1, 3)).toBe("# a\n");
    expect(laidOut("INPUT 8\n\n\n", 1, 1)).toBe("INPUT 8\n\n\n");
  });

  test("ends of lines, and a byte order mark, stay", () => {
    const text = "\ufeffnet A {\r\nINPUT  8 - FC-2 (of\r\n two)\r\n\r\n\r\n RELU  \r\n}";
    expect(applyChanges(text, layoutChanges(text, usualLayout))).toBe(
      "\ufeffnet A {\r\n  INPUT 8 - FC-2 (of\r\n two)\r\n\r\n  RELU\r\n}\r\n",
    );
    expect(laidOut(text, 6, 6)).toBe(text.replace(" RELU  ", "  RELU"));
  });

  test("a layout that is another program is none", () => {
    expect(changesTo("RELU  - BN\n", "RELU - BN\n")).toEqual([{ start: 5, end: 6, text: "" }]);
    expect(() => changesTo("RELU  - BN\n", "TANH - BN\n")).toThrow(LayoutFault);
    expect(() => changesTo("RELU  # a\nBN\n", "RELU  # a BN\n")).toThrow(LayoutFault);
  });

  test("a text that cannot be read", () => {
    expect(() => layoutChanges("INPUT  8 - (", usualLayout)).toThrow(plugin.CnnSyntaxError);
  });
});

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 500);
const parses = (text: string) => !hasErrors(parse(new SourceText("net.cnn", text)).diagnostics);

test("any range: its lines as in the whole, the others as they were", { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(disturbedPrograms, fc.nat(), fc.nat(), async (written, one, other) => {
      // As a whole, Prettier counts each `\r`.
      const text = written.replaceAll("\r", "");
      if (!parses(text)) return;
      const whole = await formatted(text);
      expect(applyChanges(text, layoutChanges(text, usualLayout))).toBe(whole);

      const count = text.split("\n").length;
      const [first, last] = [(one % count) + 1, (other % count) + 1].sort((a, b) => a - b) as [number, number];
      const result = laidOut(text, first, last);
      // What changed are lines as they are in the whole, around the range: those outside of it change together with some in it.
      const [before, after] = [text.split("\n"), result.split("\n")];
      const head = commonStart(before, after);
      const tail = commonStart(
        [...before].reverse().slice(0, -head || undefined),
        [...after].reverse().slice(0, -head || undefined),
      );
      const lines = new Set(whole.split("\n"));
      expect(after.slice(head, after.length - tail).filter((line) => line !== "" && !lines.has(line))).toEqual([]);
      // Which one of some blank lines went cannot be told.
      if (before.slice(head, before.length - tail).some((line) => line !== ""))
        expect([head < last, before.length - tail >= first]).toEqual([true, true]);
    }),
    { numRuns: RUNS },
  );
});

function commonStart(first: readonly string[], second: readonly string[]): number {
  let length = 0;
  while (length < first.length && length < second.length && first[length] === second[length]) length++;
  return length;
}
