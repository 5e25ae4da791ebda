import type { TextEdit, WorkspaceEdit } from "vscode-languageserver/node";
import type { Edit } from "../../index.js";
import { uriOf } from "./files.js";
import type { Session } from "./session.js";

/** Edits of files by their URI; what is shipped lies in no file and stays as it is. */
export function workspaceEdit(session: Session, edits: readonly Edit[]): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, text } of edits) {
    const uri = uriOf(span.source.path);
    if (uri !== undefined) (changes[uri] ??= []).push({ range: session.range(span), newText: text });
  }
  return { changes };
}
