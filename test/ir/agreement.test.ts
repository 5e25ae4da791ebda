/** For which sizes of their letters two sizes are equal. */
import { describe, expect, test } from "vitest";
import { agreement } from "../../src/ir/agreement.js";
import { formatCondition, holds, intersect, type Condition } from "../../src/ir/condition.js";
import { ceilDivide, floorDivide, minus, plus, times, variable, type Dimension } from "../../src/ir/dimension.js";

const [H, W] = [variable("H"), variable("W")];
const half = (size: Dimension) => floorDivide(size, 2);

function told(a: Dimension, b: Dimension, given: readonly Condition[] = []): string {
  const found = agreement(a, b, given);
  return found.kind === "when" ? formatCondition(found.condition) : found.kind;
}

describe("two sizes", () => {
  test.each([
    ["numbers", 7, 7, "always"],
    ["other numbers", 7, 8, "never"],
    ["a letter and itself", H, H, "always"],
    ["a pool and what makes up for it", times(2, half(H)), H, "H is even"],
    ["three pools and what makes up for them", times(8, floorDivide(H, 8)), H, "H is a multiple of 8"],
    ["rounded up, in two ways", ceilDivide(H, 2), half(plus(H, 1)), "always"],
    ["rounded up and down", ceilDivide(H, 2), half(H), "H is even"],
    ["the same in steps", half(half(H)), floorDivide(H, 4), "always"],
    ["the two halves", plus(half(H), ceilDivide(H, 2)), H, "always"],
    ["a window without padding", H, minus(H, 2), "never"],
    ["one step too many", times(2, floorDivide(H, 8)), floorDivide(H, 4), "H divided by 8 leaves 0, 1, 2 or 3"],
    ["a number", H, 7, "H is 7"],
    ["a number that no size gives", times(2, H), 7, "never"],
    ["a number below all sizes", H, 0, "never"],
    ["a number behind a pool", half(H), 7, "H is 14 or 15"],
    ["a number behind many", floorDivide(H, 16), 2, "H is 32 to 47"],
    ["other slopes", half(H), floorDivide(H, 3), "H is 1 or 3"],
    ["odd sizes", times(2, half(H)), minus(H, 1), "H is odd"],
    ["all but multiples", plus(floorDivide(H, 3), 1), ceilDivide(H, 3), "H is not a multiple of 3"],
    ["areas", times(half(H), W), times(ceilDivide(H, 2), W), "H is even"],
    ["areas of both letters", times(half(H), half(W)), times(half(W), half(H)), "always"],
    ["an area and its own", times(times(2, half(H)), times(2, half(W))), times(H, W), "undecided"],
    ["two letters", H, W, "undecided"],
    ["two letters that are never alike", plus(times(2, H), 1), times(2, W), "undecided"],
    ["a letter that falls out", plus(times(2, half(H)), W), plus(H, W), "H is even"],
    ["a square", times(H, H), 49, "H is 7"],
    ["no square", times(H, H), 50, "never"],
    ["a square and its multiple", times(H, H), times(3, H), "H is 3"],
    ["squares of halves", times(half(H), half(H)), 9, "H is 6 or 7"],
    ["a cube", times(times(H, H), H), 27, "H is 3"],
    [
      "a cubic with three roots",
      plus(times(times(H, H), H), times(11, H)),
      plus(times(6, times(H, H)), 6),
      "H is 1, 2 or 3",
    ],
    ["periods beyond a million", times(1_000_003, floorDivide(H, 1_000_003)), H, "undecided"],
  ])("%s", (_what, a, b, expected) => {
    expect(told(a, b)).toBe(expected);
    expect(told(b, a)).toBe(expected);
  });
});

describe("under what is given", () => {
  const even: Condition = { variable: "H", modulus: 2, residues: [0] };
  const few: Condition = { variable: "H", values: [3, 4, 5, 6] };

  test.each([
    ["what is known is always so", times(2, half(H)), H, [even], "always"],
    ["what contradicts it never is", times(2, half(H)), minus(H, 1), [even], "never"],
    ["a condition includes it", times(3, floorDivide(H, 3)), H, [even], "H is a multiple of 6"],
    ["also of the values that it names", half(H), 7, [even], "H is 14"],
    ["values that are known", times(2, half(H)), H, [few], "H is 4 or 6"],
    ["values and residues", H, 5, [few, even], "never"],
    ["all of the values", floorDivide(H, 8), 0, [few], "always"],
    ["of another letter it tells nothing", times(2, half(W)), W, [even], "W is even"],
    ["of one letter of two", times(half(H), half(W)), times(ceilDivide(H, 2), half(W)), [even], "always"],
    [
      "a letter that is settled",
      plus(half(H), half(W)),
      plus(2, ceilDivide(W, 2)),
      [{ variable: "H", values: [4] }],
      "W is even",
    ],
  ])("%s", (_what, a, b, given, expected) => expect(told(a, b, given as Condition[])).toBe(expected));
});

describe("conditions", () => {
  test.each<[Condition, string]>([
    [{ variable: "H", modulus: 2, residues: [0] }, "H is even"],
    [{ variable: "H", modulus: 2, residues: [1] }, "H is odd"],
    [{ variable: "H", modulus: 8, residues: [0] }, "H is a multiple of 8"],
    [{ variable: "H", modulus: 3, residues: [1, 2] }, "H is not a multiple of 3"],
    [{ variable: "H", modulus: 4, residues: [1, 2] }, "H divided by 4 leaves 1 or 2"],
    [
      { variable: "H", modulus: 32, residues: Array.from({ length: 16 }, (_, n) => n) },
      "H divided by 32 leaves 0 to 15",
    ],
    [{ variable: "H", values: [7] }, "H is 7"],
    [{ variable: "H", values: [1, 2] }, "H is 1 or 2"],
    [{ variable: "H", values: [1, 2, 3, 4, 5, 7, 8, 9, 11] }, "H is 1 to 5, 7 to 9 or 11"],
    [{ variable: "H", values: [] }, "no size of H will do"],
  ])("%o", (condition, text) => expect(formatCondition(condition)).toBe(text));

  test("hold for a size or not", () => {
    expect(holds({ variable: "H", modulus: 4, residues: [1, 2] }, 9)).toBe(true);
    expect(holds({ variable: "H", modulus: 4, residues: [1, 2] }, 11)).toBe(false);
    expect(holds({ variable: "H", values: [7] }, 7)).toBe(true);
  });

  const together = (...conditions: Condition[]) => intersect(conditions).map(formatCondition);

  test("come together as one for each letter, in the simplest words", () => {
    const multiple = (modulus: number, name = "H"): Condition => ({ variable: name, modulus, residues: [0] });
    expect(together(multiple(4), multiple(6))).toEqual(["H is a multiple of 12"]);
    expect(together(multiple(2), multiple(8, "W"), multiple(4))).toEqual([
      "H is a multiple of 4",
      "W is a multiple of 8",
    ]);
    expect(together({ variable: "H", modulus: 6, residues: [0, 2, 4] })).toEqual(["H is even"]);
    expect(together({ variable: "H", modulus: 4, residues: [0, 1, 2, 3] })).toEqual([]);
    expect(together(multiple(2), { variable: "H", values: [3, 4, 6] })).toEqual(["H is 4 or 6"]);
    expect(together(multiple(2), { variable: "H", modulus: 2, residues: [1] })).toEqual(["no size of H will do"]);
    expect(intersect([])).toEqual([]);
    // Whose common period is too large stay as they are.
    expect(intersect([multiple(999_983), multiple(999_979)])).toHaveLength(2);
  });
});
