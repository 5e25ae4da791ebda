/** What is wrong with open files, told soon after they were changed. */
import { DiagnosticSeverity, DiagnosticTag, type Connection, type Diagnostic } from "vscode-languageserver/node";
import { messageOf, type Diagnostic as Found, type Severity } from "../../index.js";
import type { Session } from "./session.js";

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Milliseconds after the last change, for a file that took longer than a frame to read; others are told of at once. */
const QUIET = 30;
const FRAME = 16;
/** What the linter says can wait. */
const QUIET_FOR_LINT = 300;

/** What is wrong with a file, and unless `isQuick` what the linter says of it. What is wrong with another file is told there. */
export function foundIn(session: Session, uri: string, isQuick = false): Found[] {
  const analysis = session.analysis(uri);
  if (!analysis) return [];
  const found = isQuick ? analysis.diagnostics : session.lint(analysis);
  return found.filter(({ span }) => span.source.path === analysis.source.path);
}

export function diagnosticsOf(session: Session, uri: string, isQuick = false): Diagnostic[] {
  return foundIn(session, uri, isQuick).map((found) => diagnosticOf(session, found));
}

function diagnosticOf(session: Session, found: Found): Diagnostic {
  const related = found.related.flatMap(({ span, text }) => {
    const location = session.location(span);
    return location && text ? [{ location, message: text }] : [];
  });
  return {
    range: session.range(found.span),
    severity: SEVERITIES[found.severity],
    code: found.code,
    source: "cnnc",
    message: [messageOf(found), ...found.notes].join("\n"),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(found.kind.title.includes("unused") ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

/** Tells what is wrong soon after each change; what was waiting for an older text is dropped. */
export class Publisher {
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly connection: Connection,
    private readonly session: Session,
  ) {}

  soon(uri: string): void {
    this.after(this.session.timeOf(uri) > FRAME ? QUIET : 0, uri, () => {
      this.tell(uri, true);
      this.after(QUIET_FOR_LINT, uri, () => this.tell(uri, false));
    });
  }

  private after(milliseconds: number, uri: string, run: () => void): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.set(uri, setTimeout(run, milliseconds));
  }

  /** A file, and those open ones that use it. */
  soonWithDependents(uri: string, path: string): void {
    this.soon(uri);
    for (const other of this.session.documents.all) {
      if (other.uri !== uri && this.session.workspace.dependsOn(other.path, path)) this.soon(other.uri);
    }
  }

  all(): void {
    for (const { uri } of this.session.documents.all) this.soon(uri);
  }

  forget(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.delete(uri);
    void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  private tell(uri: string, isQuick: boolean): void {
    this.waiting.delete(uri);
    const document = this.session.documents.get(uri);
    if (!document) return;
    const diagnostics = diagnosticsOf(this.session, uri, isQuick);
    void this.connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  }
}
