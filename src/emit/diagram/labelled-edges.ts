/** Which edges tell their size, where another program lays the picture out. */
import type { Diagram } from "./diagram.js";

/** The edges whose size is told: those that pass over other boxes into one of another size. */
export function labelledEdges({ edges, boxes }: Pick<Diagram, "edges" | "boxes">): ReadonlySet<number> {
  const arriving = new Map<number, number>();
  for (const { to } of edges) arriving.set(to, (arriving.get(to) ?? 0) + 1);
  const told = edges.flatMap(({ from, to, size }, index) => {
    return arriving.get(to)! > 1 && to - from > 1 && boxes[to]!.size !== size ? [index] : [];
  });
  return new Set(told);
}
