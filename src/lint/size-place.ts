/** Where the size of an input is written. */
import { formatShape } from "../base/integers.js";
import type { Span } from "../base/source.js";
import type { Node } from "../ir/network.js";

/** `224x224x3` on the input's line, on the layer or as its annotation; undefined where it is not written so. */
export function sizePlace(node: Node): Span | undefined {
  const { source, start } = node.span;
  const { line, column } = source.position(start);
  const size = formatShape(node.type.shape);
  const at = source.line(line).indexOf(size);
  if (at < 0) return undefined;
  const from = start - (column - 1) + at;
  return { source, start: from, end: from + size.length };
}
