/** Text to AST: lexing, parsing with recovery, tree building. Never throws for a mistake in the program. */
import { EOF, type ILexingError } from "chevrotain";
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { SourceText, Span } from "../base/source.js";
import type { Program } from "./ast.js";
import { buildProgram } from "./build-ast.js";
import { spanOfToken } from "./cst.js";
import { layoutFaults, matchBrackets, tooDeepAt } from "./brackets.js";
import { missingSeparator, unexpectedCharacter } from "./diagnostics.js";
import { Findings } from "./findings.js";
import { parserDiagnostic } from "./parser-diagnostic.js";
import { programParser } from "./parser.js";
import { separatorDiagnostics } from "./separators.js";
import { withoutRestOfLine } from "./spoilt-lines.js";
import { programLexer } from "./tokens.js";

export interface ParseResult {
  program: Program;
  diagnostics: Diagnostic[];
  /** Places where brackets are not as the lines are laid out, where that was asked for. */
  faults: Span[];
}

/** Parses a whole file. The program holds everything that could be read, also where there are errors. */
export function parse(source: SourceText, { findsFaults = false } = {}): ParseResult {
  const lexed = programLexer().tokenize(source.text);
  // The lexer leaves ends out, which are cheap to add; line and column, which are not, are never needed of tokens.
  for (const token of lexed.tokens) token.endOffset = token.startOffset + token.image.length - 1;
  const deep = tooDeepAt(source, lexed.tokens);
  if (deep) return { program: { kind: "program", source, items: [], comments: [] }, diagnostics: [deep], faults: [] };

  const findings = new Findings();
  lexingDiagnostics(source, lexed.errors).forEach((found) => findings.add(found));
  const { tokens, diagnostics: brackets } = matchBrackets(source, lexed.tokens);
  brackets.forEach((found) => findings.add(found));

  const lineOf = ({ start }: Span) => source.position(start).line;
  const bracketLines = new Set(brackets.map(({ span }) => lineOf(span)));

  const separators = separatorDiagnostics(source, tokens);
  const dangling = new Set(separators.map(({ span }) => span.start));

  const parser = programParser();
  parser.input = tokens;
  const tree = parser.program();
  for (const error of parser.errors) {
    if (findings.full) break;
    const diagnostic = parserDiagnostic(source, error, tokens);
    // A bracket that does not match is one mistake, and so is what the parser stumbles over because of it.
    const atEnd = brackets.length > 0 && error.token.tokenType === EOF;
    if (atEnd || bracketLines.has(lineOf(diagnostic.span))) continue;
    // That a layer is missing behind a dash is told at the dash.
    const before = tokens.slice(0, Math.max(0, tokens.indexOf(error.token))).findLast(({ image }) => image !== "\n");
    if (before && dangling.has(before.startOffset)) continue;
    findings.add(diagnostic);
  }

  const comments = (lexed.groups["comments"] ?? []).map((token) => ({
    text: token.image,
    span: spanOfToken(source, token),
  }));
  const built = buildProgram(source, tree, comments, [
    ...parser.errors.map(({ token }) => token.startOffset),
    ...brackets.map(({ span }) => span.start),
  ]);
  for (const found of [...built.diagnostics, ...separators]) {
    // Characters that were dropped are what is missing between two layers.
    const isDropped =
      found.code === missingSeparator.code && findings.hasOnLine(found.span, [unexpectedCharacter.code]);
    if (!isDropped) findings.add(found);
  }
  const faults = findsFaults ? layoutFaults(source, lexed.tokens) : [];
  return { program: built.program, diagnostics: withoutRestOfLine(findings.diagnostics), faults };
}

/** One message for a line, with all the characters on it that do not belong. */
function lexingDiagnostics(source: SourceText, errors: readonly ILexingError[]): Diagnostic[] {
  const lines = new Map<number, ILexingError[]>();
  for (const error of errors) {
    const { line } = source.position(error.offset);
    const onLine = lines.get(line);
    if (onLine) onLine.push(error);
    else lines.set(line, [error]);
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
