/** One mistake, few messages: each file of the zoo with twenty random single-token mistakes, the same in every run. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { IToken } from "chevrotain";
import { describe, expect, test } from "vitest";
import { fillUniform } from "../../src/base/threefry.js";
import { compile } from "../../src/compile.js";
import { programLexer } from "../../src/syntax/tokens.js";
import { describe as say } from "../harness.js";

const zoo = join(import.meta.dirname, "../../examples/zoo");
const files = readdirSync(zoo).filter((name) => name.endsWith(".cnn"));

/** Mistakes for each file. */
const MISTAKES = 20;
/** Errors that one mistake may lead to: a name that is spelt wrongly where it is declared is missed where it is used. */
const MOST_ERRORS = 5;
/** Errors for a mistake that leads to any, over all files. */
const MEAN_ERRORS = 1.3;

/** Numbers of [0, 1), by a seed. */
function numbers(seed: number, count: number): number[] {
  const values = new Float32Array(count);
  fillUniform(values, [seed, 3], 0, 0.5);
  return [...values].map((value) => Math.min(0.999999, value + 0.5));
}

/** The text with one token deleted, doubled, swapped with the next, misspelt, or replaced by another one of the file. */
function withMistake(
  text: string,
  tokens: readonly IToken[],
  random: readonly number[],
): { text: string; what: string } {
  const index = Math.floor(random[0]! * (tokens.length - 1));
  const [token, next] = [tokens[index]!, tokens[index + 1]!];
  const end = token.startOffset + token.image.length;
  const replaced = (image: string, until = end) => text.slice(0, token.startOffset) + image + text.slice(until);
  const other = tokens[Math.floor(random[2]! * tokens.length)]!.image;
  const letter = Math.floor(random[2]! * token.image.length);
  const gap = text.slice(end, next.startOffset);
  const kinds: [string, string][] = [
    ["without", replaced("")],
    ["doubled", replaced(token.image + (/\w/.test(token.image) ? " " : "") + token.image)],
    ["swapped", replaced(next.image + gap + token.image, next.startOffset + next.image.length)],
    ["misspelt", replaced(token.image.slice(0, letter) + token.image.slice(letter + 1))],
    [`made ${JSON.stringify(other)}`, replaced(other)],
  ];
  const [kind, result] = kinds[Math.floor(random[1]! * kinds.length)]!;
  return { text: result, what: `${JSON.stringify(token.image)} at ${token.startOffset} ${kind}` };
}

const counts: number[] = [];

describe.each(files)("%s", (file) => {
  const text = readFileSync(join(zoo, file), "utf8");
  const tokens = programLexer()
    .tokenize(text)
    .tokens.filter(({ image }) => image !== "\n");
  const random = numbers(files.indexOf(file) + 1, 3 * MISTAKES);

  test(`${MISTAKES} mistakes`, () => {
    for (let mistake = 0; mistake < MISTAKES; mistake++) {
      const made = withMistake(text, tokens, random.slice(3 * mistake, 3 * mistake + 3));
      const { diagnostics } = compile(file, made.text);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      counts.push(errors.length);
      expect(errors.length, `${made.what}:\n${errors.map(say).join("\n")}`).toBeLessThanOrEqual(MOST_ERRORS);
    }
  });
});

test("in the mean a mistake is one error, or little more", () => {
  const told = counts.filter((count) => count > 0);
  expect(counts).toHaveLength(MISTAKES * files.length);
  // Some mistakes are other programs, and right.
  expect(told.length).toBeGreaterThan(counts.length / 2);
  expect(told.reduce((sum, count) => sum + count, 0) / told.length).toBeLessThan(MEAN_ERRORS);
});
