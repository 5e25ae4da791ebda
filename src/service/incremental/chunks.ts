/** A text cut between its declarations, without parsing it: what an edit does not touch need not be read again. */

/** What begins a declaration at the start of a line. */
const DECLARATION = /(?:net|block|fn|let|use|default|output|assert|train)\b/y;

/** Signs after which the next line goes on with what was begun. */
const GOES_ON = codesOf("-=(,|:+*/%^<>[{@");
const OPENING = codesOf("{([");
const CLOSING = codesOf("})]");
const [LINE_BREAK, BLANK, QUOTE, HASH] = ["\n", " ", '"', "#"].map((sign) => sign.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
];

function codesOf(signs: string): ReadonlySet<number> {
  return new Set(signs.split("").map((sign) => sign.charCodeAt(0)));
}

/**
 * Where its parts start, from 0; none where brackets do not match, so that what belongs together is not known. Comments
 * above a declaration belong to it.
 */
export function chunkStarts(text: string): number[] | undefined {
  const starts = [0];
  let depth = 0;
  let last = 0;
  /** Where the comments directly above the line begin. */
  let comments: number | undefined;
  for (let at = 0, isLineStart = true; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isLineStart && depth === 0) {
      DECLARATION.lastIndex = at;
      if (DECLARATION.test(text) && !GOES_ON.has(last)) {
        const start = comments ?? at;
        if (start > 0) starts.push(start);
      }
      if (code === HASH) comments ??= at;
      else comments = undefined;
    }
    isLineStart = code === LINE_BREAK;
    if (code <= BLANK) continue;
    if (code === HASH) {
      const end = text.indexOf("\n", at);
      at = (end < 0 ? text.length : end) - 1;
      continue;
    }
    last = code;
    if (code === QUOTE) at = endOfQuotes(text, at);
    else if (OPENING.has(code)) depth++;
    else if (CLOSING.has(code) && --depth < 0) return undefined;
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

/** Characters that are compared at once. */
const STRETCH = 1_024;

/** The smallest stretch in which two texts differ. */
export function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start + STRETCH < most && before.slice(start, start + STRETCH) === after.slice(start, start + STRETCH))
    start += STRETCH;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  const stretch = (text: string) => text.slice(text.length - same - STRETCH, text.length - same);
  while (same + STRETCH < most - start && stretch(before) === stretch(after)) same += STRETCH;
  while (
    same < most - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { start, end: before.length - same, delta: after.length - before.length };
}
