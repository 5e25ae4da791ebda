/** `cnnc fmt` with a formatter that is at fault: what it would damage is left alone, and told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi, type MockInstance } from "vitest";
import { fmt } from "../../src/apps/cli/commands/fmt.js";
import { formatText } from "../../src/prettier.js";
import { complaints } from "../schemas.js";

/** Writes one layer for another. */
const damaging: typeof formatText = (path, text, options) =>
  formatText(path, text, options, async (given) => given.replace("  ", " ").replace("RELU", "TANH"));

const folder = mkdtempSync(join(tmpdir(), "cnnc-fault-"));
const put = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
let [out, err]: MockInstance<typeof process.stdout.write>[] = [];
beforeEach(() => {
  out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true }));
const said = (stream: typeof out) => stream!.mock.calls.map(([text]) => String(text)).join("");

const DAMAGED = "INPUT  8x8x3 - RELU\n";

test("another program: the file stays, the others are formatted, exit code 3", async () => {
  const [damaged, fine] = [put("a.cnn", DAMAGED), put("b.cnn", "INPUT  8x8x3 - BN\n")];
  expect(await fmt([damaged, fine], { format: "text" }, damaging)).toBe(3);
  expect(readFileSync(damaged, "utf8")).toBe(DAMAGED);
  expect(readFileSync(fine, "utf8")).toBe("INPUT 8x8x3 - BN\n");
  expect(said(out)).toBe(`${fine}\n`);
  expect(said(err)).toMatch(
    /^error\[CNN9001\]: the formatter would change what the program means: the text stays as it is\n/,
  );
  expect(said(err)).toContain(`while formatting ${damaged}`);
  expect(said(err)).toContain("2 files: 1 written, 1 left alone");
});

test("the same with --check, and as JSON", async () => {
  const damaged = put("a.cnn", DAMAGED);
  expect(await fmt([damaged], { format: "json", check: true }, damaging)).toBe(3);
  const document: unknown = JSON.parse(said(out));
  expect(complaints(document)).toEqual([]);
  const problem = "the formatter would change what the program means: the text stays as it is";
  expect(document).toMatchObject({ files: [{ file: damaged, status: "fault", diagnostics: [], problem }] });
});

test("another network of --canonical", async () => {
  const text = "INPUT 8x8x3 - CONV3-4\n";
  const damaged = put("c.cnn", text);
  const other: typeof formatText = async () => ({ text: text.replace("CONV3-4", "CONV3-5") });
  expect(await fmt([damaged], { format: "text", canonical: true }, other)).toBe(3);
  expect(readFileSync(damaged, "utf8")).toBe(text);
  expect(said(err)).toContain("its canonical form would be another network");
  expect(await fmt([damaged], { format: "text", canonical: true })).toBe(0);
});
