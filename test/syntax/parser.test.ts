/** What `skipValidations` leaves out at each start is checked here: the lexer's modes and the grammar. */
import { Lexer } from "chevrotain";
import { describe, expect, test } from "vitest";
import { SourceText, textOf } from "../../src/base/source.js";
import type { Element, Layer } from "../../src/syntax/ast.js";
import { splitHead } from "../../src/syntax/build-ast.js";
import { parse } from "../../src/syntax/parse.js";
import { programLexer, tokenModes } from "../../src/syntax/tokens.js";

test("the lexer is sound", () => {
  expect(new Lexer(tokenModes, { positionTracking: "full", ensureOptimizations: false }).lexerDefinitionErrors).toEqual(
    [],
  );
});

const kinds = (text: string) =>
  programLexer()
    .tokenize(text)
    .tokens.map((token) => `${token.tokenType.name} ${token.image}`);

describe("words", () => {
  test.each([
    ["CONV3-64", ["Mnemonic CONV3", "BindDash -", "NumberLiteral 64"]],
    ["CONV3 -64", ["Mnemonic CONV3", "Dash -", "NumberLiteral 64"]],
    ["CONV3- 64", ["Mnemonic CONV3", "Dash -", "NumberLiteral 64"]],
    ["CONV-POOL", ["Mnemonic CONV", "Dash -", "Mnemonic POOL"]],
    ["CONV3-c", ["Mnemonic CONV3", "BindDash -", "Identifier c"]],
    ["CONV3-(c)", ["Mnemonic CONV3", "BindDash -", "LeftParen (", "Identifier c", "RightParen )"]],
    ["CONV3-?", ["Mnemonic CONV3", "BindDash -", "Question ?"]],
    ["CONV3->RELU", ["Mnemonic CONV3", "Arrow ->", "Mnemonic RELU"]],
    ["pad 0-RELU", ["Identifier pad", "NumberLiteral 0", "Dash -", "Mnemonic RELU"]],
    ["MAX POOL2", ["Mnemonic MAX POOL2"]],
    ["ReLU", ["Mnemonic ReLU"]],
    ["Bottleneck VGG16", ["Name Bottleneck", "Mnemonic VGG16"]],
    ["227x227x3 HxWx3 3×3", ["Size 227x227x3", "Size HxWx3", "Size 3×3"]],
    [
      "network nets butter defaults",
      ["Identifier network", "Identifier nets", "Identifier butter", "Identifier defaults"],
    ],
    ["1e-4 0.75 12", ["NumberLiteral 1e-4", "NumberLiteral 0.75", "NumberLiteral 12"]],
  ])("%s", (text, expected) => expect(kinds(text)).toEqual(expected));
});

describe("heads", () => {
  test.each([
    ["CONV1x7", { mnemonic: "CONV", digits: [1, 7] }],
    ["MAX POOL2", { mnemonic: "MAXPOOL", digits: [2] }],
    ["RELU", { mnemonic: "RELU" }],
    ["ReLU", { mnemonic: "RELU" }],
  ])("%s", (image, expected) => expect(splitHead(image)).toEqual(expected));
});

describe("places", () => {
  const source = new SourceText(
    "a.cnn",
    "net A {\n  [55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0 (first use)\n  [CONV3-c/2 - RELU]*3 [4x4x4] memory: 4*4=16\n}",
  );
  const { program } = parse(source);
  const net = program.items[0]!;
  const [slide, group] = (net.kind === "net" ? net.body! : []) as Element[];

  test("cover what they name", () => {
    expect(textOf(net.span)).toBe(source.text);
    expect(textOf(slide!.span)).toBe("[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0 (first use)");
    expect(textOf(slide!.annotations[0]!.span)).toBe("[55x55x96]");
    const layer = slide!.core as Layer;
    expect(textOf(layer.head.span)).toBe("CONV1");
    expect(layer.parts.map((part) => textOf(part.span))).toEqual([
      "96",
      "11x11",
      "filters",
      "at",
      "stride",
      "4",
      "pad",
      "0",
      "(first use)",
    ]);
    expect(textOf(group!.core.span)).toBe("[CONV3-c/2 - RELU]");
    expect(group!.repeats.map((repeat) => textOf(repeat.span))).toEqual(["3"]);
    expect(textOf(group!.claims[0]!.span)).toBe("memory: 4*4=16");
    expect(textOf(group!.claims[0]!.quantitySpan)).toBe("16");
    expect(textOf(group!.claims[0]!.formula!.span)).toBe("4*4");
  });
});
