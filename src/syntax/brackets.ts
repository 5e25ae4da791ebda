/**
 * Brackets, matched on the tokens before anything is parsed. The parser alone would only see where it got lost; here each
 * bracket without its partner is one message, and is taken out (or, for the brace of a net, put in), so that the rest is
 * read as it was meant.
 */
import type { IToken } from "chevrotain";
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { SourceText } from "../base/source.js";
import { spanOfToken } from "./cst.js";
import { strayBracket, tooDeep, unclosedBracket, unexpectedToken } from "./diagnostics.js";
import { Block, Equals, LeftCurly, Net, Newline } from "./tokens.js";

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

/** The tokens with their brackets in order, and what was wrong with them. */
export function matchBrackets(
  source: SourceText,
  tokens: readonly IToken[],
): { tokens: IToken[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const dropped = new Set<IToken>();
  const inserted = new Map<IToken, IToken>();
  const open: IToken[] = [];
  const positions = new Map<IToken, number>();
  let looks = 0;
  const unclosed = (token: IToken) => {
    const args = { open: token.image, close: PAIRS.get(token.image)! };
    diagnostics.push(diagnose(unclosedBracket, spanOfToken(source, token), args));
    // A net that is never closed goes on to the end; an expression ends with its line in any case.
    if (token.image === "[") dropped.add(token);
  };
  tokens.forEach((token, index) => {
    if (isOfClaim(token)) return;
    if (PAIRS.has(token.image)) {
      open.push(token);
      positions.set(token, index);
    }
    const opener = OPENERS.get(token.image);
    if (!opener) return;
    const match = open.findLastIndex((candidate) => candidate.image === opener);
    if (match >= 0) {
      const [partner, ...inner] = open.splice(match);
      inner.forEach(unclosed);
      // Lines end inside of parentheses as in any list of arguments.
      if (opener === "(") joinLines(tokens, positions.get(partner!)!, index, dropped);
      return;
    }
    const heading = token.image === "}" && looks++ < MOST_HEADINGS ? headingWithoutBrace(tokens, index) : undefined;
    if (heading && !inserted.has(heading)) {
      inserted.set(heading, braceAfter(heading));
      diagnostics.push(missingBrace(source, heading));
      return;
    }
    dropped.add(token);
    const span = spanOfToken(source, token);
    const fixes = [{ title: `remove the ${token.image}`, edits: [{ span, text: "" }] }];
    diagnostics.push(diagnose(strayBracket, span, { close: token.image, open: opener }, { fixes }));
  });
  open.forEach(unclosed);
  const matched = tokens.flatMap((token) => {
    const brace = inserted.get(token);
    return [...(dropped.has(token) ? [] : [token]), ...(brace ? [brace] : [])];
  });
  return { tokens: matched, diagnostics };
}

/** Lines that a pair of parentheses may span. */
const MOST_LINES = 20;

function joinLines(tokens: readonly IToken[], from: number, to: number, dropped: Set<IToken>): void {
  const ends = tokens.slice(from, to).filter(({ tokenType }) => tokenType === Newline);
  if (ends.length <= MOST_LINES) ends.forEach((end) => dropped.add(end));
}

/** The last token of the nearest `net NAME ...` or `block NAME ...` line before a stray brace that has neither a brace nor an equals sign. */
function headingWithoutBrace(tokens: readonly IToken[], before: number): IToken | undefined {
  for (let start = before - 1; start >= 0; start--) {
    const { tokenType } = tokens[start]!;
    if (tokenType !== Net && tokenType !== Block) continue;
    let end = start;
    while (end + 1 < before && tokens[end + 1]!.tokenType !== Newline) end++;
    const line = tokens.slice(start, end + 1);
    // An equals sign in parentheses is the default of a parameter.
    const parameters = line.findLastIndex(({ image }) => image === ")");
    const rest = line.slice(parameters + 1);
    return rest.some(({ tokenType }) => tokenType === LeftCurly || tokenType === Equals) ? undefined : tokens[end];
  }
  return undefined;
}

function braceAfter(token: IToken): IToken {
  const offset = token.startOffset + token.image.length - 1;
  return {
    ...token,
    image: "{",
    tokenType: LeftCurly,
    tokenTypeIdx: LeftCurly.tokenTypeIdx!,
    startOffset: offset,
    endOffset: offset,
  };
}

function missingBrace(source: SourceText, heading: IToken): Diagnostic {
  const span = spanOfToken(source, heading);
  const edits = [{ span: { source, start: span.end, end: span.end }, text: " {" }];
  const args = { expected: "{ behind the name of the net", found: "the end of the line" };
  return diagnose(unexpectedToken, span, args, { fixes: [{ title: "write {", edits }] });
}
