/** The linter: what the compiler told and what the rules add, at the levels of a configuration, without what comments disable. */
import { hasErrors, sortDiagnostics, type Diagnostic } from "../base/diagnostics.js";
import type { SourceText } from "../base/source.js";
import type { Network } from "../ir/network.js";
import type { Program } from "../syntax/ast.js";
import { parse } from "../syntax/parse.js";
import { applyDirectives, directivesOf, type Directive } from "./directives.js";
import { isCounted } from "./counted.js";
import { removalIn } from "./removal.js";
import type { Level, LintConfig, Rule } from "./rule.js";
import { rules } from "./rules.js";
import { View } from "./view.js";

/** What was made of a program: a `CompileResult` is one. */
export interface Linted {
  readonly source: SourceText;
  readonly program: Program;
  readonly networks: readonly Network[];
  readonly diagnostics: readonly Diagnostic[];
  /** What was found in a network by the same rules (the same `key`) before, else what `check` finds. */
  lintedBefore?(network: Network, key: string, check: () => readonly Finding[]): readonly Finding[];
}

/** What a rule has to tell of one network. */
export interface Finding {
  readonly rule: Rule;
  readonly diagnostic: Diagnostic;
}

/** The rule that a code belongs to. */
export const ruleOfCode: ReadonlyMap<string, Rule> = new Map(
  rules.flatMap((rule) => rule.kinds.map(({ code }) => [code, rule] as const)),
);

/**
 * All there is to tell of a program: its errors, and the findings of all rules with their names, by place. Pure: nothing is
 * read. With errors in the program only those are told, with what the compiler found beside them.
 */
export function lintProgram(result: Linted, config: LintConfig = {}): Diagnostic[] {
  const levelOf = (rule: Rule): Level | undefined => config.rules?.[rule.name] ?? (rule.isOff ? "off" : undefined);
  const told = result.diagnostics.map((found) => {
    const rule = ruleOfCode.get(found.code);
    return rule ? { ...found, rule: rule.name } : found;
  });
  const isSound = !hasErrors(result.diagnostics.filter(({ code }) => !ruleOfCode.has(code)));
  const active = rules.filter((rule) => rule.runs === "lint" && levelOf(rule) !== "off");
  const added = isSound ? [...ofNetworks(result, active, config), ...ofProgram(result.program, active)] : [];
  const all = [...told, ...added].filter(({ rule }) => rule === undefined || config.rules?.[rule] !== "off");
  const names = {
    all: rules.map(({ name }) => name),
    running: new Set(rules.filter((rule) => levelOf(rule) !== "off").map(({ name }) => name)),
    path: result.source.path,
  };
  const ruled = isSound ? applyDirectives(all, directivesIn(result, all), names) : all;
  return sortDiagnostics(
    ruled.flatMap((found) => {
      const level = found.rule === undefined ? undefined : config.rules?.[found.rule];
      if (level === "off") return [];
      return [level === undefined ? found : { ...found, severity: level }];
    }),
  );
}

function ofProgram(program: Program, active: readonly Rule[]): Diagnostic[] {
  return active.flatMap((rule) => (rule.checkProgram?.(program) ?? []).map((found) => ({ ...found, rule: rule.name })));
}

/**
 * A line may make many layers, in several networks: what they have in common is told once, with how many of them have it.
 * A change of the line is only safe where all of them do, and where nothing is said of counts that it lowers.
 */
function ofNetworks(result: Linted, active: readonly Rule[], config: LintConfig): Diagnostic[] {
  const { networks, program } = result;
  const layers = layersOfLines(networks);
  const { target, objectSize } = config;
  const key = JSON.stringify([target, objectSize, active.map(({ name }) => name)]);
  // Where no rule asks for it, it is not read.
  let removal: ReturnType<typeof removalIn> | undefined;
  const remove = (layer: Diagnostic["span"]) => (removal ??= removalIn(program))(layer);
  const found = new Map<string, { first: Diagnostic; rule: Rule; times: number; isSafe: boolean }>();
  for (const network of networks) {
    const check = (): Finding[] => {
      const view = new View(network, config, remove);
      return active.flatMap((rule) =>
        (rule.checkNetwork?.(network, view) ?? []).map((diagnostic) => ({ rule, diagnostic })),
      );
    };
    for (const { rule, diagnostic } of result.lintedBefore?.(network, key, check) ?? check()) {
      const place = `${diagnostic.code}:${keyOf(diagnostic.span)}`;
      const isSafe = !isCounted(network) && diagnostic.fixes.some((fix) => fix.isSafe);
      const before = found.get(place);
      if (before) {
        before.times++;
        before.isSafe &&= isSafe;
      } else found.set(place, { first: diagnostic, rule, times: 1, isSafe });
    }
  }
  return [...found.values()].flatMap(({ first, rule, times, isSafe }) => {
    // Shipped files are nobody's to change.
    if (!isOwn(first, program)) return [];
    const made = layers.get(keyOf(first.span));
    const isEverywhere = made === undefined || times >= made;
    if (rule.isEverywhere && !isEverywhere) return [];
    const notes = isEverywhere ? [] : [`so in ${times} of the ${made} layers that this line makes`];
    const fixes =
      isSafe && isEverywhere && made !== undefined
        ? first.fixes
        : first.fixes.map(({ title, edits }) => ({ title, edits }));
    return [{ ...first, notes: [...first.notes, ...notes], fixes, rule: rule.name }];
  });
}

/** How many layers each line makes, by where it stands. Layers of one line share their place. */
function layersOfLines(networks: readonly Network[]): ReadonlyMap<string, number> {
  const spans = new Map<Diagnostic["span"], number>();
  for (const { nodes } of networks) for (const { span } of nodes) spans.set(span, (spans.get(span) ?? 0) + 1);
  const layers = new Map<string, number>();
  for (const [span, times] of spans) layers.set(keyOf(span), (layers.get(keyOf(span)) ?? 0) + times);
  return layers;
}

/** Whether it is about the file itself, or about one that it names by its path. */
function isOwn({ span }: Diagnostic, program: Program): boolean {
  return span.source.path === program.source.path || !/^std\b/.test(span.source.path);
}

const keyOf = ({ source, start }: Diagnostic["span"]) => `${source.path}:${start}`;

/** The comments of the file, and of the files that something is told of. */
function directivesIn({ source, program }: Linted, found: readonly Diagnostic[]): Directive[] {
  const others = new Map(found.map(({ span }) => [span.source.path, span.source]));
  others.delete(source.path);
  return [
    ...directivesOf(source, program.comments),
    ...[...others.values()].flatMap((other) => directivesOf(other, parse(other).program.comments)),
  ];
}
