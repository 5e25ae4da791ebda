/**
 * Brackets, matched on the tokens before anything is parsed. The parser alone would only see where it got lost; here each
 * bracket without its partner is one message, and is taken out (or, for the brace of a net, put in), so that the rest is
 * read as it was meant.
 */
import type { IToken, TokenType } from "chevrotain";
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { SourceText, Span } from "../base/source.js";
import { LineLayout, sectionsOf } from "./bracket-layout.js";
import { closingFixes } from "./bracket-mends.js";
import { spanOfToken } from "./cst.js";
import { strayBracket, tooDeep, unclosedBracket, unexpectedToken } from "./diagnostics.js";
import * as t from "./tokens.js";

/** Layers that have branches: behind them other brackets are taken for braces. */
export const MERGING = /^(ADD|MUL|MAX|MEAN|CONCAT)$/;

const PAIRS = new Map([
  ["[", "]"],
  ["{", "}"],
  ["(", ")"],
]);
const OPENERS = new Map([...PAIRS].map(([open, close]) => [close, open]));

/** The parser works its way down bracket by bracket, and so would use up the stack. */
const DEEPEST = 32;

/** For how many stray braces a heading is looked for: each look reads what stands before it. */
const MOST_HEADINGS = 20;

const isOfClaim = (token: IToken) => token.tokenType.name.startsWith("Claim") && "()".includes(token.image);

/** The diagnostic of brackets that are nested more deeply than the parser goes. */
export function tooDeepAt(source: SourceText, tokens: readonly IToken[]): Diagnostic | undefined {
  const open: string[] = [];
  for (const token of tokens) {
    if (isOfClaim(token)) continue;
    if (PAIRS.has(token.image) && open.push(token.image) > DEEPEST) {
      return diagnose(tooDeep, spanOfToken(source, token), { limit: DEEPEST });
    }
    // As they are matched below: a closing bracket ends what is open inside of its pair, or nothing.
    const match = open.lastIndexOf(OPENERS.get(token.image) ?? "");
    if (match >= 0) open.length = match;
  }
  return undefined;
}

export interface MatchedBrackets {
  readonly tokens: IToken[];
  readonly diagnostics: Diagnostic[];
}

/**
 * The tokens with their brackets in order, and what was wrong with them. Where something is, it is looked for in the declaration
 * that it is in, and there by how the lines are laid out, unless that finds more mistakes than the brackets alone.
 */
export function matchBrackets(source: SourceText, tokens: readonly IToken[]): MatchedBrackets {
  const matched = match(source, tokens);
  if (matched.diagnostics.length === 0) return matched;
  const sections = sectionsOf(tokens).map((section) => {
    const bySigns = match(source, section);
    if (bySigns.diagnostics.length === 0) return bySigns;
    const byLines = match(source, section, new LineLayout(source, section));
    return byLines.diagnostics.length <= bySigns.diagnostics.length ? byLines : bySigns;
  });
  return {
    tokens: sections.flatMap((section) => section.tokens),
    diagnostics: sections.flatMap((section) => section.diagnostics),
  };
}

/** Places where the brackets of a text are not as its lines are laid out, whether or not they match. */
export function layoutFaults(source: SourceText, tokens: readonly IToken[]): Span[] {
  return sectionsOf(tokens).flatMap((section) =>
    match(source, section, new LineLayout(source, section)).diagnostics.map(({ span }) => span),
  );
}

/** `layout` tells which brackets lines end; without it the signs alone do. */
function match(source: SourceText, tokens: readonly IToken[], layout?: LineLayout): MatchedBrackets {
  const diagnostics: Diagnostic[] = [];
  const dropped = new Set<IToken>();
  const inserted = new Map<IToken, IToken[]>();
  const insert = (before: IToken, bracket: IToken) => {
    const known = inserted.get(before);
    if (known) known.push(bracket);
    else inserted.set(before, [bracket]);
  };
  const open: IToken[] = [];
  const positions = new Map<IToken, number>();
  let looks = 0;
  /** `end` is the last token of what it holds, where that is known. */
  const unclosed = (token: IToken, end?: IToken) => {
    const args = { open: token.image, close: PAIRS.get(token.image)! };
    const fixes = closingFixes(source, tokens, positions.get(token)!, args.close, end);
    diagnostics.push(diagnose(unclosedBracket, spanOfToken(source, token), args, { fixes }));
    // Else a net that is never closed goes on to the end; an expression ends with its line in any case.
    const position = positions.get(token)!;
    if (token.image === "{" && end) insert(end, bracketAfter(end, "}", t.RightCurly));
    if (token.image === "[" || (token.image === "(" && startsItem(tokens[position - 1]))) dropped.add(token);
    const before = token.image === "(" ? endOfParameters(tokens, position) : undefined;
    if (before) insert(before, bracketAfter(before, ")", t.RightParen));
  };
  tokens.forEach((token, index) => {
    if (isOfClaim(token)) return;
    // From the inside out, so that what is put in at the end of a line stands in this order.
    if (layout)
      for (const opener of open.splice(layout.firstEnded(open, index)).reverse())
        unclosed(opener, layout.endBefore(index));
    if (PAIRS.has(token.image)) {
      open.push(token);
      positions.set(token, index);
      if (token.image === "{") newlinesBehindHeading(tokens, index).forEach((newline) => dropped.add(newline));
    }
    const opener = OPENERS.get(token.image);
    if (!opener) return;
    const last = open.at(-1);
    const isLater = last !== undefined && last.image !== opener && closesOnLine(tokens, index, PAIRS.get(last.image)!);
    const isStray = isLater || (token.image === "}" && layout?.isInside(open, index));
    const partnerAt = isStray ? -1 : open.findLastIndex((candidate) => candidate.image === opener);
    if (partnerAt >= 0) {
      const [partner, ...inner] = open.splice(partnerAt);
      inner.reverse().forEach((token) => unclosed(token, layout?.endBefore(index)));
      // Lines end inside of parentheses as in any list of arguments, and inside of annotations.
      const start = positions.get(partner!)!;
      const isAnnotation = opener === "[" && [t.Size, t.NumberLiteral].includes(tokens[start + 1]!.tokenType);
      if (opener === "(" || isAnnotation) joinLines(tokens, start, index, dropped);
      return;
    }
    const heading = token.image === "}" && looks++ < MOST_HEADINGS ? headingWithoutBrace(tokens, index) : undefined;
    if (heading && !inserted.has(heading)) {
      insert(heading, braceAfter(heading));
      diagnostics.push(missingBrace(source, heading, tokens[tokens.indexOf(heading) + 1]!));
      return;
    }
    const merging = token.image === "}" ? mergingWithoutBrace(tokens, index) : undefined;
    if (merging && !inserted.has(merging)) {
      insert(merging, braceAfter(merging));
      diagnostics.push(missing(source, merging, `{ behind ${merging.image}`, tokens[index]!.image));
      return;
    }
    const span = spanOfToken(source, token);
    if (last && !isLater && isOneLine(tokens, positions.get(last)!, index)) {
      // `[CONV3-64 - RELU)*2`: the one bracket in place of the other.
      open.pop();
      const close = PAIRS.get(last.image)!;
      const args = { open: last.image, close };
      const fixes = [{ title: `write ${close} for ${token.image}`, edits: [{ span, text: close }] }];
      diagnostics.push(diagnose(unclosedBracket, spanOfToken(source, last), args, { fixes }));
      insert(token, bracketAfter(token, close, CLOSERS[close]!));
      dropped.add(token);
      return;
    }
    dropped.add(token);
    const fixes = [{ title: `remove the ${token.image}`, edits: [{ span, text: "" }] }];
    diagnostics.push(diagnose(strayBracket, span, { close: token.image, open: opener }, { fixes }));
  });
  open.reverse().forEach((token) => unclosed(token, layout?.endBefore(tokens.length)));
  if (dropped.size === 0 && inserted.size === 0) return { tokens: [...tokens], diagnostics };
  const matched = tokens.flatMap((token) => [...(dropped.has(token) ? [] : [token]), ...(inserted.get(token) ?? [])]);
  return { tokens: matched, diagnostics };
}

/** Lines that a pair of parentheses may span. */
const MOST_LINES = 20;

function joinLines(tokens: readonly IToken[], from: number, to: number, dropped: Set<IToken>): void {
  const ends = tokens.slice(from, to).filter(({ tokenType }) => tokenType === t.Newline);
  if (ends.length <= MOST_LINES) ends.forEach((end) => dropped.add(end));
}

/**
 * The last token of the nearest heading before a stray brace that has neither a brace nor an equals sign: of `net NAME ...` its line,
 * or where the brace stands on that line, too, its name and parameters.
 */
function headingWithoutBrace(tokens: readonly IToken[], before: number): IToken | undefined {
  for (let start = before - 1; start >= 0; start--) {
    const { tokenType } = tokens[start]!;
    if (tokenType !== t.Net && tokenType !== t.Block) continue;
    let end = start;
    while (end + 1 < before && tokens[end + 1]!.tokenType !== t.Newline) end++;
    const line = tokens.slice(start, end + 1);
    // An equals sign in parentheses is the default of a parameter.
    const named = line[2]?.image === "(" ? line.findIndex(({ image }) => image === ")") : Math.min(1, end - start);
    const rest = line.slice(named + 1);
    if (rest.some(({ tokenType }) => tokenType === t.LeftCurly || tokenType === t.Equals)) return undefined;
    return end + 1 === before ? line[named] : tokens[end];
  }
  return undefined;
}

/** `ADD CONV3-64 | ID }`: the last merging layer on the line that has no brace behind it, if there is a bar. */
function mergingWithoutBrace(tokens: readonly IToken[], before: number): IToken | undefined {
  let hasBar = false;
  for (let index = before - 1; index >= 0 && tokens[index]!.tokenType !== t.Newline; index--) {
    const { image } = tokens[index]!;
    hasBar ||= image === "|";
    if (MERGING.test(image)) return hasBar && !PAIRS.has(tokens[index + 1]!.image) ? tokens[index] : undefined;
  }
  return undefined;
}

/** Whether an item starts behind a token: parentheses there hold no expression. */
function startsItem(before: IToken | undefined): boolean {
  return !before || [t.Newline, t.Dash, t.Arrow].includes(before.tokenType) || "[{|)]}".includes(before.image);
}

/** Whether what is open inside of a closing bracket is closed behind it on the same line. */
function closesOnLine(tokens: readonly IToken[], from: number, close: string): boolean {
  let depth = 0;
  for (let index = from + 1; index < tokens.length && tokens[index]!.tokenType !== t.Newline; index++) {
    const { image } = tokens[index]!;
    if (image === close && depth === 0) return true;
    if (PAIRS.has(image)) depth++;
    else if (OPENERS.has(image)) depth = Math.max(0, depth - 1);
  }
  return false;
}

/** The ends of lines between a heading and its brace: `net A` and `{` on the next line. */
function newlinesBehindHeading(tokens: readonly IToken[], brace: number): IToken[] {
  let end = brace;
  while (tokens[end - 1]?.tokenType === t.Newline) end--;
  if (end === brace || end === 0) return [];
  for (let index = end - 1; index >= 0 && tokens[index]!.tokenType !== t.Newline; index--) {
    const { tokenType, image } = tokens[index]!;
    if (image === "{") return [];
    if ([t.Net, t.Block, t.If, t.Else].includes(tokenType)) return tokens.slice(end, brace);
  }
  return [];
}

function isOneLine(tokens: readonly IToken[], from: number, to: number): boolean {
  return !tokens.slice(from, to).some(({ tokenType }) => tokenType === t.Newline);
}

/** `net A(n = 3 {`: the last token of parameters that are never closed, before the brace of their heading. */
function endOfParameters(tokens: readonly IToken[], open: number): IToken | undefined {
  const keyword = tokens[open - 2]?.tokenType;
  if (keyword !== t.Net && keyword !== t.Block) return undefined;
  for (let index = open + 1; index < tokens.length && tokens[index]!.tokenType !== t.Newline; index++) {
    if (tokens[index]!.tokenType === t.LeftCurly) return tokens[index - 1];
  }
  return undefined;
}

const CLOSERS: Record<string, TokenType> = { "]": t.RightSquare, "}": t.RightCurly, ")": t.RightParen };

function braceAfter(token: IToken): IToken {
  return bracketAfter(token, "{", t.LeftCurly);
}

function bracketAfter(token: IToken, image: string, tokenType: TokenType): IToken {
  const offset = token.startOffset + token.image.length - 1;
  return { ...token, image, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx!, startOffset: offset, endOffset: offset };
}

/** `next` is the token that stands in place of the brace. */
function missingBrace(source: SourceText, heading: IToken, next: IToken): Diagnostic {
  const found = next.tokenType === t.Newline ? "the end of the line" : next.image;
  return missing(source, heading, "{ behind the name", found);
}

function missing(source: SourceText, before: IToken, expected: string, found: string): Diagnostic {
  const span = spanOfToken(source, before);
  const edits = [{ span: { source, start: span.end, end: span.end }, text: " {" }];
  return diagnose(unexpectedToken, span, { expected, found }, { fixes: [{ title: "write {", edits }] });
}
