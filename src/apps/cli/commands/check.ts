/** `cnnc check FILE...`: what is wrong with programs, and with `--dump` what the compiler makes of them. */
import { diagnosticToJson, dumpNetwork, hasErrors, plural, toJson, type CompileResult, type Diagnostic } from "../../../index.js";
import { compileFile } from "../sources.js";
import { EXIT, print, showDiagnostics } from "../terminal.js";

export interface CheckOptions {
  format: "text" | "json";
  dump?: "ast" | "ir";
}

interface CheckedFile {
  path: string;
  result?: CompileResult;
  diagnostics: Diagnostic[];
}

export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const files: CheckedFile[] = [];
  for (const path of paths) files.push({ path, ...(await compileFile(path)) });
  if (options.format === "json") printJson(files);
  else printText(files, options.dump);
  return files.some(({ diagnostics }) => hasErrors(diagnostics)) ? EXIT.program : EXIT.fine;
}

function printJson(files: readonly CheckedFile[]): void {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  print(
    toJson({
      schema: "cnnc-diagnostics/1",
      files: files.map(({ path, result, diagnostics }) => ({
        file: path,
        nets: result?.names ?? [],
        diagnostics: diagnostics.map(diagnosticToJson),
      })),
      totals: { errors: count(all, "error"), warnings: count(all, "warning"), infos: count(all, "info") },
    }),
  );
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
    [count(diagnostics, "error"), "error"],
    [count(diagnostics, "warning"), "warning"],
    [count(diagnostics, "info"), "note"],
  ] as const;
  const found = counts.flatMap(([number, noun]) => (number > 0 ? [plural(number, noun)] : [])).join(", ");
  return `${plural(result?.names.length ?? 0, "net")}, ${found || "nothing to report"}`;
}

function count(diagnostics: readonly Diagnostic[], severity: Diagnostic["severity"]): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
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
