/** The bracket that is missing, where it can be told where it belongs. */
import type { IToken, TokenType } from "chevrotain";
import type { Fix } from "../base/diagnostics.js";
import type { SourceText } from "../base/source.js";
import * as t from "./tokens.js";

/** What expressions are written with: behind the last of it a parenthesis is closed. */
const IN_EXPRESSIONS: readonly TokenType[] = [
  ...[t.NumberLiteral, t.Quantity, t.Identifier, t.DottedName, t.Comma],
  ...[t.Star, t.Slash, t.DoubleSlash, t.Plus, t.Percent, t.Caret],
  ...[t.DoubleEquals, t.NotEquals, t.LessEqual, t.GreaterEqual, t.Less, t.Greater, t.And, t.Or, t.Not],
];

/** `end` is the last token of what the bracket at a position holds, where that is known. */
export function closingFixes(
  source: SourceText,
  tokens: readonly IToken[],
  position: number,
  close: string,
  end: IToken | undefined,
): Fix[] {
  const opener = tokens[position]!;
  const last =
    opener.image === "("
      ? endOfExpression(tokens, position)
      : (endOfSize(tokens, position) ?? endBeforeElse(tokens, position) ?? end);
  if (!last || last.startOffset <= opener.startOffset) return [];
  const at = last.startOffset + last.image.length;
  const { line } = source.position(opener.startOffset);
  const isOnLine = source.position(last.startOffset).line === line;
  const indent = /^[ \t]*/.exec(source.line(line))![0];
  const text = close !== "}" ? close : isOnLine ? " }" : `\n${indent}}`;
  return [{ title: `write ${close}`, edits: [{ span: { source, start: at, end: at }, text }] }];
}

function endOfExpression(tokens: readonly IToken[], position: number): IToken | undefined {
  let index = position + 1;
  while (tokens[index] && IN_EXPRESSIONS.includes(tokens[index]!.tokenType)) index++;
  while (tokens[index - 1]!.tokenType === t.Comma) index--;
  return index - 1 > position ? tokens[index - 1] : undefined;
}

/** An annotation holds one size. */
function endOfSize(tokens: readonly IToken[], position: number): IToken | undefined {
  const inner = tokens[position + 1];
  const isSize = tokens[position]!.image === "[" && inner && [t.Size, t.NumberLiteral].includes(inner.tokenType);
  return isSize ? inner : undefined;
}

/** `if c == 3 { CONV3-4 else { ID }`: what comes before the alternative, on the same line. */
function endBeforeElse(tokens: readonly IToken[], position: number): IToken | undefined {
  if (tokens[position]!.image !== "{") return undefined;
  for (let index = position + 1; index < tokens.length; index++) {
    const { tokenType, image } = tokens[index]!;
    if (image === "\n" || "{}".includes(image)) return undefined;
    if (tokenType === t.Else) return tokens[index - 1];
  }
  return undefined;
}
