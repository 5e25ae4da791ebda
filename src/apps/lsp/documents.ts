/** The texts that an editor has open, changed piece by piece. */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver/node";
import { SourceText } from "../../index.js";
import type { Positions } from "./positions.js";

export interface OpenDocument {
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

export class Documents {
  private readonly open = new Map<string, OpenDocument>();

  get(uri: string): OpenDocument | undefined {
    return this.open.get(uri);
  }

  get all(): readonly OpenDocument[] {
    return [...this.open.values()];
  }

  set(document: OpenDocument): void {
    this.open.set(document.uri, document);
  }

  delete(uri: string): OpenDocument | undefined {
    const document = this.open.get(uri);
    this.open.delete(uri);
    return document;
  }
}

/** The text after changes, each of which is told in places of the text before it. */
export function changedText(
  text: string,
  changes: readonly TextDocumentContentChangeEvent[],
  positions: Positions,
): string {
  return changes.reduce((before, change) => {
    if (!("range" in change)) return change.text;
    const source = new SourceText("", before);
    const [start, end] = [change.range.start, change.range.end].map((place) => positions.offset(source, place));
    return before.slice(0, start) + change.text + before.slice(end);
  }, text);
}
