/** Programs with mistakes: what is known beside them is shown, and what is not is left out. */
import { expect, test } from "vitest";
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
