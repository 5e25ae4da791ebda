/** `cnnc sweep FILE --set c=32,64`: variants of a net side by side, and those that no other one beats. */
import {
  bytesText,
  closest,
  compile,
  costOf,
  groupDigits,
  inferenceMemory,
  listWords,
  messageOf,
  paretoFront,
  plural,
  toJson,
  totalCost,
  type CompileResult,
  type Goal,
  type Network,
} from "../../../index.js";
import { alignedTable } from "../aligned-table.js";
import { limitsInForce } from "../limits.js";
import type { Figure } from "../option-values.js";
import { resolverFor } from "../resolver.js";
import { bindOne, type Sizes } from "../sizes.js";
import { compiledOf, shownName } from "../sources.js";
import type { SweptParameter } from "../sweep-values.js";
import { EXIT, paintFor, print, UsageError } from "../terminal.js";

export interface SweepOptions {
  net?: string;
  size?: Sizes;
  set: SweptParameter[];
  front: Goal<Figure>[];
  format: "text" | "json";
}

/** Variants that are compared at most, and that are compiled in one go. */
const MOST_VARIANTS = 2_000;
const IN_ONE_GO = 25;

type Values = Readonly<Record<string, string>>;

interface Variant {
  readonly values: Values;
  /** What it comes to, for one image; `memory` is what running it needs, in bytes of float32. */
  readonly figures?: Readonly<Record<Figure, bigint>>;
  /** Why it is none. */
  readonly fault?: string;
}

/** A variant with whether no other one beats it. */
type Ranked = Variant & { readonly isOnFront: boolean };

export async function sweep(path: string, options: SweepOptions): Promise<number> {
  const { set } = options;
  const count = set.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_VARIANTS)
    throw new UsageError(`that is ${plural(count, "variant")}: up to ${groupDigits(MOST_VARIANTS)} are compared`);
  const written = await compiledOf(path, options.format, options.net, true);
  const family = familyOf(path, written, options);
  const all = combinations(set);
  const variants: Variant[] = [];
  for (let start = 0; start < all.length; start += IN_ONE_GO) {
    variants.push(...compiled(path, written, family, all.slice(start, start + IN_ONE_GO), options.size));
  }
  const ranked = rankedBy(options.front, variants);
  if (options.format === "json") {
    const front = options.front.map(({ figure, wants }) => `${figure}:${wants}`);
    print(toJson({ schema: "cnnc-sweep/1", net: family, front, variants: ranked }));
  } else print(textOf(family, ranked, options));
  return ranked.some(({ figures }) => figures) ? EXIT.fine : EXIT.program;
}

/** The net whose parameters are set. Errors: `UsageError` where none has them, or several have. */
function familyOf(path: string, { program }: CompileResult, { net, set }: SweepOptions): string {
  const nets = program.items.flatMap((item) => (item.kind === "net" ? [item] : []));
  const names = set.map(({ name }) => name);
  const parametersOf = (name: string) =>
    nets.find((item) => item.name.text === name)?.parameters.map((parameter) => parameter.name.text) ?? [];
  const fitting = nets.filter((item) => names.every((name) => parametersOf(item.name.text).includes(name)));
  if (net === undefined) {
    if (fitting.length === 1) return fitting[0]!.name.text;
    const found = fitting.map((item) => item.name.text);
    throw new UsageError(
      found.length === 0
        ? `${path} has no net with the parameter ${listWords(names)}`
        : `${listWords(found)} in ${path} have it: choose one with --net`,
    );
  }
  const missing = names.find((name) => !parametersOf(net).includes(name));
  if (missing === undefined) return net;
  const own = parametersOf(net);
  const suggestion = closest(missing, own);
  const hint = suggestion
    ? `did you mean ${suggestion}?`
    : own.length > 0
      ? `there is ${listWords(own)}`
      : "it has none";
  throw new UsageError(`${net} has no parameter ${missing}; ${hint}`);
}

/** Every choice of one value of each parameter, the last one changing fastest. */
function combinations(set: readonly SweptParameter[]): Values[] {
  return set.reduce<Values[]>(
    (before, { name, values }) => before.flatMap((chosen) => values.map((value) => ({ ...chosen, [name]: value }))),
    [{}],
  );
}

/** Compiles variants behind the program, each on a line of its own. */
function compiled(
  path: string,
  { source, names }: CompileResult,
  family: string,
  values: readonly Values[],
  sizes: Sizes | undefined,
): Variant[] {
  let prefix = "Variant";
  while (names.some((name) => name.startsWith(prefix))) prefix += "X";
  const lines = values.map((chosen, index) => {
    const args = Object.entries(chosen).map(([name, value]) => `${name} = ${value}`);
    return `net ${prefix}${index + 1} = ${family}(${args.join(", ")})`;
  });
  const text = `${source.text}\n${lines.join("\n")}\n`;
  const options = { limits: limitsInForce(), resolve: resolverFor(path) };
  const { networks, diagnostics } = compile(shownName(path), text, options);
  const firstLine = text.split("\n").length - lines.length - 1;
  return values.map((chosen, index): Variant => {
    const own = networks.find(({ name }) => name === `${prefix}${index + 1}`);
    if (own) return { values: chosen, figures: figuresOf(bindOne(own, sizes)) };
    const line = firstLine + index + 1;
    const error = diagnostics.find(({ severity, span, related }) => {
      const places = [span, ...related.map((place) => place.span)];
      return severity === "error" && places.some((place) => place.source.position(place.start).line === line);
    });
    return { values: chosen, fault: error ? messageOf(error) : "it does not compile" };
  });
}

function figuresOf(network: Network): Record<Figure, bigint> {
  const { params, macs, activations } = totalCost(network.nodes.map((node) => costOf(network, node)));
  return {
    params,
    macs: macs as bigint,
    activations: activations as bigint,
    memory: inferenceMemory(network).total,
  };
}

function rankedBy(goals: readonly Goal<Figure>[], variants: readonly Variant[]): Ranked[] {
  const models = variants.flatMap(({ figures }) => (figures ? [figures] : []));
  const front = paretoFront(models, goals);
  const isOn = new Map(models.map((figures, index) => [figures, front[index]!]));
  return variants.map((variant) => ({ ...variant, isOnFront: variant.figures ? isOn.get(variant.figures)! : false }));
}

function textOf(family: string, variants: readonly Ranked[], { set, front }: SweepOptions): string {
  const names = set.map(({ name }) => name);
  const rows = variants.flatMap(({ values, figures, isOnFront }) => {
    if (!figures) return [];
    const { params, macs, activations, memory } = figures;
    return [
      [
        isOnFront ? "*" : "",
        ...names.map((name) => values[name]!),
        groupDigits(params),
        groupDigits(macs),
        groupDigits(activations),
        bytesText(memory),
      ],
    ];
  });
  const faults = variants.flatMap(({ values, fault }) => {
    return fault === undefined ? [] : [`${names.map((name) => `${name} = ${values[name]!}`).join(", ")}: ${fault}`];
  });
  const goals = front.map(({ figure, wants }) => `${wants} ${figure}`);
  const title = `${paintFor(process.stdout).strong(family)}, ${plural(variants.length, "variant")}; * is beaten by no other one (${listWords(goals)})`;
  const table =
    rows.length > 0 ? [alignedTable([["", ...names, "params", "macs", "activations", "memory"], ...rows])] : [];
  return [title, "", ...table, ...(faults.length > 0 ? [...(table.length > 0 ? [""] : []), ...faults] : [])].join("\n");
}
