/** Dashes with a layer missing on one side, found on the tokens: `- -`, `[ - RELU`, `RELU - ]`. */
import type { IToken, TokenType } from "chevrotain";
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { SourceText } from "../base/source.js";
import { spanOfToken } from "./cst.js";
import { emptyLink } from "./diagnostics.js";
import { Arrow, Dash, Newline, NumberLiteral } from "./tokens.js";

const is = (token: IToken, ...types: TokenType[]) =>
  types.some((type) => token.tokenType === type || token.tokenType.CATEGORIES?.includes(type));
const isDash = (token: IToken) => is(token, Dash, Arrow);
const isOfClaim = (token: IToken) => token.tokenType.name.startsWith("Claim");

/** One message for dashes in a row. Dashes in parentheses are minus signs. */
export function separatorDiagnostics(source: SourceText, tokens: readonly IToken[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (token: IToken) => {
    const span = spanOfToken(source, token);
    found.push(diagnose(emptyLink, span, {}, { fixes: [{ title: "remove the dash", edits: [{ span, text: "" }] }] }));
  };
  let previous: IToken | undefined;
  let told = false;
  let depth = 0;
  tokens.forEach((current, index) => {
    if (is(current, Newline)) {
      // Within parentheses that are closed lines do not end.
      depth = 0;
      return;
    }
    if (current.image === "(" && !isOfClaim(current)) depth++;
    const opens = !previous || ["[", "{", "|"].includes(previous.image);
    const closes = ["]", "}", "|"].includes(current.image);
    const doubled = isDash(current) && (opens || isDash(previous!)) && !isMinus(tokens, index);
    if (depth === 0 && doubled) {
      if (!told) report(current);
      told = true;
    } else {
      if (depth === 0 && closes && previous && isDash(previous) && !told) report(previous);
      told = false;
    }
    if (current.image === ")" && !isOfClaim(current)) depth = Math.max(0, depth - 1);
    previous = current;
  });
  if (previous && isDash(previous) && !told) report(previous);
  return found;
}

/** `*-1`, `pad -1`: the dash belongs to the number, and is refused there. */
function isMinus(tokens: readonly IToken[], index: number): boolean {
  const [before, dash, after] = [tokens[index - 1], tokens[index]!, tokens[index + 1]];
  const touches = after?.tokenType === NumberLiteral && after.startOffset === dash.startOffset + 1;
  return ["*", "/"].includes(before?.image ?? "") || touches;
}
