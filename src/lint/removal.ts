/** Taking a layer out of its chain, as text. */
import type { Edit } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import type { Element, Item, Program } from "../syntax/ast.js";
import { itemsWithin } from "./walk.js";

/** For the layers of a program: the edits that take one out; undefined where something else hangs on it. */
export function removalIn(program: Program): (layer: Span) => Edit[] | undefined {
  let places: Map<number, readonly [readonly Item[], number]> | undefined;
  return (layer) => {
    if (layer.source !== program.source) return undefined;
    places ??= placesOf(program);
    const [items, index] = places.get(layer.start) ?? [];
    return items && index !== undefined ? editsFor(items, index, layer) : undefined;
  };
}

function placesOf(program: Program): Map<number, readonly [readonly Item[], number]> {
  const places = new Map<number, readonly [readonly Item[], number]>();
  for (const items of itemsWithin(program)) {
    for (const [index, item] of items.entries()) {
      if (item.kind === "element" && item.core.kind === "layer") places.set(item.core.span.start, [items, index]);
    }
  }
  return places;
}

function editsFor(items: readonly Item[], index: number, layer: Span): Edit[] | undefined {
  const element = items[index] as Element;
  const isBare =
    !element.label && element.repeats.length === 0 && element.annotations.length === 0 && element.claims.length === 0;
  if (!isBare || element.core.span.end !== layer.end) return undefined;
  const { source } = layer;
  const [before, after] = [items[index - 1], items[index + 1]];
  const span =
    before?.kind === "element"
      ? { source, start: before.span.end, end: element.span.end }
      : after?.kind === "element"
        ? { source, start: element.span.start, end: after.span.start }
        : undefined;
  // What a comment between the two is about is not known.
  return span && !source.text.slice(span.start, span.end).includes("#") ? [{ span, text: "" }] : undefined;
}

/** The edit that takes a declaration away, with its line where nothing else stands there. */
export function lineRemoval({ source, start, end }: Span): Edit {
  const { text } = source;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  const isAlone =
    text.slice(lineStart, start).trim() === "" && text.slice(end, lineEnd < 0 ? text.length : lineEnd).trim() === "";
  if (!isAlone) return { span: { source, start, end }, text: "" };
  return { span: { source, start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1 }, text: "" };
}
