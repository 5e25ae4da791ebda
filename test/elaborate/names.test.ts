/** LANGUAGE section 8: names are the labels, or `<op><n>`, stable when an unrelated line changes. */
import { describe, expect, test } from "vitest";
import { networkOf } from "../harness.js";

const names = (text: string) => networkOf(text).nodes.map((node) => node.name);

describe("names", () => {
  test("are the operator and a number, counted for each operator", () => {
    expect(names("INPUT 8x8x3 - CONV3-4 - RELU - CONV3-4 - RELU - POOL2 - FC-2")).toEqual([
      "input",
      "conv1",
      "relu1",
      "conv2",
      "relu2",
      "pool1",
      "fc1",
    ]);
  });

  test("are the labels where there are some", () => {
    expect(names("image: INPUT 8x8x3 - stem: CONV3-4 - RELU - out: FC-2")).toEqual(["image", "stem", "relu1", "out"]);
    expect(
      names("INPUT 8x8x3\nCONV1: 4 3x3 filters\nMAX POOL1: 2x2\nNORM1: Normalization layer\nFC2: 10 neurons"),
    ).toEqual(["input", "CONV1", "POOL1", "NORM1", "FC2"]);
  });

  test("in a repeat a label carries the round: c.1, c.2", () => {
    expect(names("INPUT 8x8x3 - [c: CONV3-4 - RELU]*2")).toEqual(["input", "c.1", "relu1", "c.2", "relu2"]);
  });

  test("in nested repeats all rounds, outermost first", () => {
    expect(names("INPUT 8x8x3 - [[a: RELU]*2 - b: TANH]*2")).toEqual([
      "input",
      "a.1.1",
      "a.1.2",
      "b.1",
      "a.2.1",
      "a.2.2",
      "b.2",
    ]);
  });

  test("a repeated layer with a label", () => {
    expect(names("INPUT 8x8x3 - r: RELU*2")).toEqual(["input", "r.1", "r.2"]);
  });

  test("do not change when a line of another kind is added", () => {
    const before = names("INPUT 8x8x3\nCONV3-4\nPOOL2\nCONV3-4\nFC-2");
    const after = names("INPUT 8x8x3\n# a comment\nCONV3-4\nRELU\nPOOL2\n\nDROPOUT 0.5\nCONV3-4\nFC-2");
    expect(after.filter((name) => before.includes(name))).toEqual(before);
  });

  test("a generated name keeps clear of the labels", () => {
    const found = names("INPUT 8x8x3\nCONV3-4\nconv1: RELU\nCONV3-4");
    expect(new Set(found).size).toBe(found.length);
    expect(found).toContain("conv1");
  });

  test("are unique also where a label looks like a generated name behind it", () => {
    const found = names("INPUT 8x8x3 - [RELU - relu2: TANH]*2 - RELU");
    expect(new Set(found).size).toBe(found.length);
  });
});
