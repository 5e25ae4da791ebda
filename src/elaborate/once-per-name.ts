/** One unknown name is one mistake, also where it stands several times. */
import type { Diagnostic, Fix } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import type { Program } from "../syntax/ast.js";

/** Further places that are shown. */
const MOST_SHOWN = 8;

/** The diagnostics with those of one name made one, at its first place; its fix mends all of them. */
export function oncePerName(diagnostics: readonly Diagnostic[], program: Program): Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const key = keyOf(diagnostic, program) ?? `${groups.size}`;
    groups.set(key, [...(groups.get(key) ?? []), diagnostic]);
  }
  return [...groups.values()].map(merged);
}

function keyOf({ kind, args, span }: Diagnostic, { source, items }: Program): string | undefined {
  // What is said twice of one line is said once.
  if (!kind.oncePer) {
    const line = span.source.position(span.start).line;
    return [kind.code, span.source.path, line, kind.message(args)].join(" ");
  }
  const name = ["name", "callee", "parameter"].map((part) => args[part]);
  const isHere = kind.oncePer === "declaration" && span.source === source;
  // A chain outside of nets is one declaration.
  const item = isHere ? items.findIndex((found) => "name" in found && within(span, found.span)) : "";
  return [kind.code, span.source.path, item, ...name].join(" ");
}

const within = (inner: Span, outer: Span) => inner.start >= outer.start && inner.end <= outer.end;

function merged(found: readonly Diagnostic[]): Diagnostic {
  const [first, ...others] = [...found].sort((a, b) => a.span.start - b.span.start);
  if (others.length === 0) return first!;
  const related = others.slice(0, MOST_SHOWN).map(({ span }) => ({ span, text: "here too" }));
  const fixes = first!.fixes.map((fix): Fix => ({ ...fix, edits: [...fix.edits, ...editsOf(fix, others)] }));
  return { ...first!, related: [...first!.related, ...related], fixes };
}

/** The edits of the same fix elsewhere; one that is at the same place already is not made twice. */
function editsOf({ title, edits }: Fix, others: readonly Diagnostic[]) {
  const starts = new Set(edits.map(({ span }) => span.start));
  return others
    .flatMap(({ fixes }) => fixes.filter((fix) => fix.title === title).flatMap((fix) => fix.edits))
    .filter(({ span }) => !starts.has(span.start) && starts.add(span.start));
}
