/**
 * One mistake, few messages: in every file of the zoo random tokens are deleted, doubled, swapped, misspelt or replaced. Nothing
 * is thrown, every compilation ends soon, and a single mistake is told in about one message.
 */
import { readdirSync, readFileSync } from "node:fs";
import type { IToken } from "chevrotain";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { programLexer } from "../../src/syntax/tokens.js";
import { describe as say } from "../harness.js";
import { randomFrom } from "../random.js";

const ZOO = "examples/zoo";
const MISTAKES_PER_FILE = 20;
/** Of all mistakes, those that may be told in more than three messages: such as a brace that ends a net too early. */
const MOST_LOUD = 4;
/** Milliseconds that one compilation may take. */
const LONGEST = 5_000;

const seedOf = (name: string) => [...name].reduce((seed, letter) => Math.imul(seed, 31) + letter.charCodeAt(0), 7);

/** A word with a letter left out, doubled, or swapped with the one before it. */
function misspelt(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 1));
  const [before, after] = [word.slice(0, at), word.slice(at)];
  const ways = [
    before + after.slice(1),
    before + after[0]! + after,
    before.slice(0, -1) + after[0]! + before.at(-1)! + after.slice(1),
  ];
  return ways[Math.floor(random() * ways.length)]!;
}

/** The text with one mistake, and what it is; undefined where nothing would change. */
function mistaken(
  text: string,
  tokens: readonly IToken[],
  random: () => number,
): { what: string; text: string } | undefined {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const index = Math.floor(random() * tokens.length);
  const [token, next] = [tokens[index]!, tokens[index + 1]];
  const { image, startOffset: start } = token;
  const end = start + image.length;
  const replaced = (by: string, until = end) => text.slice(0, start) + by + text.slice(until);
  const line = text.slice(0, start).split("\n").length;
  const way = pick(["delete", "double", "swap", "misspell", "replace"]);
  const wrong = {
    delete: () => replaced(""),
    double: () => replaced(`${image} ${image}`),
    swap: () =>
      next && replaced(next.image + text.slice(end, next.startOffset) + image, next.startOffset + next.image.length),
    misspell: () => (/^[A-Za-z]{3}/.test(image) ? replaced(misspelt(image, random)) : undefined),
    replace: () => replaced(pick(tokens).image),
  }[way as "delete"]();
  return wrong === undefined || wrong === text
    ? undefined
    : { what: `line ${line}: ${way} ${JSON.stringify(image)}`, text: wrong };
}

/** Messages of each mistake that is one. */
const counts: { what: string; errors: string[] }[] = [];

describe("a single wrong token", () => {
  test.each(readdirSync(ZOO).sort())("in %s", (file) => {
    const text = readFileSync(`${ZOO}/${file}`, "utf8");
    const { tokens } = programLexer().tokenize(text);
    const random = randomFrom(seedOf(file));
    for (let count = 0; count < MISTAKES_PER_FILE; count++) {
      const mistake = mistaken(text, tokens, random);
      if (!mistake) continue;
      const start = performance.now();
      const { diagnostics } = compile(file, mistake.text);
      expect(performance.now() - start, `${file}, ${mistake.what}`).toBeLessThan(LONGEST);
      const errors = diagnostics.filter(({ severity }) => severity === "error").map(say);
      // Nothing was lost on the way.
      for (const error of errors) expect(error).not.toMatch(/\bundefined\b|\bNaN\b|\[object /);
      if (errors.length > 0) counts.push({ what: `${file}, ${mistake.what}`, errors });
    }
  });

  test("is told in about one message", () => {
    const total = counts.reduce((sum, { errors }) => sum + errors.length, 0);
    expect(counts.length).toBeGreaterThan(250);
    expect(total / counts.length).toBeLessThan(1.3);
  });

  test("is hardly ever told in more than three", () => {
    const loud = counts
      .filter(({ errors }) => errors.length > 3)
      .map(({ what, errors }) => [what, ...errors].join("\n  "));
    expect(loud.length, loud.join("\n")).toBeLessThanOrEqual(MOST_LOUD);
  });
});
