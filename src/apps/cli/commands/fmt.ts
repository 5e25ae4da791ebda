/** `cnnc fmt [FILE or FOLDER...]`: lays programs out, or with `--check` tells which are not laid out so. */
import { chmod, realpath, stat } from "node:fs/promises";
import { diagnosticToJson, plural, textFile, toJson, type Diagnostic } from "../../../index.js";
import { formatText } from "../../../prettier.js";
import { writeAtomically } from "../../../run/index.js";
import { ConfigReader } from "../lint-config.js";
import { programFiles } from "../program-files.js";
import { areSameNetworks } from "../same-network.js";
import { readText, shownName } from "../sources.js";
import { EXIT, note, print, showDiagnostics, tellFault, tellUsage, UsageError } from "../terminal.js";
import { writing } from "../writing.js";

export interface FmtOptions {
  readonly check?: boolean;
  readonly canonical?: boolean;
  readonly requirePragma?: boolean;
  readonly insertPragma?: boolean;
  readonly format: "text" | "json";
}

/** `different` is what `--check` finds; `printed` is standard input; `fault` is one of ours. */
type Status = "same" | "written" | "different" | "printed" | "error" | "fault";

interface FormattedFile {
  readonly file: string;
  readonly status: Status;
  /** What standard input became. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What the formatter did wrong: the file stays as it is. */
  readonly problem?: string;
}

/** `format` is what makes the new texts. */
export async function fmt(paths: readonly string[], options: FmtOptions, format = formatText): Promise<number> {
  const files = programFiles(paths.length > 0 ? paths : ["."], new ConfigReader().isIgnored);
  if (files.length === 0) throw new UsageError("there are no .cnn files here");
  const results: FormattedFile[] = [];
  let unread = false;
  for (const path of files) {
    try {
      const result = await formatFile(path, options, format);
      results.push(result);
      if (options.format === "text") tell(result);
    } catch (error) {
      // A file that cannot be read or written keeps no other from being formatted.
      if (!(error instanceof UsageError)) throw error;
      unread = true;
      tellUsage(error);
    }
  }
  if (options.format === "json") print(documentOf(results, options));
  else if (files.some((path) => path !== "-")) note(summary(results));
  if (results.some(({ status }) => status === "fault")) return EXIT.internal;
  if (unread) return EXIT.usage;
  return results.some(({ status }) => status === "error" || status === "different") ? EXIT.program : EXIT.fine;
}

async function formatFile(
  path: string,
  { check, ...options }: FmtOptions,
  format: typeof formatText,
): Promise<FormattedFile> {
  const file = shownName(path);
  const read = await readText(path);
  if ("diagnostic" in read) return { file, status: "error", diagnostics: [read.diagnostic] };
  const result = await format(file, read.text, options);
  if ("diagnostics" in result) return { file, status: "error", diagnostics: result.diagnostics };
  if ("problem" in result) return { file, status: "fault", diagnostics: [], problem: result.problem };
  const { text } = result;
  if (options.canonical && !areSameNetworks(path, read.text, text)) {
    const problem = "its canonical form would be another network: the text stays as it is";
    return { file, status: "fault", diagnostics: [], problem };
  }
  if (path === "-" && !check) return { file, status: "printed", text, diagnostics: [] };
  if (text === read.text) return { file, status: "same", diagnostics: [] };
  if (check) return { file, status: "different", diagnostics: [] };
  await writing(path, () => rewrite(path, text));
  return { file, status: "written", diagnostics: [] };
}

/** Puts a text in the place of a file, behind the links that lead to it and with the rights that it has. */
async function rewrite(path: string, text: string): Promise<void> {
  const target = await realpath(path);
  const { mode } = await stat(target);
  await writeAtomically(target, textFile(target, text).data);
  await chmod(target, mode);
}

function tell({ file, status, text, diagnostics, problem }: FormattedFile): void {
  showDiagnostics(diagnostics);
  if (problem !== undefined) tellFault(problem, `while formatting ${file}`);
  if (text !== undefined) process.stdout.write(text);
  if (status === "written" || status === "different") print(file);
}

function summary(results: readonly FormattedFile[]): string {
  const words: Partial<Record<Status, string>> = {
    written: "written",
    different: "to be formatted",
    error: "with errors",
    fault: "left alone",
    same: "as they should be",
  };
  const counts = Object.entries(words).flatMap(([status, word]) => {
    const number = results.filter((result) => result.status === status).length;
    return number > 0 ? [`${number} ${word}`] : [];
  });
  return `${plural(results.length, "file")}: ${counts.join(", ")}`;
}

function documentOf(results: readonly FormattedFile[], { check = false, canonical = false }: FmtOptions): string {
  return toJson({
    schema: "cnnc-fmt/1",
    check,
    canonical,
    files: results.map(({ file, status, text, diagnostics, problem }) => ({
      file,
      status,
      ...(text === undefined ? {} : { text }),
      diagnostics: diagnostics.map(diagnosticToJson),
      ...(problem === undefined ? {} : { problem }),
    })),
  });
}
