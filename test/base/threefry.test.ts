import { expect, test } from "vitest";
import { fillUniform, hashName, threefry2x32 } from "../../src/base/threefry.js";

// Known answers of Random123 (kat_vectors, threefry 2x32, 20 rounds).
test.each([
  [
    [0, 0],
    [0, 0],
    [0x6b200159, 0x99ba4efe],
  ],
  [
    [0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x1cb996fc, 0xbb002be7],
  ],
  [
    [0x13198a2e, 0x03707344],
    [0x243f6a88, 0x85a308d3],
    [0xc4923a9c, 0x483df7a0],
  ],
] as const)("key %j and counter %j give Random123's words", (key, counter, words) => {
  expect(threefry2x32(key, counter)).toEqual(words);
});

test("the written-out loop gives the words of the plain one", () => {
  const key = [0x13198a2e, 0x03707344] as const;
  const values = new Float32Array(64);
  fillUniform(values, key, 0, 1);
  values.forEach((value, index) => {
    const word = threefry2x32(key, [index >> 1, 0])[index % 2]!;
    expect(value).toBe(Math.fround(((word >>> 8) / 2 ** 24) * 2 - 1));
  });
});

test("a part of a stream does not depend on where the reading starts", () => {
  const whole = new Float32Array(1000);
  fillUniform(whole, [7, 9], 0, 0.3);
  for (const start of [0, 1, 2, 333, 998]) {
    const part = new Float32Array(Math.min(50, 1000 - start));
    fillUniform(part, [7, 9], start, 0.3);
    expect([...part]).toEqual([...whole.subarray(start, start + part.length)]);
  }
});

test("past 2^33 values the high word of the counter counts", () => {
  const start = 2 ** 33;
  const values = new Float32Array(2);
  fillUniform(values, [1, 2], start, 1);
  const words = threefry2x32([1, 2], [0, 1]);
  expect([...values]).toEqual(words.map((word) => Math.fround(((word >>> 8) / 2 ** 24) * 2 - 1)));
});

test("values are uniform in [-limit, limit)", () => {
  const values = new Float32Array(200_000);
  fillUniform(values, [1, 1], 0, 0.5);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + b * b, 0) / values.length;
  expect(Math.min(...values.subarray(0, 1000))).toBeGreaterThanOrEqual(-0.5);
  expect(Math.max(...values.subarray(0, 1000))).toBeLessThan(0.5);
  expect(mean).toBeCloseTo(0, 2);
  expect(variance).toBeCloseTo(1 / 12, 3);
});

// Published test vectors of FNV-1a (Fowler, Noll, Vo).
test.each([
  ["", 0x811c9dc5],
  ["a", 0xe40c292c],
  ["foobar", 0xbf9cf968],
])("FNV-1a of %j", (text, hash) => {
  expect(hashName(text)).toBe(hash);
});
