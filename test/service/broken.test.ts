/** Programs with mistakes: what is known beside them is shown, and what is not is left out. */
import { describe, expect, test } from "vitest";
import { analyse } from "../../src/service/analysis.js";
import { hintsOf } from "../../src/service/hints.js";
import { hoverAt } from "../../src/service/hover.js";

test("a layer whose count is not known, of which an annotation tells the size", () => {
  const text = "net N(xclasses = 2) {\n  INPUT 8x8x3\n  CONV3-4\n  CONV1-classes [8x8x2]\n  CONV3-5\n}";
  const analysis = analyse("net.cnn", text);
  expect(analysis.diagnostics.map(({ severity }) => severity)).toContain("error");
  const hints = hintsOf(analysis, { start: 0, end: text.length }).map((hint) => hint.text);
  expect(hints).toEqual(["8x8x3", "8x8x4 · 112", "8x8x5 · 95"]);
  expect(hoverAt(analysis, text.indexOf("CONV1"))!.text).not.toContain("params");
});

/** A net into which a line is typed in the middle. */
const above = "block B(c, @skip) { CONV3-c - RELU }\nnet N {\n  INPUT 8x8x4\n  a: CONV3-4\n  ";
const below = "\n  CONV3-4 - RELU\n  GAP - FC-2\n}\nnet M { INPUT 8x8x4 - FC-3 }\n";

describe("a line that is half written is one mistake at most, told where it stands, and loses nothing else", () => {
  test.each([
    "CONV3-(2*2) pad 1 - BN - RELU",
    "[CONV3-4 - RELU]*2",
    "ADD { CONV3-4 - BN | ID }",
    "if in.c > 8 { CONV1-4 } else { CONV1-8 }",
    "b: CONV1-4 [8x8x4]",
    "B(4, @a) - RELU",
    "let wide = in.c * 2",
    "conv3-4 - relu",
    "@a - CONV3-4",
  ])("%s", (line) => {
    for (let length = 1; length <= line.length; length++) {
      const text = above + line.slice(0, length) + below;
      const { diagnostics, program } = analyse("net.cnn", text);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      expect(errors.length, text).toBeLessThanOrEqual(1 + Number(line.startsWith("conv3-4 - r")));
      for (const { span } of errors) expect(span.source.position(span.start).line, text).toBe(5);
      const [, net, other] = program.items;
      expect([net?.kind, other?.kind, program.items.length], text).toEqual(["net", "net", 3]);
      // What stands before it, and in other nets.
      const hints = hintsOf(analyse("net.cnn", text), { start: 0, end: text.length });
      const before = hints
        .filter(({ offset }) => offset > program.items[0]!.span.end && offset <= above.length)
        .map((hint) => hint.text);
      const behind = hints.filter(({ offset }) => offset > other!.span.start).map((hint) => hint.text);
      expect([before, behind], text).toEqual([
        ["8x8x4", "8x8x4 · 148"],
        ["8x8x4", "3 · 771"],
      ]);
    }
  });
});

test("a layer in small letters is read as it is meant", () => {
  const hints = hintsOf(analyse("net.cnn", `${above}conv3-8${below}`), { start: 0, end: 1_000 });
  expect(hints.map(({ text }) => text)).toContain("8x8x8 · 296");
});
