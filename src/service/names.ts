/** What the names of a file stand for: where each is declared and where it is used. */
import type { Span } from "../base/source.js";
import type * as ast from "../syntax/ast.js";

export type SymbolKind = "net" | "block" | "function" | "variable" | "parameter" | "label" | "counter";

/** Something that has a name. Two of them are the same where they are declared at one place: `isSame`. */
export interface NamedSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
  /** The name where it is declared, perhaps in another file. */
  readonly declared: Span;
  /** What declares it. */
  readonly declaration:
    | ast.NetDeclaration
    | ast.BlockDeclaration
    | ast.FunctionDeclaration
    | ast.LetDeclaration
    | ast.Parameter
    | ast.Element
    | ast.OutputDeclaration;
  /** The net, block or function around it; undefined beside them. */
  readonly container?: string;
}

/** A place where a name stands. */
export interface Occurrence {
  readonly symbol: NamedSymbol;
  readonly span: Span;
  readonly isDeclaration: boolean;
}

export interface Names {
  /** In the order of the text. */
  readonly occurrences: readonly Occurrence[];
  /** Blocks, nets and functions that can be used in the file, by name. */
  readonly units: ReadonlyMap<string, NamedSymbol>;
  readonly functions: ReadonlyMap<string, NamedSymbol>;
  /** Names that can be written at a place, nearest first. */
  visibleAt(offset: number): readonly NamedSymbol[];
}

export type Uses = ReadonlyMap<ast.UseDeclaration, readonly ast.Program[]>;

export function symbolOf(
  kind: SymbolKind,
  name: ast.Identifier,
  declaration: NamedSymbol["declaration"],
  container?: string,
): NamedSymbol {
  return { kind, name: name.text, declared: name.span, declaration, ...(container === undefined ? {} : { container }) };
}

/** The parameters of a block, net or function. */
export function parametersOf(symbol: NamedSymbol | undefined): readonly ast.Parameter[] {
  const declaration = symbol?.declaration;
  return declaration && "parameters" in declaration ? declaration.parameters : [];
}

/** Whether two symbols are the same: declared at one place. */
export function isSame(a: NamedSymbol, b: NamedSymbol): boolean {
  return a.declared.start === b.declared.start && a.declared.source.path === b.declared.source.path;
}
