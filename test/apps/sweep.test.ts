/** `cnnc sweep`, as users have it, and the front of several choices. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { runCommand } from "../command-line.js";
import { paretoFront } from "../../src/analysis/pareto.js";

const sweep = (args: readonly string[], input = "") => runCommand(["sweep", ...args], { input });

const resnet = ["examples/zoo/resnet.cnn", "--net", "ResNet"];

test("variants have the parameters of the published nets that they are", async () => {
  const { code, out } = await sweep([
    ...resnet,
    ..."--set Unit=Basic --set n1=3 --set n2=4 --set n3=6 --set n4=3 --format json".split(" "),
  ]);
  const { schema, variants } = JSON.parse(out);
  expect([code, schema, variants.length]).toEqual([0, "cnnc-sweep/1", 1]);
  // torchvision's resnet34.
  expect(variants[0].figures).toMatchObject({ params: 21_797_672, macs: 3_663_761_408 });
});

test("lists, ranges and steps, in order", async () => {
  const { variants } = JSON.parse(
    (
      await sweep([
        "examples/zoo/mobilenet_v2.cnn",
        "--set",
        "w=0.5..1..0.25,2",
        "--set",
        "classes=10,100",
        "--format",
        "json",
      ])
    ).out,
  );
  const values = variants.map(
    (variant: { values: { w: string; classes: string } }) => `${variant.values.w} ${variant.values.classes}`,
  );
  expect(values).toEqual(["0.5 10", "0.5 100", "0.75 10", "0.75 100", "1 10", "1 100", "2 10", "2 100"]);
  // Of two that differ in nothing but classes the larger one has more parameters for as many multiply-accumulates or more.
  const params = variants.map(({ figures }: { figures: { params: number } }) => figures.params);
  expect(params[1] - params[0]).toBe(90 * 1281);
});

test("what does not work out is told beside what does", async () => {
  const net = "net N(k) { INPUT 8x8x3 - CONV-4 window k pad 0 - FC-2 }";
  const { code, out } = await sweep(["-", "--set", "k=7..10"], net);
  expect(code).toBe(0);
  expect(out).toMatch(/^\*? +8 +/m);
  expect(out).toMatch(/^k = 9: CONV.*window/m);
  expect((await sweep(["-", "--set", "k=9,10"], net)).code).toBe(1);
});

test("mistakes are told in a sentence", async () => {
  expect((await sweep([...resnet, "--set", "n9=1"])).err).toContain("ResNet has no parameter n9; did you mean");
  expect((await sweep(["examples/zoo/vgg.cnn", "--set", "zzz=1"])).err).toContain("has no net with the parameter zzz");
  expect((await sweep([...resnet, "--set", "n1=1..9", "--set", "n1=2"])).err).toContain("n1 has its values already");
  expect((await sweep([...resnet, "--set", "n1=9..1"])).err).toContain("9..1 is an empty range");
  expect((await sweep([...resnet, "--set", "n1=1) - FC-(2"])).err).toContain("is no number, no name and no range");
  expect((await sweep([...resnet, "--set", "n1=1..99", "--set", "n2=1..99"])).err).toContain(
    "9,801 variants: up to 2,000 are compared",
  );
  expect((await sweep([...resnet, "--set", "n1=1", "--front", "speed"])).err).toContain("There is no figure speed");
});

test("the front: nothing on it is beaten, everything else is", () => {
  const goals = [
    { figure: "a", wants: "more" },
    { figure: "b", wants: "less" },
  ] as const;
  const choice = fc.record({ a: fc.bigInt(0n, 6n), b: fc.bigInt(0n, 6n) });
  fc.assert(
    fc.property(fc.array(choice, { minLength: 1, maxLength: 12 }), (choices) => {
      const front = paretoFront(choices, goals);
      expect(front).toContain(true);
      choices.forEach((one, index) => {
        const isBeaten = choices.some(({ a, b }) => a >= one.a && b <= one.b && (a > one.a || b < one.b));
        expect(front[index]).toBe(!isBeaten);
      });
    }),
    { seed: 3 },
  );
});
