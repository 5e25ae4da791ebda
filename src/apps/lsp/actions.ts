/** Code actions: fixes of what is wrong, and other ways to write a program. */
import { CodeActionKind, type CodeAction, type Range } from "vscode-languageserver/node";
import { hasErrors } from "../../index.js";
import { refactorsAt, type Refactor } from "../../service/index.js";
import { diagnosticsOf, foundIn } from "./diagnostics.js";
import type { Formatting } from "./formatting.js";
import type { Session } from "./session.js";
import { workspaceEdit } from "./workspace-edit.js";

export class Actions {
  constructor(
    private readonly session: Session,
    private readonly formatting: Formatting,
  ) {}

  /** What can be done with a range: fixes of what is wrong there, and other ways to write it. */
  async at(uri: string, range: Range): Promise<CodeAction[]> {
    return [...this.fixes(uri, range), ...this.refactors(uri, range), ...(await this.canonical(uri))];
  }

  /** Notation of slides in the language's short form. */
  private async canonical(uri: string): Promise<CodeAction[]> {
    const analysis = this.session.analysis(uri);
    if (!analysis || hasErrors(analysis.diagnostics)) return [];
    const edits = await this.formatting.canonical(analysis.source);
    // Where only the layout would change, that is what formatting is for.
    if (!edits) return [];
    const edit = { changes: { [uri]: edits } };
    return [{ title: "rewrite the file in canonical form", kind: CodeActionKind.RefactorRewrite, edit }];
  }

  private refactors(uri: string, range: Range): CodeAction[] {
    const analysis = this.session.analysis(uri);
    if (!analysis) return [];
    return refactorsAt(analysis, this.session.offsets(analysis.source, range)).map(({ title, kind, edits }) => ({
      title,
      kind: REFACTOR_KINDS[kind],
      edit: workspaceEdit(this.session, edits),
    }));
  }

  private fixes(uri: string, range: Range): CodeAction[] {
    const analysis = this.session.analysis(uri);
    if (!analysis) return [];
    const { start, end } = this.session.offsets(analysis.source, range);
    const own = foundIn(this.session, uri);
    const told = diagnosticsOf(this.session, uri);
    return own.flatMap(({ span, fixes }, index) =>
      span.start > end || span.end < start
        ? []
        : fixes.map((fix, rank): CodeAction => ({
            title: fix.title,
            kind: CodeActionKind.QuickFix,
            diagnostics: [told[index]!],
            isPreferred: rank === 0,
            edit: workspaceEdit(this.session, fix.edits),
          })),
    );
  }
}

const REFACTOR_KINDS: Record<Refactor["kind"], CodeActionKind> = {
  rewrite: CodeActionKind.RefactorRewrite,
  extract: CodeActionKind.RefactorExtract,
  inline: CodeActionKind.RefactorInline,
};
