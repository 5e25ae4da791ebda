/** What stands at a place of a text. */
import { itemsWithin } from "../elaborate/labels.js";
import type { Element, Item, Layer, Program } from "../syntax/ast.js";
import type { Names, Occurrence } from "./names.js";
import { elementsOf } from "./walk.js";

/** The name at a place; also right behind it, where a cursor stands after it was written. */
export function occurrenceAt({ occurrences }: Names, offset: number): Occurrence | undefined {
  const found = occurrences.filter(({ span }) => span.start <= offset && offset <= span.end);
  // Of two that touch the one that begins here.
  return found.at(-1);
}

/** The innermost link of a chain at a place. */
export function elementAt(program: Program, offset: number): Element | undefined {
  let found: Element | undefined;
  for (const element of elementsOf(program.items)) {
    if (element.span.start <= offset && offset <= element.span.end) found = element;
  }
  return found;
}

/** The layer at a place, with the link that it is; none between the layers of its branches. */
export function layerAt(program: Program, offset: number): { element: Element; layer: Layer } | undefined {
  const element = elementAt(program, offset);
  if (!element || element.core.kind !== "layer") return undefined;
  const { branches } = element.core;
  const isWithin = branches && branches.span.start < offset && offset < branches.span.end;
  return isWithin ? undefined : { element, layer: element.core };
}

/** Every list of items, with the place of its braces. */
export function* bodiesOf(items: readonly Item[]): Generator<readonly Item[]> {
  yield items;
  for (const item of items) {
    if (item.kind === "net" || item.kind === "block") yield* bodiesOf(item.body ?? []);
    if (item.kind === "element") for (const body of itemsWithin(item.core)) yield* bodiesOf(body);
  }
}
