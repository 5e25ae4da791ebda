/** `X - X - X` as `X*3`, and back. */
import type { Element, Item } from "../../syntax/ast.js";
import { cover } from "../../base/source.js";
import { hasLabels, linksIn, linkText, type Refactor, type RefactorRule } from "./refactor.js";

/** More are not written out. */
const MOST_ROUNDS = 16;

/** Layers that repeat together, at most. */
const LONGEST_PERIOD = 8;

export const unroll: RefactorRule = (analysis, range) => {
  const { links } = linksIn(analysis, range);
  const [link] = links;
  if (!link || links.length > 1 || link.counter || link.repeats.length !== 1 || hasLabels([link])) return [];
  const [repeat] = link.repeats;
  const count = repeat!.kind === "number" ? repeat.value : 0;
  if (count < 2 || count > MOST_ROUNDS || link.annotations.length > 0) return [];
  const whole = linkText(link).slice(0, repeat!.span.start - link.span.start);
  const once = whole.replace(/\s*\*\s*$/, "");
  const round = link.core.kind === "group" ? once.replace(/^\[\s*|\s*\]$/g, "") : once;
  // What stands on several lines goes on below.
  const separator = round.includes("\n") ? "\n" : " - ";
  const text = Array<string>(count).fill(round).join(separator);
  return [{ title: `write the ${count} rounds out`, kind: "inline", edits: [{ span: link.span, text }] }];
};

export const rollUp: RefactorRule = (analysis, range) => {
  const { links, body } = linksIn(analysis, range);
  const [link] = links;
  if (!link || links.length > 1) return [];
  const run = runAround(body, body.indexOf(link));
  if (!run) return [];
  const { first, period, rounds } = run;
  const all = body.slice(first, first + period * rounds) as Element[];
  const { source } = link.span;
  const round = source.text.slice(all[0]!.span.start, all[period - 1]!.span.end);
  const text = period === 1 && all[0]!.repeats.length === 0 ? `${round}*${rounds}` : `[${round}]*${rounds}`;
  const span = cover(all[0]!.span, all.at(-1)!.span);
  const refactor: Refactor = { title: `write it as ${rounds} rounds`, kind: "extract", edits: [{ span, text }] };
  return [refactor];
};

/** The links around one that repeat, the most of them: where they begin, how many are a round, and how many rounds. */
function runAround(
  body: readonly Item[],
  index: number,
): { first: number; period: number; rounds: number } | undefined {
  const texts = body.map((item) =>
    item.kind === "element" && !hasLabels([item]) && item.annotations.length === 0 && item.claims.length === 0
      ? linkText(item).replace(/\s+/g, " ")
      : undefined,
  );
  let best: { first: number; period: number; rounds: number } | undefined;
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    const isSame = (at: number) => texts[at] !== undefined && texts[at] === texts[at + period];
    for (let first = Math.max(0, index - period * MOST_ROUNDS); first <= index; first++) {
      let same = 0;
      while (isSame(first + same)) same++;
      const rounds = Math.floor(same / period) + 1;
      const covers = first + period * rounds > index;
      const isMore = !best || period * rounds > best.period * best.rounds;
      if (rounds > 1 && covers && isMore) best = { first, period, rounds };
    }
  }
  return best;
}
