/** Words ready to be printed: remarks and claims in one piece, dashes told apart, ends of lines that mean nothing left out. */
import type { SourceText } from "../base/source.js";
import type { Program } from "../syntax/ast.js";
import { tokenStream, type SourceToken } from "../syntax/token-stream.js";
import { placesOf, type Place } from "./places.js";

export type WordKind =
  /** A dash or an arrow between layers. */
  | "then"
  /** What is printed as it stands: a remark, a claim. */
  | "verbatim"
  | "comment"
  | "newline"
  /** `[`, `]` of a size. */
  | "openSize"
  | "closeSize"
  | "repeat"
  | "stride"
  /** `+ * / // % ^` in an expression. */
  | "operator"
  | "comparison"
  /** Everything else, by its own text: brackets, commas, names. */
  | "plain";

export interface Word {
  readonly kind: WordKind;
  /** The token's kind in the language. */
  readonly token: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether nothing, not even a blank, stands before it. */
  readonly touches: boolean;
  /** Columns of blanks before it, on its line. */
  readonly blanks: number;
  /** Columns from the start of its line. */
  readonly column: number;
  /** Of a comment: whether it has a line of its own. */
  readonly ownLine: boolean;
}

const OPERATORS = new Set(["Star", "Slash", "DoubleSlash", "Plus", "Percent", "Caret"]);
const COMPARISONS = new Set(["DoubleEquals", "NotEquals", "LessEqual", "GreaterEqual", "Less", "Greater"]);
const CLAIM_PARTS = new Set(["ClaimQuantity", "ClaimOperator", "ClaimEquals", "ClaimText"]);

/** The words of a program without syntax errors, in order. */
export function wordsOf(source: SourceText, program: Program): Word[] {
  const places = placesOf(program);
  const stream = joinPieces(source.text, tokenStream(source), places.remarks);
  const tokens = stream.filter((token, index) => token.kind !== "Newline" || isLineEnd(stream, index));
  const expressions = new Cursor(places.expressions);
  let depth = 0;
  let lineStart = 0;
  let previousEnd = 0;
  let isSize = false;
  return tokens.map((token, index) => {
    if (token.kind === "LeftParen") depth++;
    if (token.kind === "RightParen") depth--;
    const isExpression = depth > 0 || expressions.covers(token.start);
    const next = tokens[index + 1]?.kind;
    if (token.kind === "LeftSquare") isSize = next === "Size" || next === "NumberLiteral";
    const kind = isTightCapital(tokens, index) ? "plain" : kindOf(token, isExpression, isSize);
    const between = source.text.slice(previousEnd, token.start);
    const lastBreak = between.lastIndexOf("\n");
    if (lastBreak >= 0) lineStart = previousEnd + lastBreak + 1;
    // Behind the end of a line, or with one between.
    const isFirst = lineStart >= previousEnd;
    const word: Word = {
      kind,
      token: token.kind,
      text: token.kind === "Comment" ? token.text.trimEnd() : token.text,
      start: token.start,
      end: token.end,
      touches: previousEnd === token.start,
      blanks: lastBreak >= 0 ? 0 : between.length,
      column: token.start - lineStart,
      ownLine: isFirst,
    };
    previousEnd = token.end;
    if (token.kind === "Newline") lineStart = token.end;
    return word;
  });
}

function kindOf({ kind }: SourceToken, isExpression: boolean, isSize: boolean): WordKind {
  if (kind === "Newline") return "newline";
  if (kind === "Comment") return "comment";
  if (kind === "Claim" || kind === "Remark") return "verbatim";
  if (kind === "LeftSquare") return isSize ? "openSize" : "plain";
  if (kind === "RightSquare") return isSize ? "closeSize" : "plain";
  if (COMPARISONS.has(kind)) return "comparison";
  if (isExpression) return OPERATORS.has(kind) ? "operator" : "plain";
  if (kind === "Dash" || kind === "Arrow") return "then";
  if (kind === "Star") return "repeat";
  return kind === "Slash" ? "stride" : "plain";
}

/** `CONV3-C`, where a count is meant that is written otherwise: with blanks it would be another mistake. */
function isTightCapital(tokens: readonly SourceToken[], index: number): boolean {
  const [before, dash, name] = [tokens[index - 1], tokens[index]!, tokens[index + 1]];
  if (dash.kind !== "Dash" || before?.kind !== "Mnemonic" || name?.kind !== "Name") return false;
  return before.end === dash.start && dash.end === name.start && name.text.length === 1;
}

/** Whether the end of a line parts two statements; before `else` it does not. */
function isLineEnd(tokens: readonly SourceToken[], index: number): boolean {
  if (tokens[index]!.isIgnored) return false;
  let next = index;
  while (tokens[next]?.kind === "Newline" || tokens[next]?.kind === "Comment") next++;
  return tokens[next]?.kind !== "Else";
}

/** Remarks and claims as one token each. */
function joinPieces(text: string, tokens: readonly SourceToken[], remarks: readonly Place[]): SourceToken[] {
  const joined: SourceToken[] = [];
  const places = new Cursor(remarks);
  for (let index = 0; index < tokens.length; index++) {
    const first = tokens[index]!;
    const remark = places.at(first.start);
    const isClaim = first.kind === "ClaimKey";
    if (!isClaim && remark?.start !== first.start) {
      joined.push(first);
      continue;
    }
    const isInside = ({ kind, start }: SourceToken) => (isClaim ? CLAIM_PARTS.has(kind) : start < remark!.end);
    while (tokens[index + 1] && isInside(tokens[index + 1]!)) index++;
    const { end } = tokens[index]!;
    const piece = text.slice(first.start, end);
    const written = isClaim ? piece.replace(/^(\w+)\s*:\s*(?=\S)/, "$1: ") : piece;
    joined.push({ kind: isClaim ? "Claim" : "Remark", text: written, start: first.start, end });
  }
  return joined;
}

/** Looks up places in the order of the text. */
class Cursor {
  private index = 0;

  constructor(private readonly places: readonly Place[]) {}

  /** The place that covers an offset; offsets may only rise. */
  at(offset: number): Place | undefined {
    while (this.index < this.places.length && this.places[this.index]!.end <= offset) this.index++;
    const place = this.places[this.index];
    return place && place.start <= offset ? place : undefined;
  }

  covers(offset: number): boolean {
    return this.at(offset) !== undefined;
  }
}
