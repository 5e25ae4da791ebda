import { describe, expect, test } from "vitest";
import { applyFix } from "../../src/base/diagnostics.js";
import { groupDigits, plural, product, toJson } from "../../src/base/integers.js";
import { SourceText } from "../../src/base/source.js";
import { closest, listWords } from "../../src/base/suggest.js";

describe("SourceText", () => {
  const source = new SourceText("a.cnn", "one\r\ntwo\n\nlast");

  test("counts lines and columns from 1", () => {
    expect(source.position(0)).toEqual({ line: 1, column: 1 });
    expect(source.position(5)).toEqual({ line: 2, column: 1 });
    expect(source.position(9)).toEqual({ line: 3, column: 1 });
    expect(source.position(14)).toEqual({ line: 4, column: 5 });
  });

  test("gives lines without their ends", () => {
    expect([1, 2, 3, 4].map((line) => source.line(line))).toEqual(["one", "two", "", "last"]);
    expect(source.lineCount).toBe(4);
  });

  test("an empty text has one empty line", () => {
    expect(new SourceText("a", "").position(0)).toEqual({ line: 1, column: 1 });
    expect(new SourceText("a", "").line(1)).toBe("");
  });
});

describe("closest", () => {
  test.each([
    ["CONVV", "CONV"],
    ["COVN", "CONV"], // two letters swapped
    ["POL", "POOL"],
    ["SOFTMX", "SOFTMAX"],
    ["strid", "stride"],
    ["bais", "bias"], // two letters swapped
  ])("%s means %s", (word, meant) => expect(closest(word, ["CONV", "POOL", "SOFTMAX", "stride", "bias"])).toBe(meant));

  test.each(["LSTM", "xyz", ""])("%s means nothing known", (word) =>
    expect(closest(word, ["CONV", "POOL", "SOFTMAX", "stride"])).toBeUndefined(),
  );

  test("one letter is no misspelling of another", () => expect(closest("d", ["c", "k"])).toBeUndefined());
});

test("listWords", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((words) => listWords(words))).toEqual([
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
});

test("integers are exact and grouped", () => {
  expect(product([2 ** 31, 2 ** 31, 2 ** 31])).toBe(2n ** 93n);
  expect([0, 999, 1000, 15237608].map(groupDigits)).toEqual(["0", "999", "1,000", "15,237,608"]);
  expect([plural(1, "layer"), plural(2, "layer"), plural(0, "layer")]).toEqual(["1 layer", "2 layers", "0 layers"]);
  expect(toJson({ a: 2n ** 70n, b: ["x", -1n] }, 0)).toBe('{"a":1180591620717411303424,"b":["x",-1]}');
});

test("applyFix changes several places at once", () => {
  const source = new SourceText("a.cnn", "abcdef");
  const at = (start: number, end: number) => ({ source, start, end });
  expect(
    applyFix("abcdef", {
      title: "",
      edits: [
        { span: at(4, 5), text: "EE" },
        { span: at(0, 1), text: "" },
        { span: at(2, 2), text: "-" },
      ],
    }),
  ).toBe("b-cdEEf");
});
