/** The TextMate grammar in the engine that editors have: what each word of a program is coloured as. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { allMnemonics } from "../src/ops/registry.js";
import { colouredLines } from "./text-mate.js";

const root = resolve(import.meta.dirname, "..");
/** Each word of a text with its innermost scope. */
async function scopesOf(text: string): Promise<string[]> {
  return (await colouredLines(text)).flatMap(({ line, words }) =>
    words.flatMap(({ start, end, scope }) => {
      const word = line.slice(start, end).trim();
      return word ? [`${word} ${scope}`] : [];
    }),
  );
}

test("it is made from the operators as they are", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/grammar.mjs", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
});

test("compact notation", async () => {
  expect(await scopesOf("INPUT 224x224x3 - CONV3-64/2 - Bottleneck(c, 2)")).toEqual([
    "INPUT support.class.layer",
    "224x224x3 constant.numeric.size",
    "- keyword.operator.then",
    "CONV support.class.layer",
    "3 constant.numeric.window",
    "- keyword.operator.bind",
    "64 constant.numeric",
    "/ keyword.operator.arithmetic",
    "2 constant.numeric",
    "- keyword.operator.then",
    "Bottleneck entity.name.type",
    "( punctuation.section",
    "c variable.other",
    ", punctuation.separator",
    "2 constant.numeric",
    ") punctuation.section",
  ]);
});

test("slides", async () => {
  expect(await scopesOf("[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0")).toEqual([
    "[ punctuation.section.brackets",
    "55x55x96 constant.numeric.size",
    "] punctuation.section.brackets",
    "CONV1 entity.name.label",
    ": punctuation.separator",
    "96 constant.numeric",
    "11x11 constant.numeric.size",
    "filters support.type.property-name",
    "at variable.other",
    "stride support.type.property-name",
    "4 constant.numeric",
    ", punctuation.separator",
    "pad support.type.property-name",
    "0 constant.numeric",
  ]);
});

test("declarations, labels, comments", async () => {
  const text = '## Doc.\nblock Up(c, @skip) { # why\n  let d = in.c\n  CONCAT { @skip | ID }\n}\nuse "./a.cnn"';
  expect(await scopesOf(text)).toEqual([
    "## punctuation.definition.comment",
    "Doc. comment.line.documentation",
    "block keyword.declaration",
    "Up entity.name.type",
    "( punctuation.section",
    "c variable.other",
    ", punctuation.separator",
    "@skip variable.other.label",
    ") punctuation.section",
    "{ punctuation.section",
    "# punctuation.definition.comment",
    "why comment.line.number-sign",
    "let keyword.declaration",
    "d variable.other.definition",
    "= keyword.operator.assignment",
    "in.c variable.language",
    "CONCAT support.class.layer",
    "{ punctuation.section",
    "@skip variable.other.label",
    "| punctuation.separator.branch",
    "ID support.class.layer",
    "} punctuation.section",
    "} punctuation.section",
    "use keyword.declaration",
    '"./a.cnn" string.quoted.double',
  ]);
});

test("training", async () => {
  expect(await scopesOf("train { loss crossentropy; optimizer sgd lr 1e-2 }\nRELU")).toEqual([
    "train keyword.declaration",
    "{ punctuation.section",
    "loss support.type.property-name",
    "crossentropy support.constant",
    "; punctuation.separator",
    "optimizer support.type.property-name",
    "sgd support.constant",
    "lr support.type.property-name",
    "1e-2 constant.numeric",
    "} punctuation.section",
    "RELU support.class.layer",
  ]);
});

test("every layer is one", async () => {
  for (const mnemonic of allMnemonics()) expect(await scopesOf(mnemonic)).toEqual([`${mnemonic} support.class.layer`]);
});

test("nothing in the examples is left without a colour", async () => {
  for (const folder of ["lecture14", "zoo"]) {
    for (const file of readdirSync(join(root, "examples", folder)).filter((name) => name.endsWith(".cnn"))) {
      const scopes = await scopesOf(readFileSync(join(root, "examples", folder, file), "utf8"));
      // In a claim and in a remark there are words and signs that mean nothing.
      const bare = scopes.filter((scope) => scope.endsWith(" ") && !/^['.()&~=<>!]+ /.test(scope));
      expect([file, bare]).toEqual([file, []]);
    }
  }
});
