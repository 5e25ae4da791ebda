/** A text cut between its declarations, without parsing it: what an edit does not touch need not be read again. */

/** What begins a declaration at the start of a line. */
const DECLARATION = /(?:net|block|fn|let|use|default|output|assert|train)\b/y;

/** Signs after which the next line goes on with what was begun. */
export const GOES_ON = "-=(,|:+*/%^<>[{@";

/** What a sign means for where parts start, by its code: all of the text is looked at for each keystroke. */
const enum Sign {
  Plain,
  Blank,
  LineBreak,
  Comment,
  Quote,
  Opening,
  Closing,
}

const SIGNS = new Uint8Array(128);
for (let code = 0; code <= 32; code++) SIGNS[code] = Sign.Blank;
for (const [signs, meaning] of [
  ["\n", Sign.LineBreak],
  ["#", Sign.Comment],
  ['"', Sign.Quote],
  ["{([", Sign.Opening],
  ["})]", Sign.Closing],
] as const)
  for (const sign of signs) SIGNS[sign.charCodeAt(0)] = meaning;

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
    const sign = code < 128 ? SIGNS[code]! : Sign.Plain;
    if (isLineStart) {
      isLineStart = false;
      if (depth === 0) {
        DECLARATION.lastIndex = at;
        if (DECLARATION.test(text) && !GOES_ON.includes(String.fromCharCode(last))) {
          const start = comments ?? at;
          if (start > 0) starts.push(start);
        }
        if (sign === Sign.Comment) comments ??= at;
        else comments = undefined;
      }
    }
    switch (sign) {
      case Sign.Plain:
        last = code;
        break;
      case Sign.Blank:
        break;
      case Sign.LineBreak:
        isLineStart = true;
        break;
      case Sign.Comment:
        at = (text.indexOf("\n", at) + 1 || text.length + 1) - 2;
        break;
      case Sign.Quote:
        last = code;
        at = endOfQuotes(text, at);
        break;
      case Sign.Opening:
        last = code;
        depth++;
        break;
      case Sign.Closing:
        last = code;
        if (--depth < 0) return undefined;
        break;
    }
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
