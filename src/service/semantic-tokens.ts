/** What words are, where only the whole program tells: layers, blocks, parameters, labels. */
import { operatorOf } from "../ops/registry.js";
import type * as ast from "../syntax/ast.js";
import type { Analysis } from "./analysis.js";
import type { SymbolKind } from "./names.js";
import { elementsOf } from "./walk.js";

export const TOKEN_TYPES = ["type", "class", "function", "variable", "parameter", "property", "comment"] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

export interface SemanticToken {
  readonly start: number;
  readonly length: number;
  readonly type: TokenType;
  readonly isDeclaration: boolean;
}

const TYPES: Record<SymbolKind, TokenType> = {
  net: "class",
  block: "class",
  function: "function",
  variable: "variable",
  parameter: "parameter",
  counter: "variable",
  label: "property",
};

/** In the order of the text, none within another. */
export function semanticTokens({ program, names }: Analysis): SemanticToken[] {
  const tokens = [
    ...names.occurrences.map(({ symbol, span, isDeclaration }) => token(span, TYPES[symbol.kind], isDeclaration)),
    ...layersOf(program).map(({ head }) => token(head.span, "type", false)),
    ...program.comments.map(({ span }) => token(span, "comment", false)),
  ].sort((a, b) => a.start - b.start || b.length - a.length);
  let done = 0;
  return tokens.filter(({ start, length }) => {
    if (start < done || length === 0) return false;
    done = start + length;
    return true;
  });
}

function token({ start, end }: { start: number; end: number }, type: TokenType, isDeclaration: boolean): SemanticToken {
  return { start, length: end - start, type, isDeclaration };
}

/** Layers of the language, and those of `default` lines. */
function layersOf(program: ast.Program): ast.Layer[] {
  const inChains = [...elementsOf(program.items)].flatMap(({ core }) => (core.kind === "layer" ? [core] : []));
  const defaults = program.items.flatMap((item) => (item.kind === "default" ? [item.layer] : []));
  return [...inChains, ...defaults].filter(({ mnemonic }) => operatorOf(mnemonic) !== undefined);
}
