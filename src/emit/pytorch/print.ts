/** Templates as Python classes. */
import type { CallItem, Item, LayerItem, Reference, Slot, Template, TemplatePiece } from "../outline/templates.js";
import type { Literal } from "../outline/pieces.js";
import { attributeOf } from "./names.js";

export function printLiteral(literal: Literal): string {
  if (literal === null) return "None";
  if (typeof literal === "boolean") return literal ? "True" : "False";
  if (typeof literal === "string") return JSON.stringify(literal);
  if (typeof literal === "number") return String(literal);
  return `(${literal.map(printLiteral).join(", ")}${literal.length === 1 ? "," : ""})`;
}

function printSlot(slot: Slot, template: Template): string {
  return "literal" in slot ? printLiteral(slot.literal) : template.parameters[slot.parameter]!;
}

function printPieces(
  pieces: readonly TemplatePiece[],
  template: Template,
  context: { own: string; reads: readonly string[] },
): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if ("own" in piece) return context.own;
      if ("reads" in piece) return context.reads[piece.reads]!;
      const text = printSlot(piece, template);
      if (!piece.keyword) return text;
      const { name, default: byDefault } = piece.keyword;
      const isDefault = "literal" in piece && JSON.stringify(piece.literal) === JSON.stringify(byDefault);
      return isDefault ? "" : `, ${name}=${text}`;
    })
    .join("");
}

/** Parameters that are told by position: sizes of channels. The rest is told by name. */
const isPositional = (name: string) => /channels\d*$/.test(name);

/** The parameters of a class in the order in which they are written, by their positions. */
function orderOf(template: Template): number[] {
  const positions = [...template.parameters.keys()];
  const place = (position: number) => {
    const name = template.parameters[position]!;
    if (name === "in_channels") return 0;
    if (name === "out_channels") return 2;
    return isPositional(name) ? 1 : 3;
  };
  return positions.sort((a, b) => place(a) - place(b) || a - b);
}

/** The class of a template. `classes` are the names of all classes. */
export function printClass(template: Template, classes: ReadonlyMap<Template, string>, documentation: string): string {
  const name = classes.get(template)!;
  const parameters = orderOf(template).map((position) => template.parameters[position]!);
  const isChain = isPlainChain(template);
  const lines = [
    `class ${name}(${isChain ? "nn.Sequential" : "nn.Module"}):`,
    `    """${documentation}"""`,
    "",
    `    def __init__(${["self", ...parameters].join(", ")}):`,
    "        super().__init__()",
    ...template.items.flatMap((item) => printMaking(item, template, classes)),
  ];
  return [...lines, ...(isChain ? [] : ["", ...printForward(template)])].join("\n");
}

/** Whether each item is a module that is applied to the one before: PyTorch then has the way through it. */
function isPlainChain(template: Template): boolean {
  const { items, results, given } = template;
  const isApplied = (item: Item) =>
    item.kind === "call" ||
    (item.make !== undefined &&
      item.apply.length === 4 &&
      JSON.stringify(item.apply) === '[{"own":true},"(",{"reads":0},")"]');
  const isNext = (reads: readonly Reference[], index: number) =>
    reads.length === 1 &&
    (index === 0 ? "given" in reads[0]! : "item" in reads[0]! && reads[0].item === index - 1 && reads[0].result === 0);
  const [result] = results;
  return (
    given === 1 &&
    results.length === 1 &&
    "item" in result! &&
    result.item === items.length - 1 &&
    items.every((item, index) => isApplied(item) && isNext(item.reads, index)) &&
    items.every((item) => item.kind === "layer" || item.template.results.length === 1)
  );
}

function printMaking(item: Item, template: Template, classes: ReadonlyMap<Template, string>): string[] {
  if (item.kind === "layer") {
    if (!item.make) return [];
    return [`        self.${attributeOf(item.name)} = ${printPieces(item.make, template, { own: "", reads: [] })}`];
  }
  const [from, to] = rangeOf(item, template);
  const call = `${classes.get(item.template)!}(${argumentsOf(item, template, from).join(", ")})`;
  if (isSingle(item)) return [`        self.${attributeOf(nameOf(item))} = ${call}`];
  return [
    `        for index in range(${from}, ${to}):`,
    `            self.add_module(f"${attributeOf(item.base)}{index}", ${call})`,
  ];
}

const isSingle = ({ count }: CallItem) => "literal" in count && count.literal === 1;

const nameOf = ({ base, first }: CallItem) => `${base}${first ?? ""}`;

/** Numbers of the first call of a row, and behind the last. */
function rangeOf(item: CallItem, template: Template): [from: string, to: string] {
  const first = item.first ?? 1;
  const { count } = item;
  if ("literal" in count) return [String(first), String(first + (count.literal as number))];
  return [String(first), first === 0 ? printSlot(count, template) : `${printSlot(count, template)} + ${first}`];
}

function argumentsOf(item: CallItem, template: Template, from: string): string[] {
  return orderOf(item.template).map((position) => {
    const { start, step } = item.args[position]!;
    const name = item.template.parameters[position]!;
    const first = printSlot(start, template);
    const behind = from === "0" ? "index" : `(index - ${from})`;
    const text = step === undefined ? first : `${first} + ${printSlot(step, template)} * ${behind}`;
    return isPositional(name) ? text : `${name}=${text}`;
  });
}

function printForward(template: Template): string[] {
  const { items, given, results } = template;
  const names = valueNames(template);
  const nameFor = (reference: Reference) => names.get(keyOf(reference))!;
  const inputs = Array.from({ length: given }, (_, index) => names.get(keyOf({ given: index }))!);
  const lines = items.flatMap((item, index) => {
    const reads = item.reads.map(nameFor);
    const targets = Array.from({ length: resultsOf(item) }, (_, result) => nameFor({ item: index, result }));
    return printStep(item, template, reads, targets.join(", "));
  });
  const returned = results.map(nameFor).join(", ");
  // What is only made to be returned needs no name.
  const last = lines.at(-1);
  const prefix = `        ${returned} = `;
  if (results.length === 1 && last?.startsWith(prefix))
    lines[lines.length - 1] = `        return ${last.slice(prefix.length)}`;
  else lines.push(`        return ${returned}`);
  return [`    def forward(${["self", ...inputs].join(", ")}):`, ...lines];
}

const resultsOf = (item: Item) => (item.kind === "layer" ? 1 : item.template.results.length);

function printStep(item: Item, template: Template, reads: readonly string[], target: string): string[] {
  if (item.kind === "layer") return printLayer(item, template, reads, target);
  if (isSingle(item)) return [`        ${target} = self.${attributeOf(nameOf(item))}(${reads.join(", ")})`];
  const [from, to] = rangeOf(item, template);
  const start = reads[0]! === target ? [] : [`        ${target} = ${reads[0]!}`];
  return [
    ...start,
    `        for index in range(${from}, ${to}):`,
    `            ${target} = getattr(self, f"${attributeOf(item.base)}{index}")(${target})`,
  ];
}

function printLayer(item: LayerItem, template: Template, reads: readonly string[], target: string): string[] {
  const text = printPieces(item.apply, template, { own: `self.${attributeOf(item.name)}`, reads });
  return text === target ? [] : [`        ${target} = ${text}`];
}

const keyOf = (reference: Reference) =>
  "given" in reference ? `given ${reference.given}` : `${reference.item}.${reference.result}`;

/**
 * Variables: `x` for what flows from one line to the next, a name of its own for what is read again later, and `y` for what
 * flows where the input itself is read again.
 */
function valueNames({ items, given, results }: Template): ReadonlyMap<string, string> {
  const readers = new Map<string, number[]>();
  const reading = (reference: Reference, index: number) => {
    readers.set(keyOf(reference), [...(readers.get(keyOf(reference)) ?? []), index]);
  };
  items.forEach((item, index) => item.reads.forEach((reference) => reading(reference, index)));
  results.forEach((reference) => reading(reference, items.length));
  const flows = (key: string, index: number) => (readers.get(key) ?? []).every((reader) => reader === index + 1);
  const names = new Map<string, string>();
  const taken = new Set(["self", "index", "F", "nn", "torch", "math", "x", "y"]);
  const isKept = given !== 1 || !flows(keyOf({ given: 0 }), -1);
  const flow = isKept ? "y" : "x";
  for (let index = 0; index < given; index++) {
    names.set(keyOf({ given: index }), given === 1 ? "x" : `x${index + 1}`);
    taken.add(`x${index + 1}`);
  }
  items.forEach((item, index) => {
    for (let result = 0; result < resultsOf(item); result++) {
      const key = keyOf({ item: index, result });
      if (resultsOf(item) === 1 && flows(key, index)) {
        names.set(key, flow);
        continue;
      }
      const base = item.kind === "layer" ? item.name : nameOf(item);
      let name = attributeOf(base).toLowerCase() + (result > 0 ? `_${result + 1}` : "");
      while (taken.has(name)) name += "_";
      taken.add(name);
      names.set(key, name);
    }
  });
  return names;
}
