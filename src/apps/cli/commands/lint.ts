/** `cnnc lint FILES...`: what an expert would say of networks, and with `--fix` the changes that leave them as they are. */
import { chmod, readFile, realpath, stat } from "node:fs/promises";
import {
  applySafeFixes,
  compile,
  decodeSource,
  hasErrors,
  lintProgram,
  plural,
  ruleOfCode,
  textFile,
  type CompileResult,
  type Diagnostic,
  type LintConfig,
} from "../../../index.js";
import { writeAtomically } from "../../../run/index.js";
import { countOf } from "../diagnostics-document.js";
import { limitsInForce } from "../limits.js";
import { ConfigReader } from "../lint-config.js";
import { fixable, githubCommands, lintDocument, type LintedFile } from "../lint-documents.js";
import { programFiles } from "../program-files.js";
import { resolverFor } from "../resolver.js";
import { sarifDocument } from "../sarif/sarif-document.js";
import { compileFile, shownName } from "../sources.js";
import { EXIT, print, showDiagnostics, tellUsage, UsageError } from "../terminal.js";
import { writing } from "../writing.js";

export interface LintOptions {
  fix?: boolean;
  format: "pretty" | "json" | "sarif" | "github";
  maxWarnings?: number;
}

export async function lint(paths: readonly string[], options: LintOptions, version: string): Promise<number> {
  if (options.fix && paths.includes("-")) throw new UsageError("--fix changes files: name one instead of -");
  const configs = new ConfigReader();
  const files: LintedFile[] = [];
  let unread = false;
  for (const path of programFiles(paths, configs.isIgnored)) {
    try {
      files.push(await lintFile(path, configs.configFor(path), options.fix === true));
    } catch (error) {
      // A name that leads nowhere keeps no other file from being linted.
      if (!(error instanceof UsageError)) throw error;
      unread = true;
      tellUsage(error);
    }
  }
  const told = onceEach(files);
  show(told, options.format, version);
  if (unread) return EXIT.usage;
  const all = told.flatMap(({ diagnostics }) => diagnostics);
  const isTooMuch = options.maxWarnings !== undefined && countOf(all, "warning") > options.maxWarnings;
  return hasErrors(all) || isTooMuch ? EXIT.program : EXIT.fine;
}

async function lintFile(path: string, config: LintConfig, isFixed: boolean): Promise<LintedFile> {
  const { result, diagnostics } = await compileFile(path);
  const name = shownName(path);
  if (!result) return { path: name, diagnostics, fixed: 0 };
  const found = lintProgram(result, config);
  if (!isFixed) return { path: name, result, diagnostics: found, fixed: 0 };
  const mended = mend(path, result, found, config);
  if (mended.fixed > 0) await replace(path, result.source.text, mended.result.source.text);
  return { path: name, ...mended };
}

/** One change may make room for the next; more rounds than these are a fault of ours. */
const MOST_ROUNDS = 10;

interface Mended {
  readonly result: CompileResult;
  readonly diagnostics: Diagnostic[];
  readonly fixed: number;
}

function mend(path: string, before: CompileResult, found: Diagnostic[], config: LintConfig): Mended {
  let [result, diagnostics, fixed] = [before, found, 0];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { text, applied } = applySafeFixes(result.source, diagnostics);
    if (applied === 0) break;
    result = compile(result.source.path, text, { limits: limitsInForce(), resolve: resolverFor(path) });
    // What was not told before must not come of a change: then nothing is written.
    const broken = result.diagnostics.find(({ code, severity }) => severity === "error" && !ruleOfCode.has(code));
    if (broken) throw new Error(`a change that --fix made led to ${broken.code} in ${path}`);
    diagnostics = lintProgram(result, config);
    fixed += applied;
  }
  return { result, diagnostics, fixed };
}

/** Writes the new text where the old one stands; a link keeps leading there. */
async function replace(path: string, before: string, after: string): Promise<void> {
  const place = await realpath(path);
  const bytes = await readFile(place);
  const decoded = decodeSource(path, bytes);
  if (!("text" in decoded) || decoded.text !== before) throw new UsageError(`${path} was changed by something else`);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "\ufeff" : "";
  const { mode } = await stat(place);
  await writing(path, async () => {
    await writeAtomically(place, textFile(path, mark + after).data);
    await chmod(place, mode & 0o7777);
  });
}

/** What is told of a file of blocks is told by every file that uses it: once is enough. */
function onceEach(files: readonly LintedFile[]): LintedFile[] {
  const seen = new Set<string>();
  return files.map((file) => ({
    ...file,
    diagnostics: file.diagnostics.filter(({ code, span, args }) => {
      const key = `${code}:${span.source.path}:${span.start}:${span.end}:${String(args["net"])}`;
      return !seen.has(key) && seen.add(key);
    }),
  }));
}

function show(files: readonly LintedFile[], format: LintOptions["format"], version: string): void {
  if (format === "json") print(lintDocument(files));
  else if (format === "sarif") print(sarifDocument(files, version));
  else if (format === "github") for (const line of githubCommands(files)) print(line);
  else {
    for (const { diagnostics } of files) showDiagnostics(diagnostics, process.stdout);
    print(summary(files));
  }
}

function summary(files: readonly LintedFile[]): string {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const counts = [
    [countOf(all, "error"), "error"],
    [countOf(all, "warning"), "warning"],
    [countOf(all, "info"), "note"],
  ] as const;
  const found = counts.flatMap(([number, noun]) => (number > 0 ? [plural(number, noun)] : [])).join(", ");
  const fixed = files.reduce((sum, file) => sum + file.fixed, 0);
  const open = fixable(all);
  return [
    `${plural(files.length, "file")}: ${found || "nothing to tell"}`,
    ...(fixed > 0 ? [`${plural(fixed, "change")} made`] : []),
    ...(open > 0 ? [`${open} of them mended by --fix`] : []),
  ].join("; ");
}
