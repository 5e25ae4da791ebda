/** Text to AST: lexing, parsing with recovery, tree building. Never throws for a mistake in the program. */
import { EOF, type ILexingError, type IRecognitionException, type IToken } from "chevrotain";
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { SourceText, Span } from "../base/source.js";
import type { Program } from "./ast.js";
import { buildProgram } from "./build-ast.js";
import { strayBracket, unclosedBracket, unexpectedCharacter, unexpectedToken } from "./diagnostics.js";
import { programParser } from "./parser.js";
import { programLexer } from "./tokens.js";

export interface ParseResult {
  program: Program;
  diagnostics: Diagnostic[];
}

/** Parses a whole file. The program holds everything that could be read, also where there are errors. */
export function parse(source: SourceText): ParseResult {
  const lexed = programLexer().tokenize(source.text);
  const diagnostics = lexingDiagnostics(source, lexed.errors);
  // The lexer leaves ends out, which are cheap to add; line and column, which are not, are never needed of tokens.
  for (const token of lexed.tokens) token.endOffset = token.startOffset + token.image.length - 1;
  const parser = programParser();
  parser.input = lexed.tokens;
  const tree = parser.program();
  const brackets = bracketDiagnostics(source, lexed.tokens);
  diagnostics.push(...brackets);
  for (const error of parser.errors) {
    const diagnostic = parserDiagnostic(source, error);
    // A bracket that does not match is one mistake, and so is what the parser stumbles over because of it.
    const atBracket = error.token.tokenType === EOF || /^[)\]}]$/.test(error.token.image);
    if (brackets.some((bracket) => atBracket || sameLine(bracket.span, diagnostic.span))) continue;
    if (!diagnostics.some((known) => overlaps(known.span, diagnostic.span))) diagnostics.push(diagnostic);
  }
  const comments = (lexed.groups["comments"] ?? []).map((token) => ({
    text: token.image,
    span: spanOf(source, token),
  }));
  const built = buildProgram(source, tree, lexed.tokens, comments);
  diagnostics.push(
    ...built.diagnostics.filter((found) => !diagnostics.some((known) => overlaps(known.span, found.span))),
  );
  return { program: built.program, diagnostics };
}

function spanOf(source: SourceText, token: IToken): Span {
  return { source, start: token.startOffset, end: token.startOffset + token.image.length };
}

function overlaps(a: Span, b: Span): boolean {
  return a.start < Math.max(b.end, b.start + 1) && b.start < Math.max(a.end, a.start + 1);
}

function sameLine(a: Span, b: Span): boolean {
  return a.source.position(a.start).line === b.source.position(b.start).line;
}

/** One message for a line, with all the characters on it that do not belong. */
function lexingDiagnostics(source: SourceText, errors: readonly ILexingError[]): Diagnostic[] {
  const lines = new Map<number, ILexingError[]>();
  for (const error of errors) {
    const { line } = source.position(error.offset);
    lines.set(line, [...(lines.get(line) ?? []), error]);
  }
  return [...lines.values()].map((onLine) => {
    const text = onLine.map((error) => source.text.slice(error.offset, error.offset + error.length)).join("");
    const characters = [...new Set(text)].slice(0, 10).map(showCharacter).join(" ");
    const [first] = onLine;
    return diagnose(
      unexpectedCharacter,
      { source, start: first!.offset, end: first!.offset + first!.length },
      { characters },
    );
  });
}

function showCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  return code < 32 || (code >= 127 && code < 160) ? `U+${code.toString(16).toUpperCase().padStart(4, "0")}` : character;
}

function parserDiagnostic(source: SourceText, error: IRecognitionException): Diagnostic {
  const { token } = error;
  if (token.tokenType === EOF) {
    const end = source.text.trimEnd().length;
    const span = { source, start: Math.max(0, end - 1), end };
    return diagnose(unexpectedToken, span, { expected: error.message, found: "the end of the file" });
  }
  const found = token.image === "\n" ? "the end of the line" : token.image;
  return diagnose(unexpectedToken, spanOf(source, token), { expected: error.message, found });
}

const PAIRS: Record<string, string> = { "[": "]", "{": "}", "(": ")" };
const OPENERS: Record<string, string> = { "]": "[", "}": "{", ")": "(" };

/** Brackets that do not match, found on the tokens: the parser alone would only see where it got lost. */
function bracketDiagnostics(source: SourceText, tokens: readonly IToken[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const open: IToken[] = [];
  const unclosed = (token: IToken) =>
    found.push(diagnose(unclosedBracket, spanOf(source, token), { open: token.image, close: PAIRS[token.image]! }));
  for (const token of tokens) {
    if (token.tokenType.name.startsWith("Claim") && "()".includes(token.image)) continue;
    if (token.image in PAIRS) open.push(token);
    const opener = OPENERS[token.image];
    if (!opener) continue;
    const match = open.findLastIndex((candidate) => candidate.image === opener);
    if (match < 0) {
      found.push(diagnose(strayBracket, spanOf(source, token), { close: token.image, open: opener }));
      continue;
    }
    open.splice(match).slice(1).forEach(unclosed);
  }
  open.forEach(unclosed);
  return found;
}
