/** `--size H=224`, before and behind the command line. */
import { describe, expect, test } from "vitest";
import { addSize, bindAll, bindFixed, bindOne } from "../../src/apps/cli/sizes.js";
import { markdownReport } from "../../src/apps/cli/report/markdown.js";
import { tableReport } from "../../src/apps/cli/report/table.js";
import { plainPaint } from "../../src/base/frame.js";
import { networkOf, openNetworkOf } from "../harness.js";

const open = openNetworkOf("INPUT 32x32x3 - CONV3-64 pad 0 - POOL2 - CONV5-8/3 - GAP - FC-10", "HxWx3");
const fixed = networkOf("INPUT 32x32x3 - GAP - FC-2");
const sizes = (...texts: string[]) =>
  texts.reduce<ReadonlyMap<string, number>>((before, text) => addSize(text, before), new Map());

describe("the option", () => {
  test("once for each letter", () => expect([...sizes("H=224", "W=32")]).toEqual([["H", 224], ["W", 32]])); // prettier-ignore

  test.each(["H", "H=", "H=0", "H=-3", "h=3", "H=1.5", "HW=3", "H=2147483648", "H=x"])("refuses %s", (text) =>
    expect(() => sizes(text)).toThrow("H=224"),
  );

  test("refuses a letter twice", () => expect(() => sizes("H=1", "H=2")).toThrow("has a size already"));
});

describe("networks", () => {
  test("get their numbers", () => {
    expect(bindOne(open, sizes("H=32", "W=40")).nodes[0]!.type.shape).toEqual([32, 40, 3]);
    expect(bindAll([open, fixed], sizes("H=32")).map(({ symbols }) => symbols)).toEqual([["W"], []]);
    expect(bindFixed([fixed])).toEqual([fixed]);
  });

  test.each([
    [[], "net leaves H and W open: give numbers, as --size H=224 --size W=224"],
    [["H=32"], "net leaves W open: give numbers, as --size W=224"],
    [["K=3"], "no input has the letter K: there is H and W"],
    [
      ["H=2", "W=9"],
      "with H = 2 and W = 9 in net, at conv1: CONV slides a 3x3 window over 2x9x3: the window is larger than its input",
    ],
  ])("%j is told as wrong use", (given, message) => expect(() => bindOne(open, sizes(...given))).toThrow(message));

  test("without letters take none", () =>
    expect(() => bindOne(fixed, sizes("H=3"))).toThrow("no input has the letter H: all sizes are numbers"));
});

test("tables carry the letters, long sums stand below", () => {
  const table = tableReport(open, Number.POSITIVE_INFINITY, plainPaint).split("\n");
  expect(table.find((line) => line.startsWith("conv1"))).toMatch(
    /\(H - 2\)x\(W - 2\)x64 +1,792 +1,728\*H\*W - 3,456\*H - 3,456\*W \+ 6,912 +64\*H\*W/,
  );
  expect(table.at(-1)).toMatch(/\| activations in all: /);
  expect(markdownReport(open)).toContain("Input HxWx3.");
});
