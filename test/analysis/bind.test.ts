/** Numbers for the letters of an input. */
import { describe, expect, test } from "vitest";
import { bindNetwork, typesAt } from "../../src/analysis/bind.js";
import { costOf, totalCost } from "../../src/analysis/cost.js";
import { reportOf } from "../../src/analysis/report.js";
import { slideTable } from "../../src/analysis/slide.js";
import { toJson } from "../../src/base/integers.js";
import { dumpNetwork } from "../../src/ir/dump.js";
import { evaluateCount, formatCount } from "../../src/ir/dimension.js";
import type { Condition } from "../../src/ir/condition.js";
import { nodeOf, type Network } from "../../src/ir/network.js";
import { formatDimensions } from "../../src/ir/shape.js";
import { verifyNetwork } from "../../src/ir/verify.js";
import { lint } from "../../src/lint/rules.js";
import { networkOf, openNetworkOf } from "../harness.js";

const chain = (size: string) =>
  `INPUT ${size} - CONV7-64/2 - BN - RELU - POOL3/2 pad 1 - CONV3-128 - POOL2 - GAP - FC-10`;
const open = openNetworkOf(chain("224x224x3"), "HxWx3");
const sizes = (H: number, W: number) => new Map(Object.entries({ H, W }));

function bound(network: Network, at: ReadonlyMap<string, number>): Network {
  const found = bindNetwork(network, at);
  if ("fault" in found) throw new Error(`${found.node.name}: ${found.fault.kind.message(found.fault.args)}`);
  return found.network;
}

const essence = ({ nodes, symbols }: Network) => ({
  symbols,
  nodes: nodes.map(({ name, op, args, inputs, type }) => ({ name, op, args, inputs, type })),
});

describe("a network at sizes", () => {
  test.each([
    [224, 224],
    [97, 130],
    [33, 7],
  ])("is the one that is written with them: %ix%i", (H, W) => {
    expect(essence(bound(open, sizes(H, W)))).toEqual(essence(networkOf(chain(`${H}x${W}x3`))));
  });

  test("letters that are not named stay open", () => {
    const partly = bound(open, new Map([["W", 32]]));
    expect(partly.symbols).toEqual(["H"]);
    expect(formatDimensions(nodeOf(partly, 1).type.shape)).toBe("ceil(H/2)x16x64");
    expect(essence(bound(partly, new Map([["H", 64]])))).toEqual(essence(bound(open, sizes(64, 32))));
  });

  test("a layer that does not take them says so", () => {
    const valid = openNetworkOf("INPUT 32x32x3 - CONV5-4 pad 0 - POOL2", "HxHx3");
    const found = bindNetwork(valid, new Map([["H", 4]]));
    expect("fault" in found && [found.node.name, found.fault.kind.code]).toEqual(["conv1", "CNN2102"]);
  });

  test("CNN2111: a condition that does not hold", () => {
    const even: Condition = { variable: "H", modulus: 2, residues: [0] };
    const net = { ...open, conditions: [even] };
    expect(verifyNetwork(net)).toEqual([]);
    expect(bound(net, sizes(32, 32)).conditions).toEqual([]);
    expect(bound(net, new Map([["W", 32]])).conditions).toEqual([even]);
    expect(() => bound(net, sizes(33, 32))).toThrow("input: H cannot be 33: net needs that H is even");
    expect(dumpNetwork(net)).toContain("  where H is even\n");
  });

  test("other shapes of an input, also with other letters", () => {
    const found = typesAt(open, new Map([[0, [8, 9, 3]]]));
    expect("types" in found && found.types[1]).toEqual({ shape: [4, 5, 64] });
  });
});

describe("reports of open networks", () => {
  test("counts are formulas that have the counts of every size", () => {
    const costs = open.nodes.map((node) => costOf(open, node));
    expect(formatCount(costs[1]!.macs)).toBe("9,408*ceil(H/2)*ceil(W/2)");
    expect(formatCount(costs[0]!.activations)).toBe("3*H*W");
    const total = totalCost(costs);
    for (const [H, W] of [
      [224, 224],
      [97, 130],
      [33, 7],
    ] as const) {
      // prettier-ignore
      const fixed = networkOf(chain(`${H}x${W}x3`));
      const expected = totalCost(fixed.nodes.map((node) => costOf(fixed, node)));
      expect(total.params).toBe(expected.params);
      expect(evaluateCount(total.macs, sizes(H, W))).toBe(expected.macs);
      expect(evaluateCount(total.activations, sizes(H, W))).toBe(expected.activations);
    }
  });

  test("JSON has numbers where they are, else text", () => {
    const { layers, inputs } = JSON.parse(toJson(reportOf(open))) as {
      layers: Record<string, unknown>[];
      inputs: unknown[];
    };
    expect(inputs).toEqual([{ name: "input", shape: ["H", "W", 3] }]);
    expect(layers[1]).toMatchObject({
      output: ["ceil(H/2)", "ceil(W/2)", 64],
      params: 9472,
      macs: "9408*ceil(H/2)*ceil(W/2)",
      activations: "64*ceil(H/2)*ceil(W/2)",
    });
  });

  test("a slide tells memory in a comment", () => {
    const table = slideTable(openNetworkOf("INPUT 32x32x3 - CONV3-64 - GAP", "HxWx3"));
    expect(table).toBe(
      [
        "INPUT: [HxWx3] params: 0  # memory: 3*H*W",
        "CONV3-64: [HxWx64] params: (3*3*3)*64 = 1,728  # memory: 64*H*W",
        "GAP: [1x1x64] memory: 64 params: 0",
        "# TOTAL memory: 67*H*W + 64 values / image",
        "TOTAL params: 1728 parameters",
      ].join("\n"),
    );
  });

  test("no rule says anything that only numbers could tell", () => {
    expect(lint(openNetworkOf("INPUT 225x225x3 memory: 5 - POOL2\nTOTAL memory: 7", "HxWx3"))).toEqual([]);
    expect(lint(openNetworkOf("INPUT 32x32x3 - CONV3-2 params: 54 memory: 5", "HxWx3"))).toEqual([]);
    expect(lint(openNetworkOf("INPUT 32x32x3 - CONV3-2\nTOTAL params: 55", "HxWx3")).map(({ code }) => code)).toEqual([
      "CNN3101",
    ]);
  });
});
