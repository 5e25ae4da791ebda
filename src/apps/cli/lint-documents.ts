/** What `cnnc lint` prints for other tools: JSON, SARIF 2.1.0, and the workflow commands of GitHub. */
import {
  allKinds,
  diagnosticToJson,
  explainCode,
  messageOf,
  ruleOfCode,
  toJson,
  type Diagnostic,
  type DiagnosticKind,
  type Severity,
  type Span,
} from "../../index.js";
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

const SARIF_LEVELS: Record<Severity, string> = { error: "error", warning: "warning", info: "note" };

/** SARIF 2.1.0 (OASIS, 2020), as code scanning services read it. Every code is a rule of it. */
export function sarifDocument(files: readonly LintedFile[], version: string): string {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const told = new Set(all.map(({ code }) => code));
  const kinds = allKinds().filter(({ code }) => told.has(code) || ruleOfCode.has(code));
  const indices = new Map(kinds.map(({ code }, index) => [code, index]));
  return toJson({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "cnnc", semanticVersion: version, version, rules: kinds.map(sarifRule) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { SRCROOT: { description: { text: "The folder where cnnc lint ran." } } },
        artifacts: files.map(({ path }) => ({ location: location(path), sourceLanguage: "cnn" })),
        results: all.map((found) => sarifResult(found, indices.get(found.code)!)),
      },
    ],
  });
}

function sarifRule({ code, severity, title, explanation }: DiagnosticKind): Record<string, unknown> {
  const rule = ruleOfCode.get(code);
  const [text, markdown] = [explanation.replaceAll("\n", " "), explainCode(code)!];
  return {
    id: code,
    ...(rule ? { name: rule.name } : {}),
    shortDescription: { text: title },
    fullDescription: { text: rule ? `${text} ${rule.doc.why}` : text },
    help: { text: markdown, markdown: `\`\`\`text\n${markdown}\n\`\`\`` },
    defaultConfiguration: { enabled: rule?.isOff !== true, level: SARIF_LEVELS[severity] },
    ...(rule ? { properties: { source: rule.doc.source } } : {}),
  };
}

function sarifResult(found: Diagnostic, ruleIndex: number): Record<string, unknown> {
  const { code, severity, span, related, fixes, notes } = found;
  return {
    ruleId: code,
    ruleIndex,
    level: SARIF_LEVELS[severity],
    message: { text: [messageOf(found), ...notes].join("\n") },
    locations: [{ physicalLocation: physicalLocation(span) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, id) => ({
            id,
            physicalLocation: physicalLocation(place.span),
            message: { text: place.text },
          })),
        }),
    ...(fixes.length === 0
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            description: { text: title },
            artifactChanges: [
              {
                artifactLocation: location(edits[0]!.span.source.path),
                replacements: edits.map((edit) => ({
                  deletedRegion: region(edit.span),
                  insertedContent: { text: edit.text },
                })),
              },
            ],
          })),
        }),
  };
}

const physicalLocation = (span: Span) => ({ artifactLocation: location(span.source.path), region: region(span) });

/** A path as an address, relative to where the command runs; standard input has none. */
function location(path: string): Record<string, string> {
  const parts = path.replaceAll("\\", "/").split("/").map(encodeURIComponent);
  const uri = parts.join("/");
  return path.startsWith("/") ? { uri: `file://${uri}` } : { uri, uriBaseId: "SRCROOT" };
}

/** `endColumn` is the column behind the last character, as in SARIF; both count from 1. */
function region({ source, start, end }: Span): Record<string, number> {
  const [from, to] = [source.position(start), source.position(end)];
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: start,
    charLength: end - start,
  };
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
