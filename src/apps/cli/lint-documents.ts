/** What `cnnc lint` prints for other tools: JSON, and the workflow commands of GitHub; SARIF is in a folder of its own. */
import { diagnosticToJson, messageOf, toJson, type Diagnostic, type Severity } from "../../index.js";
import { countOf, type CheckedFile } from "./diagnostics-document.js";

export interface LintedFile extends CheckedFile {
  /** Changes that were made. */
  readonly fixed: number;
}

/** The schema `cnnc-lint/1`. */
export function lintDocument(files: readonly LintedFile[]): string {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  return toJson({
    schema: "cnnc-lint/1",
    files: files.map(({ path, result, diagnostics, fixed }) => ({
      file: path,
      nets: result?.names ?? [],
      fixed,
      diagnostics: diagnostics.map(findingToJson),
    })),
    totals: {
      errors: countOf(all, "error"),
      warnings: countOf(all, "warning"),
      infos: countOf(all, "info"),
      fixable: fixable(all),
    },
  });
}

/** Findings that `--fix` mends. */
export const fixable = (all: readonly Diagnostic[]) =>
  all.filter(({ fixes }) => fixes.some(({ isSafe }) => isSafe)).length;

function findingToJson(diagnostic: Diagnostic): Record<string, unknown> {
  const json = diagnosticToJson(diagnostic);
  const fixes = (json["fixes"] as Record<string, unknown>[]).map((fix, index) => ({
    ...fix,
    safe: diagnostic.fixes[index]!.isSafe === true,
  }));
  return { ...json, fixes, ...(diagnostic.rule === undefined ? {} : { rule: diagnostic.rule }) };
}

const GITHUB_LEVELS: Record<Severity, string> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands, one a line: GitHub shows them beside the lines of a change. */
export function githubCommands(files: readonly LintedFile[]): string[] {
  return files.flatMap(({ diagnostics }) =>
    diagnostics.map((found) => {
      const { span, severity, code, rule, notes } = found;
      const [from, to] = [span.source.position(span.start), span.source.position(Math.max(span.start, span.end - 1))];
      const isOneLine = from.line === to.line;
      const properties = [
        ["file", span.source.path],
        ["line", from.line],
        ["endLine", to.line],
        // Columns are shown for findings on one line alone.
        ...(isOneLine ? [["col", from.column] as const, ["endColumn", to.column] as const] : []),
        ["title", rule ? `${code} ${rule}` : code],
      ].map(([name, value]) => `${name}=${escaped(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`);
      return `::${GITHUB_LEVELS[severity]} ${properties.join(",")}::${escaped([messageOf(found), ...notes].join("\n"))}`;
    }),
  );
}

const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
