/** The import rule of the house, as a table: which room may import which. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../src");

/** For each room, the rooms it may import besides itself. The longest matching prefix of a path is its room. */
const allowed: Record<string, readonly string[]> = {
  base: [],
  syntax: ["base"],
  ir: ["base"],
  ops: ["base", "ir"],
  elaborate: ["base", "syntax", "ir", "ops"],
  analysis: ["base", "ir", "ops"],
  // A rule about claims needs the costs that are claimed.
  lint: ["base", "syntax", "ir", "ops", "analysis"],
  // The shipped .cnn files, as text.
  std: [],
  emit: ["base", "ir", "ops", "analysis"],
  // The script of a report's page runs in a browser, where it is all that there is.
  "emit/html/browser": ["base"],
  // Weights are read for the tensors that a network has.
  import: ["base", "ir", "ops", "analysis"],
  // For other users of tfjs too: nothing of ours.
  gradients: [],
  // What runs models: beside apps the only room that may use Node and the runtimes.
  run: ["base", "ir", "ops", "analysis", "emit", "import", "gradients"],
  // What editors ask: of all rooms but those that write models or run them.
  service: ["base", "syntax", "ir", "ops", "elaborate", "lint", "analysis", "compile.ts"],
  "apps/lsp": ["index.ts", "service", "prettier.ts"],
  // Loads in a page: of the command line's rooms none.
  "apps/codemirror": ["service", "prettier.ts"],
  // Talks to the server only.
  "apps/vscode": [],
  format: ["base", "syntax"],
  // Which word of a slide is which attribute is known to the operators, and read by the elaborator.
  canonical: ["base", "syntax", "ops", "elaborate"],
  "prettier.ts": ["base", "syntax", "format", "canonical"],
  "apps/cli": ["index.ts", "run/index.ts", "apps/lsp", "prettier.ts"],
  "compile.ts": ["std", "base", "syntax", "ir", "ops", "elaborate", "lint", "analysis", "emit"],
  "diagnostics.ts": ["base", "syntax", "ir", "ops", "elaborate", "lint", "analysis"],
  // Examples are compiled, so that what they are told is so.
  "explain.ts": ["base", "analysis", "syntax", "lint", "compile.ts", "diagnostics.ts"],
  "index.ts": [
    "explain.ts",
    "std",
    "base",
    "syntax",
    "ir",
    "ops",
    "elaborate",
    "lint",
    "analysis",
    "emit",
    "import",
    "compile.ts",
    "diagnostics.ts",
  ],
};

/** Packages that make a module unfit for a browser, and who may use them. */
const serverPackages =
  /^(node:|@tensorflow\/|onnxruntime|commander|cli-|picocolors|npyjs|fast-png|jpeg-js|markdown-table|vscode-)/;
const serverRooms = ["run", "gradients", "apps/cli", "apps/lsp", "apps/vscode"];

const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => path.replaceAll("\\", "/"));

function roomOf(path: string): string {
  const rooms = Object.keys(allowed).filter((room) => path === room || path.startsWith(`${room}/`));
  const [longest] = rooms.sort((a, b) => b.length - a.length);
  if (!longest) throw new Error(`src/${path} stands in no room`);
  return longest;
}

/** What a module imports or exports from, by its syntax tree; emitted code in strings is no import. */
function importsOf(path: string, withTypes = true): string[] {
  const text = readFileSync(join(root, path), "utf8");
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isTypeOnly = ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      if (withTypes || !isTypeOnly) found.push(node.moduleSpecifier.text);
    }
    const [argument] =
      ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : [];
    if (argument && ts.isStringLiteral(argument)) found.push(argument.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022));
  return found;
}

const targetOf = (path: string, specifier: string) =>
  relative(root, resolve(dirname(join(root, path)), specifier))
    .replace(/\.js$/, ".ts")
    .replaceAll("\\", "/");

test("each room imports only what the table allows", () => {
  const faults: string[] = [];
  for (const path of files) {
    const room = roomOf(path);
    for (const specifier of importsOf(path)) {
      if (!specifier.startsWith(".")) {
        if (serverPackages.test(specifier) && !serverRooms.includes(room)) faults.push(`${path} imports ${specifier}`);
        continue;
      }
      const target = targetOf(path, specifier);
      if (roomOf(target) === room) continue;
      const fits = allowed[room]!.some((entry) =>
        entry.endsWith(".ts") ? target === entry : target.startsWith(`${entry}/`),
      );
      if (!fits) faults.push(`${path} imports ${target}`);
    }
  }
  expect(faults).toEqual([]);
});

test("no operator imports a sibling operator", () => {
  const operators = files.filter(
    (path) =>
      path.startsWith("ops/") &&
      /defineOp</.test(readFileSync(join(root, path), "utf8")) &&
      !path.endsWith("define.ts"),
  );
  expect(operators.length).toBeGreaterThan(10);
  const names = new Set(operators.map((path) => `./${path.slice("ops/".length, -".ts".length)}.js`));
  for (const path of operators)
    expect(
      importsOf(path).filter((specifier) => names.has(specifier)),
      path,
    ).toEqual([]);
});

test("modules do not import each other in circles", () => {
  const graph = new Map(
    files.map((path) => {
      const relatives = importsOf(path, false).filter((specifier) => specifier.startsWith("."));
      return [path, relatives.map((specifier) => targetOf(path, specifier))] as const;
    }),
  );
  const state = new Map<string, "open" | "done">();
  const visit = (path: string, trail: string[]): void => {
    if (state.get(path) === "done") return;
    expect(state.get(path), `${[...trail, path].join(" -> ")}`).not.toBe("open");
    state.set(path, "open");
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    state.set(path, "done");
  };
  for (const path of files) visit(path, []);
});
