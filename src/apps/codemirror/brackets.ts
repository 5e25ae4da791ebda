/** Brackets of a program: how deep a place stands, and where what is opened ends. */
import type { Text } from "@codemirror/state";
import { wordsOfLine, type ColouredWord, type OpenSpans } from "../../service/index.js";

const DEPTHS: Readonly<Record<string, number>> = { "{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1 };

/** The brackets of a line in their order; those in comments, remarks in quotes and the like are none. */
export function bracketsOf(line: string, words: readonly ColouredWord[]): { at: number; change: number }[] {
  return words
    .filter(({ scope }) => scope.startsWith("punctuation.section"))
    .flatMap(({ start, end }) =>
      Array.from(line.slice(start, end), (sign, index) => ({ at: start + index, change: DEPTHS[sign] ?? 0 })),
    );
}

/** Lines that are looked at for the end of what is opened: folding is asked for while somebody scrolls. */
const MOST_LINES = 5_000;

/** What can be folded away that opens on a line: what stands between a bracket and its end on a later one. */
export function foldOf(doc: Text, number: number): { from: number; to: number } | null {
  const first = doc.line(number);
  const opened = openedOn(first.text);
  if (opened === undefined) return null;
  let depth = 1;
  let open: OpenSpans = wordsOfLine(first.text).open;
  for (let next = number + 1; next <= Math.min(doc.lines, number + MOST_LINES); next++) {
    const line = doc.line(next);
    const { words, open: after } = wordsOfLine(line.text, open);
    open = after;
    for (const { at, change } of bracketsOf(line.text, words)) {
      depth += change;
      if (depth === 0) return { from: first.from + opened + 1, to: line.from + at };
    }
  }
  return null;
}

/** The outermost bracket of a line that it leaves open. */
function openedOn(line: string): number | undefined {
  const open: number[] = [];
  for (const { at, change } of bracketsOf(line, wordsOfLine(line).words)) {
    if (change > 0) open.push(at);
    else open.pop();
  }
  return open[0];
}

/** Comments on lines below each other: all but the first line. */
export function commentFoldOf(doc: Text, number: number): { from: number; to: number } | null {
  const isComment = (line: number) => line >= 1 && line <= doc.lines && /^\s*#/.test(doc.line(line).text);
  if (!isComment(number) || isComment(number - 1)) return null;
  let last = number;
  while (last < number + MOST_LINES && isComment(last + 1)) last++;
  return last === number ? null : { from: doc.line(number).to, to: doc.line(last).to };
}
