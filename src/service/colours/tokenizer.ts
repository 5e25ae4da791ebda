/**
 * Reads lines by the grammar as editors that know TextMate grammars do, with JavaScript's own expressions: the colours of a
 * page are those of every other editor.
 */
import { grammar, type Grammar, type GrammarRule, type MatchRule, type SpanRule } from "./grammar.js";

export interface ColouredWord {
  readonly start: number;
  readonly end: number;
  /** The innermost scope, without the language's name: `support.class.layer`; none where the grammar says nothing. */
  readonly scope: string;
}

/** What is still open where a line ends: spans that go over several lines, the outermost first. */
export type OpenSpans = readonly SpanRule[];

/** The words of a line, and what is open behind it. */
export function wordsOfLine(line: string, before: OpenSpans = []): { words: ColouredWord[]; open: OpenSpans } {
  const words: ColouredWord[] = [];
  const open = [...before];
  const searches = new Map<string, Search>();
  const search = (expression: string) => {
    const known = searches.get(expression) ?? new Search(expression, line);
    searches.set(expression, known);
    return known;
  };
  let at = 0;
  while (at <= line.length) {
    const span = open.at(-1);
    // An end goes before what could begin at the same place.
    const end = span && search(span.end).from(at);
    const found = earliest(rulesIn(span), (rule) => search("match" in rule ? rule.match : rule.begin).from(at));
    if (end && (!found || end.index <= found.result.index)) {
      add(words, at, end.index, scopeOf(span));
      addCaptures(words, end, span.endCaptures, scopeOf(span));
      open.pop();
      // An end without a width must not be found again by what it stood in.
      at = end.index + end[0].length;
      if (at === line.length) break;
      continue;
    }
    if (!found) break;
    const { rule, result } = found;
    add(words, at, result.index, scopeOf(span));
    const scope = scopeOf(rule) || scopeOf(span);
    addCaptures(words, result, "match" in rule ? rule.captures : rule.beginCaptures, scope);
    if (!("match" in rule)) open.push(rule);
    at = result.index + Math.max(result[0].length, 1);
  }
  add(words, at, line.length, scopeOf(open.at(-1)));
  return { words, open };
}

/** An expression with the place where it was found last: it is looked for once for all places before. */
class Search {
  private readonly expression: RegExp;
  private found: RegExpExecArray | null | undefined;

  constructor(
    source: string,
    private readonly line: string,
  ) {
    this.expression = new RegExp(source, "dg");
  }

  from(at: number): RegExpExecArray | undefined {
    if (this.found === undefined || (this.found && this.found.index < at)) {
      this.expression.lastIndex = at;
      this.found = this.expression.exec(this.line);
    }
    return this.found ?? undefined;
  }
}

type Leaf = MatchRule | SpanRule;

/** The rule that is found first; of several at one place the first of the list. */
function earliest(rules: readonly Leaf[], find: (rule: Leaf) => RegExpExecArray | undefined) {
  let best: { rule: Leaf; result: RegExpExecArray } | undefined;
  for (const rule of rules) {
    const result = find(rule);
    if (result && (!best || result.index < best.result.index)) best = { rule, result };
  }
  return best;
}

const flattened = new Map<SpanRule | Grammar, readonly Leaf[]>();

/** What is looked for within a span, or outside of all. */
function rulesIn(span: SpanRule | Grammar = grammar): readonly Leaf[] {
  const known = flattened.get(span) ?? (span.patterns ?? []).flatMap(leaves);
  flattened.set(span, known);
  return known;
}

function leaves(rule: GrammarRule): Leaf[] {
  if ("include" in rule) return leaves(grammar.repository[rule.include.slice(1)]!);
  return "match" in rule || "begin" in rule ? [rule] : rule.patterns.flatMap(leaves);
}

const scopeOf = (rule: Leaf | undefined) => rule?.name?.replace(/\.cnn$/, "") ?? "";

/** Captures follow each other in all rules, none within another. */
function addCaptures(
  words: ColouredWord[],
  found: RegExpExecArray,
  captures: MatchRule["captures"],
  scope: string,
): void {
  let at = found.index;
  for (const [number, { name }] of Object.entries(captures ?? {})) {
    const place = found.indices![Number(number)];
    if (!place) continue;
    add(words, at, place[0], scope);
    add(words, place[0], place[1], name.replace(/\.cnn$/, ""));
    at = place[1];
  }
  add(words, at, found.index + found[0].length, scope);
}

function add(words: ColouredWord[], start: number, end: number, scope: string): void {
  if (start < end) words.push({ start, end, scope });
}
