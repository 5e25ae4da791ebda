/** Expressions, simplified by what is known of their letters: what is printed stands for the same numbers. */
import { describe, expect, test } from "vitest";
import { residueCondition } from "../../src/ir/condition.js";
import {
  ceilDivide,
  evaluateCount,
  floorDivide,
  minus,
  plus,
  productOf,
  sumOf,
  times,
  variable,
  type Count,
} from "../../src/ir/dimension.js";
import { formatCountGiven, formatShapeGiven } from "../../src/ir/format-given.js";

const [H, W] = [variable("H"), variable("W")];
const given = [residueCondition("H", 8, [0]), residueCondition("W", 4, [0])];

test.each([
  [floorDivide(H, 2), "H/2"],
  [ceilDivide(H, 8), "H/8"],
  [floorDivide(H, 3), "floor(H/3)"],
  [times(2, floorDivide(H, 8)), "H/4"],
  [plus(floorDivide(H, 2), floorDivide(H, 2)), "H"],
  [minus(H, times(2, floorDivide(H, 2))), "0"],
  [plus(times(3, floorDivide(H, 4)), 1), "3*H/4 + 1"],
  [minus(1, H), "-H + 1"],
])("%s", (size, text) => expect(formatCountGiven(sumOf([productOf([size])]), given)).toBe(text));

test("counts add up over letters", () => {
  const count = sumOf([productOf([1728, H, W]), productOf([64, floorDivide(H, 2), floorDivide(W, 2)])]);
  expect(formatCountGiven(count, given)).toBe("1,744*H*W");
  expect(formatCountGiven(count, [])).toBe("1,728*H*W + 64*floor(H/2)*floor(W/2)");
});

test("shapes", () => {
  expect(formatShapeGiven([floorDivide(H, 2), W, 64], given)).toBe("H/2xWx64");
  expect(formatShapeGiven([minus(H, 2), floorDivide(W, 3), 64], given)).toBe("(H - 2)xfloor(W/3)x64");
  expect(formatShapeGiven([3], given)).toBe("3");
});

describe("what is printed has the value", () => {
  test.each([
    productOf([3, floorDivide(H, 2), ceilDivide(W, 4)]),
    sumOf([productOf([5, H]), productOf([floorDivide(plus(H, 3), 8), floorDivide(W, 2)]), 7n]),
    sumOf([productOf([minus(H, 1), W]), productOf([times(2, floorDivide(H, 4))])]),
  ] as Count[])("%s", (count) => {
    const text = formatCountGiven(count, given)
      .replaceAll(",", "")
      .replace(/floor/g, "Math.floor")
      .replace(/ceil/g, "Math.ceil");
    for (const [h, w] of [
      [8, 4],
      [16, 12],
      [64, 20],
      [224, 224],
    ] as const) {
      // The text is arithmetic in two variables, made above.
      const value = new Function("H", "W", `return ${text}`)(h, w) as number;
      expect(BigInt(value)).toBe(
        evaluateCount(
          count,
          new Map([
            ["H", h],
            ["W", w],
          ]),
        ),
      );
    }
  });
});
