/** `# prettier-ignore`: what starts on the next line stays as it is written, with all of its brackets. */
import type { Place } from "./places.js";
import type { Word } from "./words.js";

/** On a line of its own, where the bar of a branch may stand before it. */
function isIgnoreComment({ kind, ownLine, text }: Word, before: Word | undefined): boolean {
  return kind === "comment" && (ownLine || before?.token === "Bar") && /^#\s*prettier-ignore$/.test(text);
}

/** Words in which each kept line is one word, printed as it stands. */
export function withKeptLines(text: string, words: readonly Word[]): readonly Word[] {
  const lines = keptLines(words);
  if (lines.length === 0) return words;
  const result: Word[] = [];
  let from = 0;
  for (const { first, last } of lines) {
    const [start, end] = [words[first]!, words[last]!.end];
    const kept = text.slice(start.start, end).trimEnd();
    result.push(...words.slice(from, first), { ...start, kind: "verbatim", token: "Kept", text: kept, end });
    from = last + 1;
  }
  return [...result, ...words.slice(from)];
}

/** Where in the text the kept lines stand. */
export function keptPlaces(words: readonly Word[]): Place[] {
  return keptLines(words).map(({ first, last }) => ({ start: words[first]!.start, end: words[last]!.end }));
}

/** The first and the last word of each kept line. */
function keptLines(words: readonly Word[]): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  for (let index = 0; index < words.length; index++) {
    if (!isIgnoreComment(words[index]!, words[index - 1])) continue;
    let first = index + 1;
    // As everywhere in Prettier, other comments and blank lines may stand between.
    while (words[first] && (words[first]!.kind === "newline" || words[first]!.ownLine) && isBetween(words[first]!))
      first++;
    // The bar of a branch is the formatter's to place.
    if (words[first]?.token === "Bar") first++;
    const last = startsLine(words[first]) ? endOfLine(words, first) : first - 1;
    if (last >= first) found.push({ first, last });
    index = Math.max(index, last);
  }
  return found;
}

const isBetween = ({ kind }: Word) => kind === "newline" || kind === "comment";

/** Not a comment behind a bar, and not what goes on with `else`. */
const startsLine = (word: Word | undefined) =>
  word !== undefined && word.kind !== "comment" && word.kind !== "newline" && word.token !== "Else";

/** The last word of the line that starts at an index, brackets over several lines included; before it where there is none. */
function endOfLine(words: readonly Word[], first: number): number {
  let depth = 0;
  let index = first;
  for (; index < words.length; index++) {
    const { kind, token } = words[index]!;
    if (kind === "newline" && depth === 0) break;
    if (OPENING.has(token)) depth++;
    if (CLOSING.has(token) && --depth < 0) break;
  }
  return index - 1;
}

const OPENING = new Set(["LeftCurly", "LeftSquare", "LeftParen"]);
const CLOSING = new Set(["RightCurly", "RightSquare", "RightParen"]);
