/** The JSON document of diagnostics, schema `cnnc-diagnostics/1`: the same in every command. */
import { diagnosticToJson, toJson, type CompileResult, type Diagnostic, type Severity } from "../../index.js";

export interface CheckedFile {
  path: string;
  result?: CompileResult;
  diagnostics: Diagnostic[];
}

export function diagnosticsDocument(files: readonly CheckedFile[]): string {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  return toJson({
    schema: "cnnc-diagnostics/1",
    files: files.map(({ path, result, diagnostics }) => ({
      file: path,
      nets: result?.names ?? [],
      diagnostics: diagnostics.map(diagnosticToJson),
    })),
    totals: { errors: countOf(all, "error"), warnings: countOf(all, "warning"), infos: countOf(all, "info") },
  });
}

export function countOf(diagnostics: readonly Diagnostic[], severity: Severity): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
}
