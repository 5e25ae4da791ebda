/** `cnnc lint --format sarif`: SARIF 2.1.0 (OASIS, 2020), with what code scanning services need. */
import {
  allKinds,
  explainCode,
  messageOf,
  ruleOfCode,
  toJson,
  type Diagnostic,
  type DiagnosticKind,
  type Fix,
  type Severity,
  type SourceText,
} from "../../../index.js";
import type { LintedFile } from "../lint-documents.js";
import { lineHashes } from "./line-hashes.js";
import { artifactLocation, baseIds, physicalLocation, region } from "./places.js";

const LEVELS: Record<Severity, string> = { error: "error", warning: "warning", info: "note" };

/** What GitHub sorts alerts by. */
const PROBLEM_SEVERITIES: Record<Severity, string> = { error: "error", warning: "warning", info: "recommendation" };

/** One run over all files. Every code is a rule of it: those of the linter always, others where something is told of them. */
export function sarifDocument(files: readonly LintedFile[], version: string): string {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const told = new Set(all.map(({ code }) => code));
  const kinds = allKinds().filter(({ code }) => told.has(code) || ruleOfCode.has(code));
  const indices = new Map(kinds.map(({ code }, index) => [code, index]));
  const fingerprint = fingerprints();
  return toJson({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "cnnc", semanticVersion: version, version, rules: kinds.map(rule) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: baseIds,
        artifacts: distinct(files.map(({ path }) => ({ location: artifactLocation(path), sourceLanguage: "cnn" }))),
        results: all.map((found) => ({
          ...result(found, indices.get(found.code)!),
          partialFingerprints: { primaryLocationLineHash: fingerprint(found) },
        })),
      },
    ],
  });
}

function rule({ code, severity, title, explanation }: DiagnosticKind): Record<string, unknown> {
  const own = ruleOfCode.get(code);
  const [text, help] = [explanation.replaceAll("\n", " "), explainCode(code)!];
  return {
    id: code,
    ...(own ? { name: own.name } : {}),
    shortDescription: { text: title },
    fullDescription: { text: own ? `${text} ${own.doc.why}` : text },
    help: { text: help, markdown: `\`\`\`text\n${help}\n\`\`\`` },
    defaultConfiguration: { enabled: own?.isOff !== true, level: LEVELS[severity] },
    properties: {
      "problem.severity": PROBLEM_SEVERITIES[severity],
      ...(own ? { source: own.doc.source } : {}),
    },
  };
}

function result(found: Diagnostic, ruleIndex: number): Record<string, unknown> {
  const { code, severity, span, related, fixes, notes } = found;
  const told = related.filter(({ text }) => text !== "");
  // Places that are only marked belong to the finding's own.
  const marked = related.filter((place) => place.text === "" && place.span.source === span.source);
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: [messageOf(found), ...notes].join("\n") },
    locations: [
      {
        physicalLocation: physicalLocation(span),
        ...(marked.length === 0 ? {} : { annotations: distinct(marked.map((place) => region(place.span))) }),
      },
    ],
    ...(told.length === 0
      ? {}
      : {
          relatedLocations: told.map((place, id) => ({
            id,
            physicalLocation: physicalLocation(place.span),
            message: { text: place.text },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes: distinct(fixes.map(change)) }),
  };
}

function change({ title, edits }: Fix): Record<string, unknown> {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: artifactLocation(edits[0]!.span.source.path),
        replacements: edits.map((edit) => ({
          deletedRegion: region(edit.span),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  };
}

/** Without what is the same as one before: lists of SARIF are sets mostly. */
function distinct<T>(list: readonly T[]): T[] {
  return [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
}

/** By the line where a finding starts; each text is read once. */
function fingerprints(): (found: Diagnostic) => string {
  const known = new Map<SourceText, readonly string[]>();
  return ({ span: { source, start } }) => {
    const hashes = known.get(source) ?? lineHashes(source.text);
    known.set(source, hashes);
    return hashes[source.position(start).line - 1]!;
  };
}
