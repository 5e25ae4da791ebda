/** Every operator computes the same in onnxruntime and in tfjs, over vectors, sequences, images and volumes. */
import { describe, expect, test } from "vitest";
import { operators } from "../../src/ops/registry.js";
import { TOLERANCE, verify } from "../../src/run/verify.js";
import { networkOf } from "../harness.js";
import { operatorNets } from "./operator-nets.js";

describe.each(Object.entries(operatorNets))("over %s", (_kind, nets) => {
  test.each(nets)("%s", async (text) => {
    const { comparisons } = await verify(networkOf(text), 3, ["tfjs"]);
    for (const { relative } of comparisons) expect(relative).toBeLessThanOrEqual(TOLERANCE);
  });
});

test("no operator is left out", () => {
  const made = new Set(
    Object.values(operatorNets).flatMap((nets) => nets.flatMap((text) => networkOf(text).nodes.map(({ op }) => op))),
  );
  expect([...made].sort()).toEqual(Object.keys(operators).sort());
});
