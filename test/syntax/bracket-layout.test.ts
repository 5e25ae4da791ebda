/** Brackets that do not match, by how lines are laid out: one message, in the declaration and on the line of the mistake. */
import { describe, expect, test } from "vitest";
import { applyFix } from "../../src/base/diagnostics.js";
import { SourceText, textOf } from "../../src/base/source.js";
import { compile } from "../../src/compile.js";
import { parse } from "../../src/syntax/parse.js";
import { describe as say } from "../harness.js";

const around = (line: string) => `net A {
  INPUT 8x8x4
  CONV3-4 - BN
${line}
  [CONV3-4 - RELU]*2
  GAP - FC-2
}

net B { INPUT 8x8x4 - ADD { CONV3-4 | ID } }
`;

/** What is told of a program, and its items with the last line of their bodies. */
function read(text: string) {
  const { diagnostics, program } = compile("a.cnn", text);
  const items = program.items.map((item) => {
    const body = "body" in item && Array.isArray(item.body) ? item.body : [];
    const end = body.slice(-2).map(({ span }) => textOf(span));
    return `${item.kind} ... ${end.join(" - ")}`;
  });
  return { told: diagnostics.map(say), items };
}

const A = "net ... GAP - FC-2";
const B = "net ... INPUT 8x8x4 - ADD { CONV3-4 | ID }";

describe("a bracket that is not closed holds its own line", () => {
  test.each([
    ["  CONV3-(4", "("],
    ["  [CONV3-4 - RELU", "["],
    ["  ADD { CONV3-4 | ID", "{"],
    ["  ADD {", "{"],
    ["  ADD {\n    CONV3-4\n    | ID", "{"],
    ["  if in.c == 4 { CONV3-4 } else {", "{"],
    ["  POOL2 [4x4", "["],
  ])("%s", (line, bracket) => {
    const { told, items } = read(around(line));
    expect(told).toEqual([expect.stringMatching(/^CNN1003 at /)]);
    expect(told[0]).toContain(JSON.stringify(bracket));
    expect(items).toEqual([A, B]);
  });
});

test("what stands on its line behind it is not told beside it, to the formatter neither", () => {
  const { diagnostics } = parse(new SourceText("a.cnn", around("  if in.c == 4 { RELU else { ID }")));
  expect(diagnostics.map(({ code }) => code)).toEqual(["CNN1003"]);
});

describe("the bracket that is missing can be written", () => {
  test.each([
    ["  CONV3-(4 - RELU", "  CONV3-(4) - RELU"],
    ["  [CONV3-4 - RELU", "  [CONV3-4 - RELU]"],
    ["  POOL2 [4x4x4 - RELU", "  POOL2 [4x4x4] - RELU"],
    ["  ADD { CONV3-4 | ID", "  ADD { CONV3-4 | ID }"],
    ["  ADD {\n    CONV3-4\n    | ID", "  ADD {\n    CONV3-4\n    | ID\n  }"],
    ["  if in.c == 4 { RELU else { ID }", "  if in.c == 4 { RELU } else { ID }"],
  ])("%s", (line, mended) => {
    const [diagnostic, ...others] = compile("a.cnn", around(line)).diagnostics;
    expect([diagnostic!.code, others]).toEqual(["CNN1003", []]);
    expect(applyFix(around(line), diagnostic!.fixes[0]!)).toBe(around(mended));
    expect(compile("a.cnn", around(mended)).diagnostics).toEqual([]);
  });
});

describe("a bracket too many is told where it stands", () => {
  test.each(["  CONV3-4 }", "  CONV3-4 )", "  RELU ]", "  ADD { CONV3-4 | ID }}", "  }"])("%s", (line) => {
    const { told, items } = read(around(line));
    expect(told).toEqual([expect.stringMatching(/^CNN1005 at /)]);
    expect(items).toEqual([A, B]);
    const { diagnostics } = compile("a.cnn", around(line));
    expect(diagnostics[0]!.span.source.position(diagnostics[0]!.span.start).line).toBe(4);
  });
});

test("the brace of a net that is missing is told of that net, and all others are read", () => {
  const text = `net A {
  INPUT 8x8x4
  FC-2

net B {
  INPUT 8x8x4
  ADD { CONV3-4 | ID }
}

net C = B
`;
  const { told, items } = read(text);
  expect(told).toEqual(['CNN1003 at "{": this { is never closed: a } is missing']);
  expect(items).toEqual(["net ... INPUT 8x8x4 - FC-2", B, "net ... "]);
});

test("what does not fit its layout is read by its signs where that finds less", () => {
  const text = "net A {\nINPUT 8x8x4\nADD { CONV3-4\n| ID } - RELU\nCONV3-(4\nGAP }\n";
  const { told } = read(text);
  expect(told).toEqual([expect.stringMatching(/^CNN1003 at "\("/)]);
});

describe("a sign that does not belong loses nothing behind it", () => {
  test("in an annotation", () => {
    const { told, items } = read(around("  CONV3-4 [8@8x4]"));
    expect(told).toEqual([expect.stringMatching(/^CNN1002 at "@"/)]);
    expect(items).toEqual([A, B]);
  });

  test("in changes", () => {
    const changed = "net C = A but {\n  FC: 3 neurons\n  CONV1: 5x5 !stride 2\n  drop BN\n}\n";
    const { told, items } = read(around("  RELU") + changed);
    expect(told.filter((message) => message.startsWith("CNN1"))).toEqual([
      'CNN1002 at "!": expected a label with a colon, such as CONV1:, or }, found !',
    ]);
    expect(items).toEqual([A, B, "net ... "]);
  });

  test("in a recipe", () => {
    const { told, items } = read(`${around("  RELU")}train {\n  3 epochs\n  loss crossentropy\n  batch 2\n}\n`);
    expect(told).toEqual(['CNN1002 at "3": expected a setting such as batch 128, or }, found 3']);
    expect(items).toEqual([A, B, "train ... "]);
  });
});
