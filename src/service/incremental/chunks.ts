/** A text cut between its declarations, without parsing it: what an edit does not touch need not be read again. */

/** What begins a declaration at the start of a line. */
const DECLARATION = /(?:net|block|fn|let|use|default|output|assert|train)\b/y;

/** Signs after which the next line goes on with what was begun. */
const GOES_ON = new Set("-=(,|:+*/%^<>[{@".split(""));

/**
 * Where its parts start, from 0; none where brackets do not match, so that what belongs together is not known. Comments
 * above a declaration belong to it.
 */
export function chunkStarts(text: string): number[] | undefined {
  const starts = [0];
  let depth = 0;
  let last = "";
  /** Where the comments directly above the line begin. */
  let comments: number | undefined;
  for (let at = 0, isLineStart = true; at < text.length; at++) {
    const sign = text[at]!;
    if (isLineStart && depth === 0) {
      DECLARATION.lastIndex = at;
      if (DECLARATION.test(text) && !GOES_ON.has(last)) {
        const start = comments ?? at;
        if (start > 0) starts.push(start);
      }
      if (sign === "#") comments ??= at;
      else comments = undefined;
    }
    isLineStart = sign === "\n";
    if (sign === "#") {
      const end = text.indexOf("\n", at);
      at = (end < 0 ? text.length : end) - 1;
      isLineStart = false;
    } else if (sign === '"') {
      at = endOfQuotes(text, at);
      last = sign;
    } else if (sign === "{" || sign === "(" || sign === "[") {
      depth++;
      last = sign;
    } else if (sign === "}" || sign === ")" || sign === "]") {
      if (--depth < 0) return undefined;
      last = sign;
    } else if (sign > " ") last = sign;
  }
  return depth === 0 ? starts : undefined;
}

/** Quotes end on their line, or are a sign by themselves. */
function endOfQuotes(text: string, start: number): number {
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at++) if (text[at] === '"') return at;
  return start;
}

/** The stretch of a text that another one has in its place. */
export interface Change {
  readonly start: number;
  /** Where it ends in the text before. */
  readonly end: number;
  /** How much longer the text has become. */
  readonly delta: number;
}

/** The smallest stretch in which two texts differ. */
export function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < most - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { start, end: before.length - same, delta: after.length - before.length };
}
