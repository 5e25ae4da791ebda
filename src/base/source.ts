/**
 * Source text and places in it.
 *
 * Offsets count UTF-16 code units from 0, as JavaScript strings do. Lines and columns count from 1, as editors show them.
 */

/** One `.cnn` text with the name that messages use for it. */
export class SourceText {
  private current: string;
  /** Offset at which each line starts. */
  private lineStarts: readonly number[];

  constructor(
    readonly path: string,
    text: string,
  ) {
    this.current = text;
    this.lineStarts = lineStartsOf(text);
  }

  get text(): string {
    return this.current;
  }

  /** Takes over the text of a later version: for an editor, whose places move with it and stay those of this source. */
  becomes({ text, lineStarts }: SourceText): void {
    this.current = text;
    this.lineStarts = lineStarts;
  }

  /** Line and column (both from 1) of an offset. */
  position(offset: number): Position {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.lineStarts[low]! + 1 };
  }

  /** The text of a line (from 1), without its line break. */
  line(number: number): string {
    const start = this.lineStarts[number - 1] ?? this.text.length;
    const end = this.lineStarts[number] ?? this.text.length + 1;
    return this.text.slice(start, end - 1).replace(/\r$/, "");
  }

  /** Offset at which a line (from 1) starts. */
  startOf(number: number): number {
    return this.lineStarts[number - 1] ?? this.text.length;
  }

  get lineCount(): number {
    return this.lineStarts.length;
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

export interface Position {
  line: number;
  column: number;
}

/** A stretch of source text, `end` exclusive. */
export interface Span {
  source: SourceText;
  start: number;
  end: number;
}

/** The smallest span that covers both; they must be of one source. */
export function cover(first: Span, second: Span): Span {
  return {
    source: first.source,
    start: Math.min(first.start, second.start),
    end: Math.max(first.end, second.end),
  };
}

/** The text that a span names. */
export function textOf(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

/** An empty span where the given one ends: where an insertion goes. */
export function afterSpan(span: Span): Span {
  return { source: span.source, start: span.end, end: span.end };
}

/** An empty span where the given one starts. */
export function beforeSpan(span: Span): Span {
  return { source: span.source, start: span.start, end: span.start };
}
