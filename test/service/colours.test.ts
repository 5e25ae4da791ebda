/** Colours in a page are those of other editors: the same words in the engine that they have and in our own. */
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { allKinds } from "../../src/diagnostics.js";
import { operators } from "../../src/ops/registry.js";
import { wordsOfLine, type OpenSpans } from "../../src/service/colours/tokenizer.js";
import { colouredLines } from "../text-mate.js";

const folder = resolve(import.meta.dirname, "../../examples");

/** The scope of each letter, whatever the words are that the letters were found in. */
const letters = (words: readonly { start: number; end: number; scope: string }[]) =>
  words.flatMap(({ start, end, scope }) => Array.from({ length: end - start }, () => scope));

function ours(text: string): string[][] {
  let open: OpenSpans = [];
  return text.split("\n").map((line) => {
    const { words, open: after } = wordsOfLine(line, open);
    open = after;
    return letters(words);
  });
}

async function expectSame(text: string): Promise<void> {
  const theirs = await colouredLines(text);
  const own = ours(text);
  for (const [index, { line, words }] of theirs.entries()) {
    expect([line, own[index]]).toEqual([line, letters(words)]);
  }
}

const examples = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".cnn"));

test.each(examples)("examples/%s", async (name) => {
  await expectSame(readFileSync(join(folder, name), "utf8"));
});

test("programs of the reference, and all mistakes", async () => {
  const texts = [
    ...Object.values(operators).map(({ example }) => example),
    ...allKinds().flatMap(({ example }) => (example ? [example.wrong, example.right] : [])),
  ];
  expect(texts.length).toBeGreaterThan(200);
  for (const text of texts) await expectSame(text);
});

test("what goes over several lines ends where it ends", async () => {
  await expectSame(
    'train {\n  loss crossentropy # } is no end\n  ## nor here }\n}\nloss "} in quotes" train { lr 1 } lr\ntrain {',
  );
});

test("words that stand in any order", async () => {
  const word = fc.constantFrom(
    ...[
      "CONV3-64",
      "CONV",
      "MAX POOL1:",
      "train {",
      "}",
      "{",
      "[55x55x96]",
      "[",
      "#",
      "##",
      '"a b"',
      '"',
      "1e-2",
      "5 MB",
    ],
    ...[
      "net A(c)",
      "fn f(x) =",
      "let d",
      "in.c",
      "@e1",
      "e1:",
      "no bias",
      "->",
      "−",
      "x",
      "HxW",
      "?",
      "soft-max",
      "//",
      "A b",
      "\n",
    ],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(word, fc.constantFrom("", " ", "-")), { maxLength: 30 }), async (parts) => {
      await expectSame(parts.flat().join(""));
    }),
    { numRuns: 300 },
  );
});
