/** Every code that the front end defines is shown by a test, and explains itself. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { explainCode } from "../../src/explain.js";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));

const FRONT_END = ["src/syntax", "src/elaborate", "src/lint", "src/ops", "src/analysis"];
const codes = FRONT_END.flatMap(filesBelow).flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/code: "(CNN\d{4})"/g)].map((match) => match[1]!),
);
const tests = ["test/syntax", "test/elaborate", "test/lint", "test/ops", "test/analysis"]
  .flatMap(filesBelow)
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

test("codes are unique", () => expect([...codes].sort()).toEqual([...new Set(codes)].sort()));

test.each(codes)("%s is in a test", (code) => expect(tests).toContain(code));

test("every code explains itself", () => {
  expect(codes.filter((code) => !explainCode(code))).toEqual([]);
});
