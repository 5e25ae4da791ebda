/** LANGUAGE section 5: a claim is held to its printed digits, rounded or cut. */
import { describe, expect, test } from "vitest";
import { parseQuantity, quantityHolds, slideQuantity } from "../../src/base/quantity.js";

const holds = (text: string, figure: bigint) => quantityHolds(parseQuantity(text)!, figure);

describe("a quantity holds", () => {
  test.each([
    ["3.2M", 3_211_264n], // VGG's first layer
    ["150K", 150_528n], // the input: cut
    ["151K", 150_528n], // or rounded
    ["800K", 802_816n],
    ["1.6M", 1_605_632n],
    ["400K", 401_408n],
    ["200K", 200_704n],
    ["100K", 100_352n],
    ["25K", 25_088n],
    ["35K", 34_848n], // AlexNet's CONV1: rounded
    ["138M", 138_344_128n],
    ["138M", 138_357_544n],
    ["15.2M", 15_237_608n],
    ["1,728", 1_728n],
    ["1728", 1_728n],
    ["0", 0n],
    ["102,760,448", 102_760_448n],
    ["1K", 1_000n],
    ["1.0K", 1_000n],
    ["4.1G", 4_089_184_256n], // ResNet-50's multiply-accumulates
    ["4.1B", 4_089_184_256n],
  ])("%s for %s", (text, figure) => expect(holds(text, figure)).toBe(true));
});

describe("a quantity does not hold", () => {
  test.each([
    ["24M", 15_237_608n], // the lecture's total
    ["3.3M", 3_211_264n],
    ["3.1M", 3_211_264n],
    ["32M", 3_211_264n],
    ["320K", 3_211_264n],
    ["3.20M", 3_211_264n], // three digits are printed: 3.21M
    ["149K", 150_528n],
    ["152K", 150_528n],
    ["700K", 802_816n],
    ["900K", 802_816n],
    ["850K", 802_816n],
    ["1,727", 1_728n],
    ["1,729", 1_728n],
    ["1.7K", 17_280n],
    ["2K", 1_000n],
    ["1", 0n],
    ["0", 1n],
    ["1K", 0n],
  ])("%s for %s", (text, figure) => expect(holds(text, figure)).toBe(false));
});

describe("reading", () => {
  test.each(["224", "1,728", "3.2M", "150K", "150k", "2G", "2B", "1T", "0"])("%s", (text) =>
    expect(parseQuantity(text)?.text).toBe(text),
  );
  test.each(["", "K", "3.2.1", "M3", "-3", "3MB", ",5"])("not %s", (text) =>
    expect(parseQuantity(text)).toBeUndefined(),
  );
});

describe("the style of slides", () => {
  test.each([
    [150_528n, "150K"],
    [3_211_264n, "3.2M"],
    [802_816n, "800K"],
    [1_605_632n, "1.6M"],
    [25_088n, "25K"],
    [4_096n, "4096"],
    [138_344_128n, "138M"],
    [15_237_608n, "15.2M"],
    [0n, "0"],
  ])("%s is %s", (figure, text) => expect(slideQuantity(figure)).toBe(text));

  test("what is printed holds for what it was printed from", () => {
    for (let figure = 1n; figure < 10n ** 14n; figure = figure * 7n + 3n)
      expect([figure, holds(slideQuantity(figure), figure)]).toEqual([figure, true]);
  });
});

test("more digits than the suffix leaves out are exact", () => {
  const holds = (text: string, figure: bigint) => quantityHolds(parseQuantity(text)!, figure);
  expect(holds("1.7280K", 1_728n)).toBe(true);
  expect(holds("1.7281K", 1_728n)).toBe(false);
});
