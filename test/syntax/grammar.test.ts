/** grammar/cnn.ebnf names the rules that the parser has, and the rules that each of them uses. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ISerializedGast } from "chevrotain";
import { expect, test } from "vitest";
import { programParser } from "../../src/syntax/parser.js";

const text = readFileSync(join(import.meta.dirname, "../../grammar/cnn.ebnf"), "utf8").replace(/\(\*[^]*?\*\)/g, "");

/** Rule name to the rules it mentions. */
const printed = new Map(
  text
    .split(/;\s*\n/)
    .filter((rule) => rule.includes("="))
    .map((rule) => {
      const [name, ...body] = rule.split("=");
      const words =
        body
          .join("=")
          .replace(/"[^"]*"|\?[^?]*\?/g, " ")
          .match(/\b[a-z][A-Za-z]*\b/g) ?? [];
      return [name!.trim(), new Set(words)] as const;
    }),
);

const parsed = new Map(
  programParser()
    .getSerializedGastProductions()
    .map((rule) => {
      const used = new Set<string>();
      const visit = (node: ISerializedGast & { name?: string; definition?: ISerializedGast[] }): void => {
        if (node.type === "NonTerminal") used.add(node.name!);
        else node.definition?.forEach(visit);
      };
      rule.definition?.forEach(visit);
      return [(rule as { name?: string }).name!, used] as const;
    }),
);

test("the printed grammar has the parser's rules", () => {
  expect([...printed.keys()].sort()).toEqual([...parsed.keys()].sort());
});

test.each([...parsed.keys()])("%s uses the rules that the parser uses", (name) => {
  expect([...printed.get(name)!].sort()).toEqual([...parsed.get(name)!].sort());
});
