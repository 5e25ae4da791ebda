/** All refactorings, in the order in which they are offered. */
import type { Analysis } from "../analysis.js";
import type { Range } from "../hints.js";
import { annotate } from "./annotate.js";
import { extractBlock } from "./extract-block.js";
import { inlineBlock } from "./inline-block.js";
import type { Refactor, RefactorRule } from "./refactor.js";
import { rollUp, unroll } from "./repeats.js";

const rules: readonly RefactorRule[] = [annotate, unroll, rollUp, extractBlock, inlineBlock];

export function refactorsAt(analysis: Analysis, range: Range): Refactor[] {
  return rules.flatMap((rule) => rule(analysis, range));
}
