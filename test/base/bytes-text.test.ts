/** Amounts of memory as they are given and as they are printed. */
import { expect, test } from "vitest";
import { bytesText } from "../../src/base/bytes-text.js";
import { bytesFrom } from "../../src/apps/cli/option-values.js";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1_000, "1.00 kB"],
  [999_499, "999 kB"],
  [999_500, "1.00 MB"],
  [7_225_344, "7.23 MB"],
  [999_700_000, "1.00 GB"],
  [80_000_000_000, "80.0 GB"],
  [123_456_000_000_000_000_000n, "123,000 PB"],
])("%s bytes are %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test.each([
  ["8GB", 8_000_000_000n],
  ["1.5 GiB", 1_610_612_736n],
  ["512MB", 512_000_000n],
  ["12B", 12n],
])("%s is %s", (text, bytes) => {
  expect(bytesFrom(text)).toBe(bytes);
});
