/** Reading chevrotain's concrete tree: children by name, in the order of the text, with their places. */
import type { CstNode, IToken } from "chevrotain";
import type { SourceText, Span } from "../base/source.js";

export function nodes(parent: CstNode, name: string): CstNode[] {
  return (parent.children[name] ?? []).filter((child): child is CstNode => "children" in child);
}

export function node(parent: CstNode, name: string): CstNode | undefined {
  return nodes(parent, name)[0];
}

export function token(parent: CstNode, name: string): IToken | undefined {
  return (parent.children[name] ?? []).find((child): child is IToken => "image" in child);
}

/** Every token directly below a node, in the order of the text. */
export function directTokens(parent: CstNode): IToken[] {
  return Object.values(parent.children)
    .flat()
    .filter((child): child is IToken => "image" in child)
    .sort((a, b) => a.startOffset - b.startOffset);
}

export function ordered(children: readonly CstNode[]): CstNode[] {
  return [...children].sort((a, b) => startOf(a) - startOf(b));
}

export function startOf(child: CstNode): number {
  return child.location?.startOffset ?? 0;
}

export function spanOfToken(source: SourceText, found: IToken): Span {
  return { source, start: found.startOffset, end: found.startOffset + found.image.length };
}

/** The text from a node's first token to its last; an empty place at the start where recovery left it without any. */
export function spanOfNode(source: SourceText, cst: CstNode): Span {
  const start = cst.location?.startOffset ?? 0;
  const end = cst.location?.endOffset;
  if (Number.isNaN(start)) return { source, start: 0, end: 0 };
  return { source, start, end: end === undefined || Number.isNaN(end) ? start : end + 1 };
}
