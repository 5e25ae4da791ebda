/** The calls that led to a place, as messages show them. */
import type { Diagnostic } from "../base/diagnostics.js";
import { plural } from "../base/integers.js";
import { textOf, type Span } from "../base/source.js";
import type { Step } from "../ir/network.js";
import { describeValue, isUnit, UNKNOWN, unitName, type GivenArgument, type Value } from "./values.js";

/** `Stage(Unit, 128, n2, 2)`: a call as it is written, on one line. */
export function callText(span: Span): string {
  return textOf(span).replace(/\s+/g, " ");
}

/** `(128, 2)`: the values of a call; nothing for none. */
export function argumentsText(given: readonly GivenArgument[] | undefined): string {
  if (!given || given.length === 0) return "";
  const texts = given.map(({ name, value }) => (name ? `${name.text} = ` : "") + shortValue(value));
  return `(${texts.join(", ")})`;
}

function shortValue(value: Value): string {
  return value === UNKNOWN ? "?" : isUnit(value) ? unitName(value) : describeValue(value);
}

/** What led here: the call that the place is part of, and those around it. */
export function withTrail(diagnostic: Diagnostic, trail: readonly Step[]): Diagnostic {
  const [innermost] = trail;
  if (!innermost) return diagnostic;
  return {
    ...diagnostic,
    related: [...diagnostic.related, { span: innermost.span, text: `in ${innermost.text}` }],
    // An editor keeps messages while lines are added above: the lines of calls are told when they are asked for.
    get notes() {
      return [...diagnostic.notes, ...callsAround(trail)];
    },
  };
}

function callsAround([, ...outer]: readonly Step[]): string[] {
  const shown = outer.slice(0, MOST_CALLS).map(({ text, span }) => {
    const { line, column } = span.source.position(span.start);
    return `called from ${text} at ${span.source.path}:${line}:${column}`;
  });
  if (outer.length > MOST_CALLS) shown.push(`and ${plural(outer.length - MOST_CALLS, "call")} around it`);
  return shown;
}

/** Calls around a mistake that are told. */
const MOST_CALLS = 4;
