/** Where in the text expressions, remarks and `train` blocks stand: what their words mean is told by the tree alone. */
import type { Program } from "../syntax/ast.js";

export interface Place {
  readonly start: number;
  readonly end: number;
}

const EXPRESSIONS = new Set(
  "number quantity variable member unit label binary negate not call parenthesised hole invalid".split(" "),
);

/** Outermost expressions, where a dash is a minus. */
export function expressionPlaces(program: Program): Place[] {
  return placesOf(program, (node) => EXPRESSIONS.has(node.kind) || (node.kind === "conditional" && "whenTrue" in node));
}

/** `(class scores)`. */
export function remarkPlaces(program: Program): Place[] {
  return placesOf(program, ({ kind }) => kind === "remark");
}

export function trainPlaces(program: Program): Place[] {
  return placesOf(program, ({ kind }) => kind === "train");
}

interface Found {
  readonly kind: string;
  readonly span: Place;
}

/** Places of the outermost nodes of a kind, in the order of the text. */
function placesOf(program: Program, isWanted: (node: Found) => boolean): Place[] {
  const found: Place[] = [];
  const open: unknown[] = [program.items];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== "object" || node === null) continue;
    if (isFound(node) && isWanted(node)) {
      found.push({ start: node.span.start, end: node.span.end });
      continue;
    }
    for (const [key, child] of Object.entries(node)) if (!/span$/i.test(key)) open.push(child);
  }
  return found.sort((a, b) => a.start - b.start);
}

const isFound = (node: object): node is Found =>
  "kind" in node && typeof node.kind === "string" && "span" in node && node.span !== undefined;
