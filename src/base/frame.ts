/** The pretty form of a diagnostic: message, place, code frame with the span underlined, related places, notes, help. */
import { messageOf, type Diagnostic, type Severity } from "./diagnostics.js";
import type { SourceText, Span } from "./source.js";
import { visible } from "./visible.js";

/** How text is coloured; the identity where colours are off. */
export interface Paint {
  severity(severity: Severity, text: string): string;
  strong(text: string): string;
  dim(text: string): string;
  help(text: string): string;
}

export const plainPaint: Paint = {
  severity: (_severity, text) => text,
  strong: (text) => text,
  dim: (text) => text,
  help: (text) => text,
};

/** Longest source line shown whole; of longer ones only the part around the marks is shown. */
const LINE_LIMIT = 160;

interface Mark {
  line: number;
  /** From 0. */
  from: number;
  to: number;
  primary: boolean;
  text: string;
}

/** Renders one diagnostic, without a line break at its end. What stands under the frame is wrapped at `width` columns. */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  paint: Paint = plainPaint,
  width = Number.POSITIVE_INFINITY,
): string {
  const { span, severity } = diagnostic;
  const { line, column } = span.source.position(span.start);
  const related = diagnostic.related.filter((place) => place.span.source === span.source);
  const marks = [markOf(span, true, ""), ...related.map((place) => markOf(place.span, false, place.text))];
  const gutter = Math.max(...marks.map((mark) => String(mark.line).length)) + 1;
  const bar = paint.dim(`${" ".repeat(gutter)} |`);
  const heading = paint.severity(severity, `${severity}[${diagnostic.code}]`);
  // Of an empty file there is nothing to show.
  const frame = span.source.text === "" ? [] : [bar, ...frameLines(span.source, marks, gutter, severity, paint)];
  const output = [
    `${heading}: ${paint.strong(visible(messageOf(diagnostic)))}${diagnostic.rule ? paint.dim(` (${diagnostic.rule})`) : ""}`,
    `${" ".repeat(gutter - 1)}${paint.dim("-->")} ${visible(span.source.path)}:${line}:${column}`,
    ...frame,
  ];
  const elsewhere = diagnostic.related.filter((place) => place.span.source !== span.source);
  const equals = `${" ".repeat(gutter)} ${paint.dim("=")}`;
  const tail = [
    ...elsewhere.map((place) => {
      const at = place.span.source.position(place.span.start);
      return `${equals} ${place.text} (${place.span.source.path}:${at.line}:${at.column})`;
    }),
    ...diagnostic.notes.map((note) => `${equals} ${wrap(visible(note), width, gutter + 3)}`),
    ...diagnostic.fixes.map(
      (fix) => `${equals} ${paint.help("help:")} ${wrap(visible(fix.title), width - 6, gutter + 3)}`,
    ),
  ];
  if (tail.length > 0) output.push(bar, ...tail);
  return output.join("\n");
}

/** Breaks a text at spaces, so that with its indent it fits the width. */
function wrap(text: string, width: number, indent: number): string {
  const room = Math.max(20, width - indent);
  if (text.length <= room) return text;
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= room) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}

function markOf(span: Span, primary: boolean, text: string): Mark {
  const start = span.source.position(span.start);
  const end = span.source.position(Math.max(span.start, span.end - 1));
  // A span over several lines is underlined on its first.
  const lineLength = span.source.line(start.line).length;
  const to = end.line > start.line ? lineLength : start.column - 1 + Math.max(1, span.end - span.start);
  return { line: start.line, from: start.column - 1, to: Math.max(to, start.column), primary, text };
}

function frameLines(source: SourceText, marks: Mark[], gutter: number, severity: Severity, paint: Paint): string[] {
  const output: string[] = [];
  const lines = [...new Set(marks.map((mark) => mark.line))].sort((a, b) => a - b);
  let previous: number | undefined;
  for (const number of lines) {
    if (previous !== undefined && number > previous + 1) output.push(paint.dim(`${" ".repeat(gutter)}...`));
    previous = number;
    const here = marks.filter((mark) => mark.line === number).sort((a, b) => a.from - b.from);
    const { text, offset } = windowOf(source.line(number), here);
    output.push(`${paint.dim(`${String(number).padStart(gutter)} |`)} ${text}`);
    output.push(...underlines(here, offset, gutter, severity, paint));
  }
  return output;
}

/** Cuts a very long line to the part around its marks. */
function windowOf(line: string, marks: Mark[]): { text: string; offset: number } {
  const clean = visible(line.replaceAll("\t", " "));
  if (clean.length <= LINE_LIMIT) return { text: clean, offset: 0 };
  const first = Math.min(...marks.map((mark) => mark.from));
  const start = Math.max(0, Math.min(first - 40, clean.length - LINE_LIMIT));
  const cut = clean.slice(start, start + LINE_LIMIT);
  if (start === 0) return { text: cut + "...", offset: 0 };
  const end = start + LINE_LIMIT < clean.length ? "..." : "";
  return { text: `...${cut}${end}`, offset: start - 3 };
}

/** One line of `^^^^` and `----`; texts that do not fit behind their mark go on lines of their own. */
function underlines(marks: Mark[], offset: number, gutter: number, severity: Severity, paint: Paint): string[] {
  const paintMark = (mark: Mark, text: string) => (mark.primary ? paint.severity(severity, text) : paint.dim(text));
  const prefix = `${paint.dim(`${" ".repeat(gutter)} |`)} `;
  let line = "";
  let width = 0;
  const shown: Mark[] = [];
  for (const mark of marks) {
    const from = Math.max(0, mark.from - offset);
    if (from < width || from > LINE_LIMIT + 6) continue; // covered by a mark already, or outside of the part shown
    const to = Math.min(mark.to - offset, LINE_LIMIT + 6);
    line += " ".repeat(from - width) + paintMark(mark, (mark.primary ? "^" : "-").repeat(Math.max(1, to - from)));
    width = Math.max(from + 1, to);
    shown.push(mark);
  }
  const last = shown[shown.length - 1];
  const output = [prefix + line + (last?.text ? ` ${paintMark(last, last.text)}` : "")];
  for (const mark of [...shown].reverse()) {
    if (mark === last || !mark.text) continue;
    output.push(`${prefix}${" ".repeat(Math.max(0, mark.from - offset))}${paintMark(mark, mark.text)}`);
  }
  return output;
}
