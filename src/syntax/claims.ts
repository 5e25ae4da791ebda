/** Reads a claim (`memory: 224*224*64=3.2M`) from its tokens. */
import type { IToken } from "chevrotain";
import { parseQuantity, type Claim, type ClaimSubject } from "../base/quantity.js";
import type { SourceText, Span } from "../base/source.js";
import { ClaimEquals, ClaimOperator, ClaimQuantity } from "./tokens.js";

/**
 * The claim in tokens that follow its key, in order; undefined where there is no figure. The figure is what follows the
 * first `=` behind arithmetic, else arithmetic that is the whole claim, else the first number; the rest is remark.
 */
export function readClaim(source: SourceText, key: IToken, tokens: readonly IToken[]): Claim | undefined {
  const subject = key.image.replace(/[ \t]*:$/, "") as ClaimSubject;
  const spanOfTokens = (list: readonly IToken[]): Span => ({
    source,
    start: list[0]!.startOffset,
    end: list.at(-1)!.startOffset + list.at(-1)!.image.length,
  });
  const span = spanOfTokens([key, ...tokens]);
  const body = skipWhile(tokens, (token) => token.image === "~" || token.tokenType === ClaimEquals);
  const arithmetic = takeWhile(body, (token) => token.tokenType === ClaimQuantity || token.tokenType === ClaimOperator);
  const rest = skipWhile(body.slice(arithmetic.length), (token) => token.image === "~");
  const first = arithmetic.find((token) => token.tokenType === ClaimQuantity);
  const result =
    rest[0]?.tokenType === ClaimEquals ? rest.find((token) => token.tokenType === ClaimQuantity) : undefined;

  const stated = result ?? first;
  if (!stated) return undefined;
  const quantity = parseQuantity(stated.image);
  if (!quantity) return undefined;
  const value = arithmetic.length > 1 ? evaluate(arithmetic) : undefined;
  if (result && value !== undefined) {
    const formulaSpan = spanOfTokens(arithmetic);
    const text = source.text.slice(formulaSpan.start, formulaSpan.end);
    return {
      subject,
      quantity,
      quantitySpan: spanOfTokens([result]),
      formula: { text, value, span: formulaSpan },
      span,
    };
  }
  if (!result && value !== undefined && rest.length === 0) {
    const product = parseQuantity(value.toString());
    return product && { subject, quantity: product, quantitySpan: spanOfTokens(arithmetic), span };
  }
  return { subject, quantity, quantitySpan: spanOfTokens([stated]), span };
}

/** Parentheses within parentheses that are followed. */
const DEEPEST = 32;

/** The value of products, sums and parentheses over exact numbers; undefined where the tokens are no such arithmetic. */
function evaluate(tokens: readonly IToken[]): bigint | undefined {
  let index = 0;
  let depth = 0;
  const sum = (): bigint | undefined => {
    let total = term();
    while (total !== undefined && tokens[index]?.image === "+") {
      index++;
      const next = term();
      total = next === undefined ? undefined : total + next;
    }
    return total;
  };
  const term = (): bigint | undefined => {
    let total = factor();
    while (total !== undefined && ["*", "x", "\u00d7"].includes(tokens[index]?.image ?? "")) {
      index++;
      const next = factor();
      total = next === undefined ? undefined : total * next;
    }
    return total;
  };
  const factor = (): bigint | undefined => {
    const token = tokens[index++];
    if (token?.image === "(") {
      if (++depth > DEEPEST) return undefined;
      const inner = sum();
      depth--;
      return tokens[index++]?.image === ")" ? inner : undefined;
    }
    const quantity = token && parseQuantity(token.image);
    return quantity && !quantity.rounded && quantity.exponent === 0 ? quantity.digits : undefined;
  };
  const value = sum();
  return index === tokens.length ? value : undefined;
}

function takeWhile(tokens: readonly IToken[], test: (token: IToken) => boolean): IToken[] {
  const end = tokens.findIndex((token) => !test(token));
  return tokens.slice(0, end < 0 ? tokens.length : end);
}

function skipWhile(tokens: readonly IToken[], test: (token: IToken) => boolean): IToken[] {
  const start = tokens.findIndex((token) => !test(token));
  return start < 0 ? [] : tokens.slice(start);
}
