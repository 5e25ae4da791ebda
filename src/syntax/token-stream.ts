/** The words of a text in order, with its comments and line ends: what a formatter prints again. */
import type { IToken } from "chevrotain";
import type { SourceText } from "../base/source.js";
import { matchBrackets } from "./brackets.js";
import { programLexer } from "./tokens.js";

export interface SourceToken {
  /** `Dash`, `Mnemonic`, `Newline`, `Comment`: tokens that end a claim are named as their twins outside of claims. */
  readonly kind: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Set at the end of a line that means nothing: within parentheses, or between a heading and its brace. */
  readonly isIgnored?: true;
}

/** All words of a program without syntax errors. */
export function tokenStream(source: SourceText): SourceToken[] {
  const lexed = programLexer().tokenize(source.text);
  const kept = new Set(matchBrackets(source, lexed.tokens).tokens);
  const words = lexed.tokens.map((token) => sourceToken(token, !kept.has(token)));
  const comments = (lexed.groups["comments"] ?? []).map((token) => sourceToken(token, false));
  return merged(words, comments);
}

function sourceToken({ image, startOffset, tokenType }: IToken, isIgnored: boolean): SourceToken {
  const twin = tokenType.CATEGORIES?.[0]?.name;
  const place = { text: image, start: startOffset, end: startOffset + image.length };
  return { kind: twin ?? tokenType.name, ...place, ...(isIgnored ? { isIgnored } : {}) };
}

/** Two lists in the order of the text as one. */
function merged(words: readonly SourceToken[], comments: readonly SourceToken[]): SourceToken[] {
  const all: SourceToken[] = [];
  let next = 0;
  for (const word of words) {
    while (next < comments.length && comments[next]!.start < word.start) all.push(comments[next++]!);
    all.push(word);
  }
  return [...all, ...comments.slice(next)];
}
