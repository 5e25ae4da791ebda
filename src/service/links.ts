/** The files that a file names. */
import type { Span } from "../base/source.js";
import type { Analysis } from "./analysis.js";

export interface Link {
  readonly span: Span;
  /** The path as it is written, relative to the file. */
  readonly target: string;
}

export function linksOf({ program }: Analysis): Link[] {
  return program.items.flatMap((item) =>
    item.kind === "use" && item.isPath && !item.isUnreadable ? [{ span: item.targetSpan, target: item.target }] : [],
  );
}
