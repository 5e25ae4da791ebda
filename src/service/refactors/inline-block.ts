/** Puts the body of a block in the place of a call of it. */
import type { BlockDeclaration, Layer } from "../../syntax/ast.js";
import { textOf } from "../../base/source.js";
import type { Analysis } from "../analysis.js";
import { isSame, symbolOf } from "../names.js";
import { hasLabels, linksIn, type RefactorRule } from "./refactor.js";

export const inlineBlock: RefactorRule = (analysis, range) => {
  const { links } = linksIn(analysis, range);
  const [link] = links;
  if (!link || links.length > 1 || link.core.kind !== "layer") return [];
  const { core } = link;
  const declaration = analysis.names.units.get(core.head.text)?.declaration;
  if (!declaration || !("kind" in declaration) || declaration.kind !== "block") return [];
  // Labels would be there twice; names of another file stand for something else here.
  const elements = declaration.body.flatMap((item) => (item.kind === "element" ? [item] : []));
  const isPlain = elements.length === declaration.body.length && !hasLabels(elements);
  if (!isPlain || declaration.span.source !== link.span.source || elements.length === 0) return [];
  const body = substituted(analysis, declaration, core);
  if (body === undefined) return [];
  const span = { ...core.span, start: core.head.span.start };
  return [{ title: `put the body of ${core.head.text} here`, kind: "inline", edits: [{ span, text: `[${body}]` }] }];
};

/** The body with arguments in the place of parameters; undefined where one is missing. */
function substituted(
  analysis: Analysis,
  { parameters, name, body }: BlockDeclaration,
  { call }: Layer,
): string | undefined {
  const given = call?.arguments ?? [];
  const [first, last] = [body[0]!, body.at(-1)!] as { span: { start: number; end: number } }[];
  const { text } = analysis.source;
  let result = "";
  let done = first!.span.start;
  const values = parameters.map((parameter, index) => {
    const named = given.find((one) => one.name?.text === parameter.name.text);
    const value = named?.value ?? (given[index]?.name ? undefined : given[index]?.value) ?? parameter.default;
    return { symbol: symbolOf("parameter", parameter.name, parameter, name.text), value };
  });
  if (values.some(({ value }) => value === undefined)) return undefined;
  for (const { symbol, span } of analysis.names.occurrences) {
    const found = values.find((one) => isSame(one.symbol, symbol));
    if (!found || span.start < done || span.end > last!.span.end) continue;
    const value = textOf(found.value!.span);
    // A label is written with its sign, which is part of the argument too.
    const from = text[span.start - 1] === "@" ? span.start - 1 : span.start;
    result += text.slice(done, from) + (/^[\w@.]+$|^\(.*\)$/.test(value) ? value : `(${value})`);
    done = span.end;
  }
  return result + text.slice(done, last!.span.end);
}
