import { expect, test } from "vitest";
import { ranksOf } from "../../../src/emit/html/ranks.js";

test("figures that doubles cannot tell apart", () => {
  const big = 2n ** 60n;
  expect(ranksOf([big + 1n, big, big + 2n, big])).toEqual([1, 0, 2, 0]);
});

test("numbers in text are numbers, of any length", () => {
  expect(ranksOf(["conv10", "conv2", "conv2.bn", "bn1"])).toEqual([3, 1, 2, 0]);
  expect(ranksOf(["x99999999999999999999", "x99999999999999999998", "x007", "x7"])).toEqual([3, 2, 0, 1]);
});

test("formulas come after figures", () => {
  expect(ranksOf(["3*H*W", 5n, -1, "12*H*W"])).toEqual([2, 1, 0, 3]);
});
