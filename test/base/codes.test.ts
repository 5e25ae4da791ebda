/** Every code is listed, explains itself, and is shown by a test with its text and its place. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allKinds } from "../../src/diagnostics.js";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
const textsBelow = (...folders: string[]) => folders.flatMap(filesBelow).map((file) => readFileSync(file, "utf8"));

/** Every code that is defined anywhere, as its definition has it. */
const codes = textsBelow("src").flatMap((text) => [...text.matchAll(/code: "(CNN\d{4})"/g)].map((match) => match[1]!));
const tests = textsBelow("test/syntax", "test/elaborate", "test/lint", "test/ops", "test/analysis").join("\n");

/** Codes that no program leads to. */
const UNREACHABLE = ["CNN9001"];

test("codes are unique", () => expect([...codes].sort()).toEqual([...new Set(codes)].sort()));

test("all of them are listed, for cnnc explain and the pages", () => {
  expect(allKinds().map(({ code }) => code)).toEqual([...codes].sort());
});

test.each(codes.filter((code) => !UNREACHABLE.includes(code)))("%s is in a test, with its place and text", (code) => {
  // In a text in double quotes those around the place are escaped.
  expect(new RegExp(`${code} at \\\\?"`).test(tests), `no test has '${code} at "...": ...'`).toBe(true);
});

test.each(allKinds())("$code: $title", ({ code, title, explanation, severity }) => {
  const family = { "1": "error", "2": "error", "4": "error", "5": "error", "9": "error" }[code[3]!];
  if (family) expect(severity).toBe(family);
  else expect(["warning", "info"]).toContain(severity);
  expect(title).toMatch(/^[a-z*?].*[^.]$/);
  expect(explanation).toMatch(/[.)]$/);
  for (const line of explanation.split("\n")) expect(line.length, line).toBeLessThanOrEqual(125);
});
