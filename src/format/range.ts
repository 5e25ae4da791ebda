/** The changes that lay a program out, all of them or those of some of its lines. */
import { gapsBetween, type Gap } from "./gaps.js";
import { LayoutFault } from "./layout-fault.js";
import { PlainText } from "./line-ends.js";
import { printedText, type LayoutOptions } from "./print-program.js";
import { CnnSyntaxError, readProgram } from "./read-program.js";
import { haveSameMeaning } from "./same-meaning.js";

/** A stretch of a text and what to write there instead. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The changes of the lines that a range touches, as they are where the whole text is laid out. Lines that can only change
 * together, such as a heading and its brace on the next one, are changed if one of them is in the range. Ends of lines stay
 * what they are. Errors: `CnnSyntaxError`; `LayoutFault` where the program would not stay the same.
 */
export function layoutChanges(text: string, options: LayoutOptions, range?: Range): TextChange[] {
  const plain = new PlainText(text);
  const lines = range && { start: plain.offset(range.start), end: plain.offset(range.end) };
  return plain.changes(changesTo(plain.text, printedText(readProgram(plain.text), options), lines));
}

/** The changes of the lines that a range touches, without it of all, after which they are as in another text. */
export function changesTo(text: string, after: string, range: Range = { start: 0, end: text.length }): TextChange[] {
  if (after === text) return [];
  // With a line end around both, their first and last lines are as all others. Offsets of gaps count the first one.
  const gaps = gapsBetween(`\n${text}\n`, `\n${after}\n`);
  const changes = gaps && changesOfLines(text, gaps, range);
  if (!changes || !haveSameMeaning(text, applyChanges(text, changes))) {
    throw new LayoutFault("the formatter would change what these lines mean: they stay as they are");
  }
  return changes;
}

/** `layoutChanges`, or undefined where there are none to be had. */
export function changesOrNone(text: string, options: LayoutOptions, range?: Range): TextChange[] | undefined {
  try {
    return layoutChanges(text, options, range);
  } catch (error) {
    if (error instanceof CnnSyntaxError || error instanceof LayoutFault) return undefined;
    throw error;
  }
}

/** A text after changes, which are in order and do not touch each other. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = "";
  let from = 0;
  for (const { start, end, text: written } of changes) {
    result += text.slice(from, start) + written;
    from = end;
  }
  return result + text.slice(from);
}

/** A place where a line ends in both texts: nothing that stands before it depends on what stands behind it. */
interface Seam {
  readonly gap: Gap;
  /** The first and the last line end of the gap in the text as it is. */
  readonly first: number;
  readonly last: number;
}

function seamsOf(text: string, gaps: readonly Gap[]): Seam[] {
  return gaps.flatMap((gap) => {
    const before = text.slice(gap.start, gap.end);
    const ends = [before, gap.text].map((blanks) => blanks.lastIndexOf("\n"));
    if (ends.some((end) => end < 0)) return [];
    // A bar that comes or goes at the end of a line belongs to two lines.
    if ([before.slice(0, ends[0]), gap.text.slice(0, ends[1])].some((head) => head.includes("|"))) return [];
    return [{ gap, first: gap.start + before.indexOf("\n"), last: gap.start + ends[0]! }];
  });
}

/** Of all changes those of the lines that a range touches. */
function changesOfLines(inner: string, gaps: readonly Gap[], range: Range): TextChange[] {
  const text = `\n${inner}\n`;
  const lines = linesOf(text, range);
  const seams = seamsOf(text, gaps);
  // Those around the text are among them.
  const from = seams.findLast(({ first }) => first < lines.start);
  const to = seams.find(({ last }) => last >= lines.end);
  if (!from || !to) return [];
  const changes: TextChange[] = [];
  for (const gap of gaps) {
    if (gap.start < from.gap.start || gap.start > to.gap.start) continue;
    const [isFirst, isLast] = [gap === from.gap, gap === to.gap];
    if (!isFirst && !isLast) changes.push(gap);
    else changes.push(...edgeChanges(isFirst ? from : to, lines, { isFirst, isLast }));
  }
  return changes
    .map((change) => trimmed(text, change))
    .filter(({ start, end, text: written }) => text.slice(start, end) !== written)
    .map(({ start, end, text: written }) => ({ start: start - 1, end: end - 1, text: written }));
}

/** The whole lines of a range, without the end of the last one. A range that ends where a line starts ends before that line. */
function linesOf(text: string, range: Range): Range {
  const [start, end] = [range.start + 1, range.end + 1];
  const isAtStart = end > start && text[end - 1] === "\n" && end < text.length - 1;
  const last = isAtStart ? end - 1 : end;
  return { start: text.lastIndexOf("\n", start - 1) + 1, end: text.indexOf("\n", last) };
}

/**
 * What changes at the first or the last seam of a range: the indentation of the line behind it, the blanks that end the line
 * before it, and the blank lines between them where all of those are in the range.
 */
function edgeChanges(
  { gap, first, last }: Seam,
  lines: Range,
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
): TextChange[] {
  const written = gap.text;
  const [head, tail] = [written.indexOf("\n"), written.lastIndexOf("\n")];
  const isWhole = lines.start <= first + 1 && lines.end >= last;
  const changes: TextChange[] = [];
  if (isLast && !isFirst) changes.push({ start: gap.start, end: first, text: written.slice(0, head) });
  // Of the line ends around the text, which are not its own, both stay.
  const own = first === 0 ? 1 : 0;
  if (isWhole) changes.push({ start: first + own, end: last + own, text: written.slice(head + own, tail + own) });
  if (isFirst && !isLast) changes.push({ start: last + 1, end: gap.end, text: written.slice(tail + 1) });
  return changes;
}

/** A change without what stays at its start and its end. */
function trimmed(text: string, { start, end, text: written }: TextChange): TextChange {
  const most = Math.min(end - start, written.length);
  let [head, tail] = [0, 0];
  while (head < most && text[start + head] === written[head]) head++;
  while (tail < most - head && text[end - 1 - tail] === written[written.length - 1 - tail]) tail++;
  return { start: start + head, end: end - tail, text: written.slice(head, written.length - tail) };
}
