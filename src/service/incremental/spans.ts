/** Places in something that is kept while the text around it changes. */
import { SourceText, type Span } from "../../base/source.js";
import type { Network } from "../../ir/network.js";
import type { Change } from "./chunks.js";

type Parts = Readonly<Record<string, unknown>>;

/** Every place in a value, each object once, also where it is shared. `known` are those that somebody else keeps. */
export function spansIn(value: unknown, known: WeakSet<Span>): Span[] {
  const found: Span[] = [];
  const seen = new Set<object>();
  const visit = (one: unknown): void => {
    if (typeof one !== "object" || one === null || one instanceof SourceText || seen.has(one)) return;
    seen.add(one);
    if (isSpan(one)) {
      if (!known.has(one)) {
        known.add(one);
        found.push(one);
      }
      return;
    }
    if (Array.isArray(one) || one instanceof Set) {
      for (const part of one) visit(part);
    } else if (one instanceof Map) {
      for (const [key, part] of one) {
        visit(key);
        visit(part);
      }
    } else {
      // What a code means, and facts in words, have no place.
      for (const key of Object.keys(one)) if (key !== "kind" && key !== "notes") visit((one as Parts)[key]);
    }
  };
  visit(value);
  return found;
}

/**
 * The places in a network and in what is told of it. Of its layers only those of arguments may be made anew for each of them:
 * all others are those of the tree, which are known.
 */
export function spansOfNetwork(network: Network | undefined, known: WeakSet<Span>): Span[] {
  if (!network) return [];
  const { nodes, ...rest } = network;
  const found = spansIn(rest, known);
  for (const { argSpans } of nodes) {
    for (const name in argSpans) {
      const one = argSpans[name]!;
      if (known.has(one)) continue;
      known.add(one);
      found.push(one);
    }
  }
  return found;
}

function isSpan(value: object): value is Span {
  return "source" in value && value.source instanceof SourceText && "start" in value && "end" in value;
}

/** Moves places of a source to where they are after a change, which is in none of them. */
export function moveSpans(spans: readonly Span[], source: SourceText, change: Change): void {
  for (const span of spans) if (span.source === source) movedSpan(span, change);
}

/** Moves one place. */
export function movedSpan(span: Span, { start, end, delta }: Change): void {
  const isEmpty = span.start === span.end;
  const isBehind = span.start >= end;
  if (isBehind) span.start += delta;
  if (isEmpty ? isBehind : span.end >= end && span.end > start) span.end += delta;
}

/** Moves places that all lie behind a change. */
export function shiftSpans(spans: readonly Span[], delta: number): void {
  for (const span of spans) {
    span.start += delta;
    span.end += delta;
  }
}

/** Makes places in a part of a text, which starts at an offset, those of the text. */
export function placeSpans(spans: readonly Span[], source: SourceText, offset: number): void {
  for (const span of spans) {
    span.source = source;
    span.start += offset;
    span.end += offset;
  }
}
