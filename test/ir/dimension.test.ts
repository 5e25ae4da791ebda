/** Sizes in letters: the normal form that people see, and their arithmetic. */
import { describe, expect, test } from "vitest";
import {
  ceilDivide,
  evaluateDimension,
  floorDivide,
  formatCount,
  formatDimension,
  isFixed,
  isSame,
  minus,
  plus,
  productOf,
  scaleCount,
  substitute,
  sumOf,
  times,
  variable,
  variablesOf,
  type Dimension,
} from "../../src/ir/dimension.js";

const [H, W] = [variable("H"), variable("W")];
/** A window over an axis: `floor((in - window + 2*pad)/stride) + 1`. */
const slide = (size: Dimension, window: number, stride: number, pad = 0) =>
  plus(floorDivide(plus(size, 2 * pad - window), stride), 1);

describe("fixed sizes are plain numbers", () => {
  test.each([
    [plus(2, 3), 5],
    [minus(2, 3), -1],
    [times(2, 3), 6],
    [floorDivide(7, 2), 3],
    [floorDivide(-7, 2), -4],
    [ceilDivide(7, 2), 4],
    [floorDivide(2 ** 53 - 1, 1000), 9007199254740],
    [minus(plus(H, 3), H), 3],
    [floorDivide(plus(times(4, H), 7), 4), undefined],
  ])("%s", (found, expected) => {
    if (expected === undefined) expect(isFixed(found)).toBe(false);
    else expect(found).toBe(expected);
  });

  test("beyond what a double holds exactly there is an error", () => {
    expect(() => times(2 ** 30, 2 ** 30)).toThrow(RangeError);
    expect(() => plus(2 ** 53 - 1, 1)).toThrow(RangeError);
    expect(() => evaluateDimension(times(H, H), new Map([["H", 2 ** 30]]))).toThrow(RangeError);
  });
});

describe("what people see", () => {
  test.each([
    ["a letter", H, "H"],
    ["a window without padding", slide(H, 3, 1), "H - 2"],
    ["half padding", slide(H, 7, 2, 3), "ceil(H/2)"],
    ["ResNet's first two layers", slide(slide(H, 7, 2, 3), 3, 2, 1), "ceil(H/4)"],
    ["AlexNet's first layer", slide(H, 11, 4), "floor((H + 1)/4) - 2"],
    ["a pool", slide(H, 2, 2), "floor(H/2)"],
    ["three pools", slide(slide(slide(H, 2, 2), 2, 2), 2, 2), "floor(H/8)"],
    ["pools that round up", ceilDivide(ceilDivide(H, 2), 2), "ceil(H/4)"],
    ["a pool that is made up for", times(2, slide(H, 2, 2)), "2*floor(H/2)"],
    ["a pool of what was made twice as large", slide(times(2, floorDivide(H, 8)), 2, 2), "floor(H/8)"],
    ["parts that divide leave the quotient", floorDivide(plus(times(2, H), 3), 2), "H + 1"],
    ["common factors are cancelled", floorDivide(plus(times(2, H), 1), 4), "floor(H/2)"],
    ["the constant is within the divisor", floorDivide(plus(H, 6), 4), "floor((H + 2)/4) + 1"],
    ["a rounded part of a sum", floorDivide(plus(H, floorDivide(H, 2)), 2), "floor(3*H/4)"],
    ["a negative part", floorDivide(minus(7, H), 2), "3 - floor(H/2)"],
    ["products", times(H, W), "H*W"],
    ["powers", times(times(H, H), W), "H^2*W"],
    ["several letters", plus(times(3, W), minus(H, 1)), "H + 3*W - 1"],
    ["a quotient of several letters", floorDivide(plus(H, W), 2), "floor((H + W)/2)"],
    ["a number first", minus(7, H), "7 - H"],
    ["nothing positive", minus(-1, H), "-H - 1"],
    ["a rounded product", floorDivide(times(H, W), 2), "floor(H*W/2)"],
  ])("%s", (_what, found, text) => {
    expect(formatDimension(found)).toBe(text);
    // Also where no one asked for it: in JSON and in text.
    expect(JSON.parse(JSON.stringify({ size: found }))).toEqual({ size: text });
  });

  test("counts group their digits", () => {
    expect(formatCount(productOf([27, 64, H, W]))).toBe("1,728*H*W");
    expect(formatCount(productOf([224, 224, 64]))).toBe("3,211,264");
    expect(formatDimension(times(1728, H), { groups: true })).toBe("1,728*H");
  });
});

test("the same size is the same expression", () => {
  expect(isSame(ceilDivide(H, 2), floorDivide(plus(H, 1), 2))).toBe(true);
  expect(isSame(times(H, W), times(W, H))).toBe(true);
  expect(isSame(H, W)).toBe(false);
  expect(isSame(7, 7)).toBe(true);
});

test("letters", () => {
  expect(variablesOf(7)).toEqual([]);
  expect(variablesOf(plus(floorDivide(plus(W, times(H, 3)), 2), W))).toEqual(["H", "W"]);
});

test("sizes for letters", () => {
  const size = plus(times(floorDivide(H, 4), W), 1);
  expect(evaluateDimension(size, new Map([["H", 9], ["W", 5]]))).toBe(11); // prettier-ignore
  expect(formatDimension(substitute(size, new Map([["H", 9]])))).toBe("2*W + 1");
  expect(formatDimension(substitute(size, new Map<string, Dimension>([["H", times(4, W)]])))).toBe("W^2 + 1");
  expect(() => evaluateDimension(size, new Map([["H", 9]]))).toThrow();
});

describe("counts", () => {
  test("fixed ones are exact at any length", () => {
    expect(productOf([])).toBe(1n);
    expect(productOf([2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1])).toBe((2n ** 31n - 1n) ** 3n);
    expect(sumOf([1n, 2n])).toBe(3n);
    expect(sumOf([])).toBe(0n);
  });

  test("in letters", () => {
    expect(formatCount(sumOf([productOf([H, W, 3]), 5n, productOf([H, W, 2000])]))).toBe("2,003*H*W + 5");
    expect(sumOf([productOf([H]), scaleCount(productOf([H]), -1n), 4n])).toBe(4n);
  });
});
