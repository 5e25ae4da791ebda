/** `cnnc check FILE...`: what is wrong with programs, and with `--dump` what the compiler makes of them. */
import { dumpNetwork, hasErrors, plural, toJson, type CompileResult, type Diagnostic } from "../../../index.js";
import { countOf, diagnosticsDocument, type CheckedFile } from "../diagnostics-document.js";
import { compileFile, shownName } from "../sources.js";
import { EXIT, print, showDiagnostics, tellUsage, UsageError } from "../terminal.js";

export interface CheckOptions {
  format: "text" | "json";
  dump?: "ast" | "ir";
}

export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  if (options.dump && options.format === "json") throw new UsageError("--dump shows text: leave --format out");
  const files: CheckedFile[] = [];
  let unread = false;
  for (const path of paths) {
    try {
      files.push({ path: shownName(path), ...(await compileFile(path)) });
    } catch (error) {
      // A name that leads nowhere keeps no other file from being checked.
      if (!(error instanceof UsageError)) throw error;
      unread = true;
      tellUsage(error);
    }
  }
  if (options.format === "json") print(diagnosticsDocument(files));
  else printText(files, options.dump);
  if (unread) return EXIT.usage;
  return files.some(({ diagnostics }) => hasErrors(diagnostics)) ? EXIT.program : EXIT.fine;
}

function printText(files: readonly CheckedFile[], dump: CheckOptions["dump"]): void {
  for (const { path, result, diagnostics } of files) {
    showDiagnostics(diagnostics, process.stdout);
    if (dump && result) print(dump === "ast" ? dumpProgram(result) : result.networks.map(dumpNetwork).join("\n\n"));
    print(`${path}: ${summary(result, diagnostics)}`);
  }
}

function summary(result: CompileResult | undefined, diagnostics: readonly Diagnostic[]): string {
  const counts = [
    [countOf(diagnostics, "error"), "error"],
    [countOf(diagnostics, "warning"), "warning"],
    [countOf(diagnostics, "info"), "note"],
  ] as const;
  const found = counts.flatMap(([number, noun]) => (number > 0 ? [plural(number, noun)] : [])).join(", ");
  return `${plural(result?.names.length ?? 0, "net")}, ${found || "nothing to report"}`;
}

/** The syntax tree as JSON, with offsets for spans. */
function dumpProgram({ program }: CompileResult): string {
  const plain = JSON.parse(
    JSON.stringify(program, (key, value: unknown) => {
      if (key === "source") return undefined;
      if (typeof value === "bigint") return value.toString();
      return value;
    }),
  ) as unknown;
  return toJson(plain);
}
