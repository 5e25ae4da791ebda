/** The linter as a whole: levels, comments, lines that make several layers, safe changes, and how long it takes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { lintProgram } from "../../src/lint/lint-program.js";
import { rules } from "../../src/lint/rules.js";
import { applySafeFixes } from "../../src/lint/safe-fixes.js";
import type { LintConfig } from "../../src/lint/rule.js";
import { compileText, describe as say, expectFindings } from "../harness.js";

const BIASED = "INPUT 8x8x3 - CONV3-8 - BN - RELU - GAP - FC-10";
const TOLD = `CNN3111 at "CONV3-8": the bias of conv1 has no effect: bn1 takes each channel's mean away`;

const linted = (text: string, config?: LintConfig) => lintProgram(compileText(text), config);

/** The text after all rounds of safe changes. */
function mended(text: string): string {
  for (let round = 0; round < 10; round++) {
    const result = compileText(text);
    const next = applySafeFixes(result.source, lintProgram(result));
    if (next.applied === 0) return text;
    text = next.text;
  }
  return text;
}

describe("findings", () => {
  test("carry the name of their rule, their level and their changes", () => {
    const [found] = linted(BIASED, { rules: { "bias-before-norm": "error" } });
    expect([found!.rule, found!.severity, found!.fixes[0]!.isSafe]).toEqual(["bias-before-norm", "error", true]);
  });

  test("of a rule that is off there are none, also where the compiler tells them", () => {
    expectFindings(BIASED, [], { rules: { "bias-before-norm": "off" } });
    expectFindings("INPUT 28x28 - CONV3-16 - RELU - GAP - FC-10", [], { rules: { "grey-image": "off" } });
  });

  test("of a program with errors those alone are told", () => {
    expect(linted(`${BIASED} - CONV3-9`).map(({ code }) => code)).toEqual(["CNN2103"]);
  });

  test("an assertion that does not hold keeps no rule from looking", () => {
    expect(linted(`${BIASED}\nassert params < 1`).map(({ code }) => code)).toEqual(["CNN3111", "CNN2125"]);
  });

  test("a line of a block is told once, with how many of its layers have it", () => {
    const [found, ...more] = linted(
      "block Unit(Norm) { CONV3-8 - Norm - RELU }\nINPUT 8x8x3 - Unit(BN)*2 - Unit(LN) - GAP - FC-10",
    );
    expect(more).toEqual([]);
    expect(found!.notes).toContain("so in 2 of the 3 layers that this line makes");
    expect(found!.fixes.map(({ isSafe }) => isSafe)).toEqual([undefined]);
  });

  test("shipped files are nobody's to change", () => {
    expectFindings("use std\nINPUT 8x8x16 - CONV3-16 - RELU - SqueezeExcite(4, RELU, RELU) - RELU - GAP - FC-10", []);
  });
});

describe("comments", () => {
  test("for the next line, for the file, with a reason", () => {
    expectFindings(`# cnnc-disable-next-line bias-before-norm -- as published\n${BIASED}`, []);
    expectFindings(`${BIASED}  # cnnc-disable bias-before-norm`, []);
    expectFindings(`## cnnc-disable-next-line bias-before-norm, grey-image\n${BIASED}`, [
      'CNN3150 at "grey-image": grey-image tells nothing of the next line: the comment is left over',
    ]);
  });

  test("are about the line that follows, and no other", () => {
    expectFindings(`# cnnc-disable-next-line bias-before-norm\n\n${BIASED}`, [
      'CNN3150 at "bias-before-norm": bias-before-norm tells nothing of the next line: the comment is left over',
      TOLD,
    ]);
  });

  test("that name no rule", () => {
    expectFindings(`# cnnc-disable bias-befor-norm\n# cnnc-disable -- all of it\n${BIASED}`, [
      'CNN3151 at "bias-befor-norm": there is no rule bias-befor-norm; did you mean bias-before-norm?',
      'CNN3151 at "# cnnc-disable -- all of it": the comment names no rule to disable',
      TOLD,
    ]);
  });

  test("about a rule that is off are not left over", () => {
    const off: LintConfig = { rules: { "bias-before-norm": "off" } };
    expectFindings(`# cnnc-disable bias-before-norm\n${BIASED}`, [], off);
  });

  test("about errors of the program do nothing", () => {
    expect(linted("# cnnc-disable bias-before-norm\nINPUT 8x8x3 - POOL9").map(({ code }) => code)).toEqual(["CNN2102"]);
  });

  test("other words are comments", () => {
    expectFindings(`# cnnc-disabled bias-before-norm\n# see cnnc-disable bias-before-norm\n${BIASED}`, [TOLD]);
  });
});

describe("safe changes", () => {
  test.each([
    [BIASED, BIASED.replace("CONV3-8", "CONV3-8 no bias")],
    [
      "INPUT 8x8x3\nCONV1: 8 3x3 filters at stride 1\nBN - GAP - FC-2",
      "INPUT 8x8x3\nCONV1: 8 3x3 filters at stride 1 no bias\nBN - GAP - FC-2",
    ],
    ["INPUT 8x8x3 - FC-8 bias - BN - RELU - FC-2", "INPUT 8x8x3 - FC-8 no bias - BN - RELU - FC-2"],
    [
      "INPUT 8x8x3 - CONV3-8 - RELU - RELU - RELU - GAP - FLATTEN - DROPOUT 0 - FC-2",
      "INPUT 8x8x3 - CONV3-8 - RELU - GAP - FC-2",
    ],
    ["INPUT 8x8x3\nFLATTEN - FLATTEN\nFC-2", "INPUT 8x8x3\nFLATTEN\nFC-2"],
    ["use std\nlet a = 1\nlet b = a\nINPUT 8x8x3 - FC-2", "INPUT 8x8x3 - FC-2"],
    ["default BN eps 1e-3  # for all\nINPUT 8x8x3 - [FC-2]*1", "  # for all\nINPUT 8x8x3 - [FC-2]"],
    ["# cnnc-disable even-window -- no more\nINPUT 8x8x3 - FC-2", "INPUT 8x8x3 - FC-2"],
  ])("%j", (before, after) => expect(mended(before)).toBe(after));

  test("a figure that the program claims or asserts goes on holding", () => {
    const slide = "INPUT: [8x8x3]\nCONV1: [8x8x8] 8 3x3 filters, pad 1  params: ";
    for (const text of [
      `${slide}224\nBN1: BN\nGAP - FC-10`,
      `${slide}216\nBN1: BN\nGAP - FC-10\nTOTAL params: 330`,
      `${BIASED}\nassert params == 330`,
      `${BIASED}\nassert params <= 330 and 18 < biases`,
      `net A { INPUT 8x8x3 - FC-2 - RELU - RELU }\nnet B = A\nassert layers == 3`,
    ]) {
      expect(compileText(text).diagnostics.map(say)).toEqual([]);
      expect(mended(text)).toBe(text);
    }
    for (const limit of ["params <= 330", "330 >= params and macs < 1M", "layers < 20 or params.memory < 2KB"]) {
      const before = `${BIASED}\nassert ${limit}`;
      expect(mended(before)).toBe(before.replace("CONV3-8", "CONV3-8 no bias"));
    }
    const claimed = `${slide}216\nBN1: BN\nGAP - FC-10`;
    expect(mended(claimed)).toBe(claimed.replace("pad 1 ", "pad 1 no bias "));
  });

  test("nothing hangs on what is taken out: labels, annotations and comments stay", () => {
    for (const text of [
      "INPUT 8x8x3 - CONV3-8 - RELU - GAP\nflat: FLATTEN\nFC-2 - ADD { ID | @flat - FC-2 }",
      "INPUT 8x8x3 - GAP - FLATTEN [3] - FC-2",
      "INPUT 8x8x3 - GAP # the mean\nFLATTEN - FC-2",
    ])
      expect(mended(text)).toBe(text);
  });
});

describe("the examples", () => {
  const folder = join(import.meta.dirname, "../../examples");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".cnn") && !file.endsWith("sketch.cnn"),
  );
  const resultOf = (file: string) => compile(file, readFileSync(join(folder, file), "utf8"));

  test.each(files)("%s has no warning", (file) => {
    expect(
      lintProgram(resultOf(file))
        .filter(({ severity }) => severity !== "info")
        .map(say),
    ).toEqual([]);
  });

  test("the notes are true of them: what their dense layers hold is why later nets have none", () => {
    const notes = files.flatMap((file) => lintProgram(resultOf(file)).flatMap(({ rule = [] }) => rule));
    expect([...new Set(notes)]).toEqual(["dense-heavy"]);
    expect(notes).toHaveLength(9);
  });

  test("every rule that may be told of published nets is a note or off", () => {
    const all: LintConfig = {
      rules: Object.fromEntries(rules.map(({ name }) => [name, "info"])),
      target: "tensor cores",
    };
    const told = new Set(files.flatMap((file) => lintProgram(resultOf(file), all).flatMap(({ rule = [] }) => rule)));
    expect([...told].sort()).toEqual(["dense-heavy", "strided-shortcut", "tensor-core-channels"]);
  });
});

describe("time", () => {
  const least = (work: () => void) =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const start = performance.now();
        work();
        return performance.now() - start;
      }),
    );

  test("DenseNet-201 takes less than a tenth of a second", () => {
    const text = readFileSync(join(import.meta.dirname, "../../examples/zoo/densenet.cnn"), "utf8");
    const result = compile("densenet.cnn", text);
    const only = { ...result, networks: result.networks.filter(({ name }) => name === "DenseNet201") };
    expect(least(() => lintProgram(only))).toBeLessThan(100);
  });

  test("it grows with the number of layers", () => {
    const result = (units: number) =>
      compileText(
        `INPUT 32x32x16\n[ADD { CONV3-16 no bias - BN - RELU - CONV3-16 no bias - BN | ID } - RELU]*${units}\nGAP - FC-10`,
      );
    const [small, large] = [result(50), result(400)];
    expect(large.networks[0]!.nodes.length).toBeGreaterThan(2000);
    expect(least(() => lintProgram(large))).toBeLessThan(20 * least(() => lintProgram(small)) + 50);
  });
});

test("names and docs of rules", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, doc, kinds, checkInput, checkNetwork, checkProgram } of rules) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const text of [doc.why, doc.source, doc.told, doc.fine]) expect(text.length, name).toBeGreaterThan(10);
    expect(kinds.length).toBeGreaterThan(0);
    expect(checkInput ?? checkNetwork ?? checkProgram ?? (name === "disable" || undefined), name).toBeDefined();
  }
});
