/** Ways through the tree that do not care what a construct means. */
import { itemsWithin } from "../elaborate/labels.js";
import type * as ast from "../syntax/ast.js";

/** Every element of a list of items, with those within it; of a range those that touch it. */
export function* elementsOf(items: readonly ast.Item[], range: Range = ALL): Generator<ast.Element> {
  for (const item of items) {
    if (item.span.end < range.start || item.span.start > range.end) continue;
    if (item.kind === "element") {
      yield item;
      for (const body of itemsWithin(item.core)) yield* elementsOf(body, range);
    } else if (item.kind === "net" || item.kind === "block") {
      yield* elementsOf(item.body ?? [], range);
      if (item.kind === "net")
        for (const change of item.changes ?? []) if ("chain" in change) yield* elementsOf(change.chain, range);
    } else if (item.kind === "output") {
      yield* elementsOf(item.chain, range);
    }
  }
}

/** A stretch of the text, as offsets. */
interface Range {
  readonly start: number;
  readonly end: number;
}

const ALL: Range = { start: 0, end: Number.POSITIVE_INFINITY };
