/** Where in the text expressions, remarks and `train` blocks stand: what their words mean is told by the tree alone. */
import type { Program } from "../syntax/ast.js";

export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Places {
  /** Outermost expressions, where a dash is a minus, and `train` blocks, where it is a part of a number. */
  readonly expressions: readonly Place[];
  /** `(class scores)`. */
  readonly remarks: readonly Place[];
}

const EXPRESSIONS = new Set(
  "number quantity variable member unit label binary negate not call parenthesised hole invalid train".split(" "),
);

/** The places of a program, in the order of the text. */
export function placesOf(program: Program): Places {
  const expressions: Place[] = [];
  const remarks: Place[] = [];
  const open: unknown[] = [program.items];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== "object" || node === null) continue;
    if (isPlaced(node)) {
      const list = isExpression(node) ? expressions : node.kind === "remark" ? remarks : undefined;
      if (list) {
        list.push({ start: node.span.start, end: node.span.end });
        continue;
      }
    }
    for (const [key, child] of Object.entries(node)) if (!/span$/i.test(key)) open.push(child);
  }
  return { expressions: inOrder(expressions), remarks: inOrder(remarks) };
}

interface Placed {
  readonly kind: string;
  readonly span: Place;
}

const isPlaced = (node: object): node is Placed =>
  "kind" in node && typeof node.kind === "string" && "span" in node && node.span !== undefined;

const isExpression = (node: Placed) =>
  EXPRESSIONS.has(node.kind) || (node.kind === "conditional" && "whenTrue" in node);

const inOrder = (places: readonly Place[]) => [...places].sort((a, b) => a.start - b.start);
