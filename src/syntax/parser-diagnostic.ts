/** What the parser stumbles over, as diagnostics; where one sign is clearly meant, with the change that writes it. */
import { EOF, tokenMatcher, type IRecognitionException, type IToken } from "chevrotain";
import { diagnose, type Diagnostic, type Fix } from "../base/diagnostics.js";
import type { SourceText, Span } from "../base/source.js";
import { spanOfToken } from "./cst.js";
import { unexpectedToken } from "./diagnostics.js";
import { ClaimKey, Newline } from "./tokens.js";

/** Signs of other languages, with the words that they are here. */
const SIGNS: Record<string, string> = { "&&": "and", "||": "or", "!": "not" };

/** `tokens` are what was parsed. */
export function parserDiagnostic(
  source: SourceText,
  error: IRecognitionException,
  tokens: readonly IToken[],
): Diagnostic {
  const { token } = error;
  if (tokenMatcher(token, EOF)) {
    const end = source.text.trimEnd().length;
    const span = { source, start: Math.max(0, end - 1), end };
    return diagnose(unexpectedToken, span, { expected: error.message, found: "the end of the file" });
  }
  const span = spanOfToken(source, token);
  const sign = signAt(source, span.start);
  if (sign) {
    const place = { ...span, end: span.start + sign.length };
    const word = SIGNS[sign]!;
    // `!s` is `not s`.
    const text = sign === "!" ? "not " : word;
    const fixes = [{ title: `write ${word}`, edits: [{ span: place, text }] }];
    return diagnose(unexpectedToken, place, { expected: word, found: sign }, { fixes });
  }
  const before = tokens[tokens.indexOf(token) - 1];
  if (before?.image === "," && token.image === ")") {
    const comma = spanOfToken(source, before);
    const fixes = [{ title: "remove the comma", edits: [{ span: comma, text: "" }] }];
    return diagnose(unexpectedToken, comma, { expected: "no comma before )", found: "," }, { fixes });
  }
  if (tokenMatcher(token, ClaimKey)) {
    const subject = token.image.replace(/[ \t]*:$/, "");
    const expected = `a comparison such as ${subject} < 5M`;
    return diagnose(unexpectedToken, span, { expected, found: token.image });
  }
  const found = tokenMatcher(token, Newline) ? "the end of the line" : token.image;
  const fixes = fixesOf(error.message, span, token, before);
  return diagnose(unexpectedToken, span, { expected: error.message, found }, { fixes });
}

function signAt(source: SourceText, start: number): string | undefined {
  return Object.keys(SIGNS).find((sign) => source.text.startsWith(sign, start) && !source.text.startsWith("!=", start));
}

/** A single sign that is missing, or another in its place. */
function fixesOf(expected: string, span: Span, token: IToken, before: IToken | undefined): Fix[] {
  const insert = (text: string, space = " "): Fix[] => {
    if (!before || tokenMatcher(token, Newline) || "{}()[]|".includes(token.image)) return [];
    const end = before.startOffset + before.image.length;
    return [
      { title: `write ${text}`, edits: [{ span: { ...span, start: end, end: span.start }, text: space + text + " " }] },
    ];
  };
  switch (expected) {
    case "=":
      return [":", "=="].includes(token.image) ? replaceBehind(" =", span, before) : insert("=");
    case "a colon":
      return ["=", "with", "by", "to"].includes(token.image) ? replaceBehind(":", span, before) : insert(":", "");
    case "a comma or )":
      return /^\w/.test(token.image) && before?.image !== "(" ? insert(",", "") : [];
    default:
      return expected.startsWith("what changes") ? replaceFix(span, token) : [];
  }
}

/** `CONV1: CONV3-64` among changes: a layer in place of another. */
function replaceFix({ source, start }: Span, token: IToken): Fix[] {
  const label = /[\w.]+\s*:\s*$/.exec(source.text.slice(0, start));
  if (!label || !/^[A-Z]/.test(token.image)) return [];
  const edits = [{ span: { source, start: label.index, end: label.index }, text: "replace " }];
  return [{ title: "write replace before the label", edits }];
}

/** Another sign in place of a token, right behind the one before it. */
function replaceBehind(text: string, span: Span, before: IToken | undefined): Fix[] {
  const start = before ? before.startOffset + before.image.length : span.start;
  return [{ title: `write ${text.trim()}`, edits: [{ span: { ...span, start }, text }] }];
}
