/** Labels: which layer has one, and which a net may declare. */
import type { Operator } from "../ops/define.js";
import type * as ast from "../syntax/ast.js";

/** The label of a layer, and whether digits stuck to its mnemonic are part of that label (LANGUAGE section 4). */
export function labelOf(
  element: ast.Element,
  layer: ast.Layer,
  operator: Operator,
): { label?: ast.Identifier; digitsAreName: boolean } {
  if (element.label) return { label: element.label, digitsAreName: false };
  if (!layer.colon || !layer.digits || layer.count) return { digitsAreName: false };
  const givesWindow = layer.parts.some((part, index) =>
    part.kind === "size"
      ? !isAttributeValue(layer.parts, index)
      : part.kind === "times" || (part.kind === "word" && (part.text === "x" || part.text === "window")),
  );
  if (operator.digits && !givesWindow) return { digitsAreName: false };
  const text = layer.head.text.replace(/^(?:MAX|AVG)[ \t]+/, "");
  return { label: { text, span: layer.head.span }, digitsAreName: true };
}

/** `pad 1x1`: the size belongs to the word before it. */
function isAttributeValue(parts: readonly ast.Part[], index: number): boolean {
  const before = parts[index - 1];
  return before?.kind === "word" && ["pad", "stride", "dilation"].includes(before.text);
}

/** The labels that a body may declare, in all of its braces, which generated names keep clear of. */
export function labelsIn(items: readonly ast.Item[]): ReadonlySet<string> {
  const before = known.get(items);
  if (before) return before;
  const names = new Set<string>();
  const visit = (list: readonly ast.Item[]): void => {
    for (const item of list) {
      if (item.kind === "output") {
        names.add(item.name.text);
        visit(item.chain);
      }
      if (item.kind !== "element") continue;
      if (item.label) names.add(item.label.text);
      itemsWithin(item.core).forEach(visit);
    }
  };
  visit(items);
  known.set(items, names);
  return names;
}

/** Those of bodies that were read before: a block's is, for each of its calls. */
const known = new WeakMap<readonly ast.Item[], ReadonlySet<string>>();

/** The lists of items in the braces and brackets of an element. */
export function itemsWithin(core: ast.Core): readonly (readonly ast.Item[])[] {
  switch (core.kind) {
    case "group":
      return [core.items];
    case "layer":
      return core.branches?.chains.map(({ items }) => items) ?? NOTHING;
    case "conditional":
      return [...core.branches.map(({ items }) => items), ...(core.otherwise ? [core.otherwise] : [])];
    default:
      return NOTHING;
  }
}

const NOTHING: readonly (readonly ast.Item[])[] = [];
