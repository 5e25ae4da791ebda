/** A text cut between its declarations, without parsing it: what an edit does not touch need not be read again. */
import { GOES_ON } from "../../syntax/bracket-layout.js";

/** What begins a declaration at the start of a line; caught is what can only stand outside of all brackets. */
const DECLARATION = /(?:(net|block|fn|use)|let|default|output|assert|train)\b/y;

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

/** From a line that can only stand outside of brackets to the next. */
interface Section {
  /** Brackets that are open before it, and the fewest in it. */
  readonly depth: number;
  lowest: number;
  /** Where parts may begin, with the comments directly above. */
  readonly candidates: { readonly start: number; readonly depth: number }[];
}

/**
 * Where its parts start, from 0. Comments above a declaration belong to it. Where brackets do not match, a declaration ends where
 * the parser takes it to end: before the next one that begins a line without a blank before it.
 */
export function chunkStarts(text: string): number[] {
  let depth = 0;
  let section: Section = { depth, lowest: 0, candidates: [] };
  const sections = [section];
  let last = 0;
  /** Where the comments directly above the line begin. */
  let comments: number | undefined;
  for (let at = 0, isLineStart = true; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const sign = code < 128 ? SIGNS[code]! : Sign.Plain;
    if (isLineStart) {
      isLineStart = false;
      DECLARATION.lastIndex = at;
      const declaration = sign === Sign.Plain ? DECLARATION.exec(text) : null;
      if (declaration && !GOES_ON.includes(String.fromCharCode(last))) {
        if (declaration[1]) sections.push((section = { depth, lowest: depth, candidates: [] }));
        section.candidates.push({ start: comments ?? at, depth });
      }
      comments = sign === Sign.Comment ? (comments ?? at) : undefined;
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
        if (--depth < section.lowest) section.lowest = depth;
        break;
    }
  }
  const isWhole = depth === 0 && sections.every(({ lowest }) => lowest >= 0);
  const starts = sections.flatMap((one, index) => {
    const isBalanced = one.lowest >= one.depth && (sections[index + 1]?.depth ?? depth) === one.depth;
    if (!isWhole && !isBalanced) return one.candidates;
    const outside = isWhole ? 0 : one.depth;
    return one.candidates.filter((candidate) => candidate.depth === outside);
  });
  return [0, ...starts.map(({ start }) => start).filter((start) => start > 0)];
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
