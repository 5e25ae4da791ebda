/** Which blocks and nets call which. */
import type { Span } from "../base/source.js";
import type { Analysis } from "./analysis.js";
import { isSame, type NamedSymbol } from "./names.js";
import { occurrenceAt } from "./places.js";

export interface Call {
  /** The block or net that calls, or that is called. */
  readonly symbol: NamedSymbol;
  /** Where it is called. */
  readonly places: readonly Span[];
}

const isUnit = ({ kind }: NamedSymbol) => kind === "block" || kind === "net";

/** The block or net at a place. */
export function unitAt({ names }: Analysis, offset: number): NamedSymbol | undefined {
  const symbol = occurrenceAt(names, offset)?.symbol;
  return symbol && isUnit(symbol) ? symbol : undefined;
}

/** What is called in a block or net. */
export function callsIn({ names, program }: Analysis, unit: NamedSymbol): Call[] {
  const span = spanOf(unit);
  if (!span || span.source.path !== program.source.path) return [];
  const inside = names.occurrences.filter(
    (one) => !one.isDeclaration && isUnit(one.symbol) && span.start <= one.span.start && one.span.end <= span.end,
  );
  return grouped(inside.map(({ symbol, span: place }) => ({ symbol, place })));
}

/** What calls a block or net, in one file. */
export function callsOf({ names }: Analysis, unit: NamedSymbol): Call[] {
  const uses = names.occurrences.filter((one) => !one.isDeclaration && isSame(one.symbol, unit));
  return grouped(
    uses.flatMap(({ span: place }) => {
      const around = [...names.units.values()].find((symbol) => {
        const span = spanOf(symbol);
        return span?.source.path === place.source.path && span.start <= place.start && place.end <= span.end;
      });
      return around ? [{ symbol: around, place }] : [];
    }),
  );
}

export function spanOf({ declaration }: NamedSymbol): Span | undefined {
  return "span" in declaration ? declaration.span : undefined;
}

function grouped(calls: readonly { symbol: NamedSymbol; place: Span }[]): Call[] {
  const found: { symbol: NamedSymbol; places: Span[] }[] = [];
  for (const { symbol, place } of calls) {
    const known = found.find((one) => isSame(one.symbol, symbol));
    if (known) known.places.push(place);
    else found.push({ symbol, places: [place] });
  }
  return found;
}
