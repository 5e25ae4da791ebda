/** Sizes and parameters behind layers, as an editor shows them between the words of a program. */
import { groupDigits } from "../base/integers.js";
import type { Observation } from "../elaborate/net-request.js";
import type { Node } from "../ir/network.js";
import { formatDimensions, sameDimensions } from "../ir/shape.js";
import type { Element } from "../syntax/ast.js";
import type { Analysis } from "./analysis.js";
import { costOfWalk, walksOf } from "./links-of-chains.js";
import { elementsOf } from "./walk.js";

export interface Hint {
  /** Where it stands: behind the link. */
  readonly offset: number;
  readonly text: string;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The hints of a stretch of the text. A layer that changes no size and learns nothing has none. */
export function hintsOf(analysis: Analysis, range: Range): Hint[] {
  const hints: Hint[] = [];
  for (const element of elementsOf(analysis.program.items, range)) {
    const { end } = element.span;
    const text = hintText(analysis, element);
    if (text !== undefined) hints.push({ offset: end, text });
  }
  return hints.sort((a, b) => a.offset - b.offset);
}

function hintText(analysis: Analysis, element: Element): string | undefined {
  const { core, repeats } = element;
  // What a group gives, its last layer tells.
  if (core.kind !== "layer" && repeats.length === 0) return undefined;
  const all = walksOf(analysis, element).filter(({ result }) => result !== undefined);
  const walks = differentOnes(all);
  const sizes = new Set(walks.map(({ result }) => formatDimensions(result!.shape)));
  // Where calls differ there is no one size to tell.
  if (sizes.size !== 1) return undefined;
  const params = paramsOf(walks);
  const [first] = params;
  if (!walks.some(changesSize) && params.every((count) => count === 0n)) return undefined;
  const written = element.annotations.length > 0;
  const isSame = params.every((count) => count === first);
  const parts = [...(written ? [] : [...sizes]), ...paramsText(isSame ? params : paramsOf(all))];
  return parts.length === 0 ? undefined : parts.join(" · ");
}

/** Walks that gave one layer with the arguments of another walk's say nothing new. */
function differentOnes(walks: readonly Observation[]): Observation[] {
  const seen = new Set<Node["args"]>();
  return walks.filter(({ nodes, start, end }) => {
    if (end - start !== 1) return true;
    const { args } = nodes[start]!;
    return !seen.has(args) && seen.add(args);
  });
}

const paramsOf = (walks: readonly Observation[]) => walks.flatMap((walk) => costOfWalk(walk)?.params ?? []);

function changesSize({ arriving, result }: Observation): boolean {
  return !arriving || !result || !sameDimensions(arriving.shape, result.shape);
}

/** The parameters, where all walks have the same; of rounds that differ those of all. */
function paramsText(params: readonly bigint[]): string[] {
  const [first] = params;
  if (first === undefined || params.every((count) => count === 0n)) return [];
  if (params.every((count) => count === first)) return [groupDigits(first)];
  return [`${groupDigits(params.reduce((sum, count) => sum + count, 0n))} in all`];
}
