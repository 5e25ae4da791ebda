/** Two networks side by side. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diffOf, type NetworkDiff } from "../../src/analysis/diff.js";
import { compile } from "../../src/compile.js";
import { networkOf } from "../harness.js";

const examples = join(import.meta.dirname, "../../examples");
const netsOf = (file: string) => compile(join(examples, file), readFileSync(join(examples, file), "utf8")).networks;

/** The rows that are not the same, as `changed conv1`. */
const told = ({ rows }: NetworkDiff) =>
  rows
    .filter(({ status }) => status !== "same")
    .map(({ status, before, after }) => `${status} ${(after ?? before)!.name}`);
const between = (a: string, b: string) => diffOf(networkOf(a), networkOf(b));

test("ZFNet is AlexNet with four changed layers, as slide 20 says", () => {
  const nets = netsOf("lecture14/zfnet.cnn");
  const [alexnet, zfnet] = ["AlexNet", "ZFNet"].map((name) => nets.find((net) => net.name === name)!);
  const found = diffOf(alexnet!, zfnet!);
  const changed = found.rows.filter(({ status }) => status === "changed");
  expect(changed.map(({ after }) => after!.name)).toEqual(["CONV1", "CONV3", "CONV4", "CONV5"]);
  expect(changed[0]!.changes).toEqual(["CONV11-96/4 pad 0 to CONV7-96/2 pad 0"]);
  expect(found.rows.some(({ status }) => status === "added" || status === "removed")).toBe(false);
});

describe("by hand", () => {
  test("a layer put in between and one taken out", () => {
    const found = between("INPUT 8x8x3 - CONV3-4 - RELU - CONV3-4 - FC-2", "INPUT 8x8x3 - CONV3-4 - BN - RELU - FC-2");
    expect(told(found)).toEqual(["added bn1", "removed conv2"]);
  });

  test("what has another size because of a change is no change", () => {
    const found = between("INPUT 8x8x3 - CONV3-4 - RELU - GAP - FC-2", "INPUT 8x8x3 - CONV3-6 - RELU - GAP - FC-2");
    expect(told(found)).toEqual(["changed conv1", "resized relu1", "resized gap1"]);
    expect(found.rows.at(-1)).toMatchObject({ status: "same", changes: [] });
  });

  test("a branch that starts elsewhere", () => {
    const net = (from: string) => `net X { INPUT 8x8x4 - a: CONV3-4 - b: CONV3-4 - ADD { ID | @${from} } }`;
    const found = between(net("a"), net("b"));
    expect(told(found)).toEqual(["changed add1"]);
    expect(found.rows.at(-1)!.changes).toEqual(["reads b, a, then b, b"]);
  });

  test("another name alone is the same layer", () => {
    expect(between("INPUT 8x8x3 - CONV3-4 - RELU", "INPUT 8x8x3 - stem: CONV3-4 - RELU").isSame).toBe(true);
  });
});

const zoo = readdirSync(join(examples, "zoo")).flatMap((file) => netsOf(join("zoo", file)));

test("every net of the zoo is the same as itself", () => {
  for (const net of zoo) expect(diffOf(net, net).isSame).toBe(true);
});

test("what is told of the layers adds up to what is told of the whole, also with thousands of layers", () => {
  const deep = (n: number, c: number) => networkOf(`INPUT 8x8x4 - [CONV3-${c} - RELU]*${n} - GAP - FC-2`);
  const pairs = [
    [zoo.find(({ name }) => name === "ResNet18")!, zoo.find(({ name }) => name === "ResNet50")!],
    [zoo.find(({ name }) => name === "VGG11")!, zoo.find(({ name }) => name === "VGG16BN")!],
    [deep(1_500, 4), deep(1_400, 5)],
  ] as const;
  for (const [a, b] of pairs) {
    const { rows, totals } = diffOf(a, b);
    const delta = rows.reduce((sum, row) => sum + (row.after?.cost.params ?? 0n) - (row.before?.cost.params ?? 0n), 0n);
    expect(delta).toBe(totals.after.params - totals.before.params);
    expect(rows.filter(({ before }) => before).length).toBe(a.nodes.length);
    expect(rows.filter(({ after }) => after).length).toBe(b.nodes.length);
  }
});
