/** What counts as the same program: the safety net below the formatter has to see every other change. */
import { expect, test } from "vitest";
import { haveSameMeaning } from "../../src/format/same-meaning.js";

const TEXT = "## Doc.\nnet A(c = 4) {\n  INPUT 8x8x3  # why\n  [CONV3-c - RELU]*2  [8x8x4]\n}\n";

test.each([
  ["blanks and ends of lines", TEXT.replaceAll("  ", "\t").replaceAll("\n", "\r\n")],
  ["blanks behind a comment", TEXT.replace("why", "why  ")],
  ["an arrow", TEXT.replace(" - RELU", "->RELU")],
])("%s mean nothing", (_name, text) => {
  expect(haveSameMeaning(TEXT, text)).toBe(true);
});

test.each([
  ["a number", TEXT.replace("*2", "*3")],
  ["a name", TEXT.replace("RELU", "TANH")],
  ["a default", TEXT.replace("c = 4", "c = 5")],
  ["a default less", TEXT.replace("c = 4", "c")],
  ["a dash that binds", TEXT.replace("CONV3-c", "CONV3 - c")],
  ["an annotation less", TEXT.replace("[8x8x4]", "")],
  ["a line less", TEXT.replace("INPUT 8x8x3", "")],
  ["a comment", TEXT.replace("why", "how")],
  ["a comment less", TEXT.replace("# why", "")],
  ["a comment that documents", TEXT.replace("## Doc.", "# Doc.")],
  ["a comment that has moved away from its declaration", TEXT.replace("## Doc.\n", "## Doc.\n\n\nlet a = 1\n")],
  ["a syntax error", TEXT.replace("*2", "*")],
  ["what is swallowed by a comment", TEXT.replace("# why\n", "# why")],
])("%s means another program", (_name, text) => {
  expect(text).not.toBe(TEXT);
  expect(haveSameMeaning(TEXT, text)).toBe(false);
});

test("an expression as long as one may be", () => {
  const long = `let a = 1${" + 1".repeat(255)}\nINPUT 8\n`;
  expect(haveSameMeaning(long, long.replaceAll(" + ", "+"))).toBe(true);
  expect(haveSameMeaning(long, long.replace("= 1", "= 2"))).toBe(false);
});
