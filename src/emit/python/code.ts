/** What code with a class or a function for each template shares: numbers, arguments, variables. */
import type { Literal } from "../outline/pieces.js";
import type { CallItem, Item, Reference, Slot, Template, TemplatePiece } from "../outline/templates.js";
import { attributeOf } from "./names.js";

export function printLiteral(literal: Literal): string {
  if (literal === null) return "None";
  if (typeof literal === "boolean") return literal ? "True" : "False";
  if (typeof literal === "string") return JSON.stringify(literal);
  if (typeof literal === "number") return String(literal);
  return `(${literal.map(printLiteral).join(", ")}${literal.length === 1 ? "," : ""})`;
}

/** `parameters` are how the template's parameters are called where the code stands. */
export function printSlot(slot: Slot, parameters: readonly string[]): string {
  return "literal" in slot ? printLiteral(slot.literal) : parameters[slot.parameter]!;
}

export function printPieces(
  pieces: readonly TemplatePiece[],
  parameters: readonly string[],
  context: { own: string; reads: readonly string[] },
): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if ("own" in piece) return context.own;
      if ("reads" in piece) return context.reads[piece.reads]!;
      const text = printSlot(piece, parameters);
      if (!piece.keyword) return text;
      const { name, default: byDefault } = piece.keyword;
      const isDefault = "literal" in piece && JSON.stringify(piece.literal) === JSON.stringify(byDefault);
      return isDefault ? "" : `, ${name}=${text}`;
    })
    .join("");
}

/** Parameters that are told by position: sizes of channels. The rest is told by name. */
const isPositional = (name: string) => /channels\d*$/.test(name);

/** The parameters of a template in the order in which they are written, by their positions. */
export function orderOf(template: Template): number[] {
  const positions = [...template.parameters.keys()];
  const place = (position: number) => {
    const name = template.parameters[position]!;
    if (name === "in_channels") return 0;
    if (name === "out_channels") return 2;
    return isPositional(name) ? 1 : 3;
  };
  return positions.sort((a, b) => place(a) - place(b) || a - b);
}

/** Whether it is one call. */
export const isSingle = ({ count }: CallItem) => "literal" in count && count.literal === 1;

/** The name of a single call. */
export const nameOf = ({ base, first }: CallItem) => `${base}${first ?? ""}`;

/** Numbers of the first call of a row, and behind the last. */
export function rangeOf(item: CallItem, parameters: readonly string[]): [from: string, to: string] {
  const first = item.first ?? 1;
  const { count } = item;
  if ("literal" in count) return [String(first), String(first + (count.literal as number))];
  return [String(first), first === 0 ? printSlot(count, parameters) : `${printSlot(count, parameters)} + ${first}`];
}

/** What a call is given, as it is written. */
export function argumentsOf(item: CallItem, parameters: readonly string[], from: string): string[] {
  return orderOf(item.template).map((position) => {
    const { start, step } = item.args[position]!;
    const name = item.template.parameters[position]!;
    const first = printSlot(start, parameters);
    const behind = from === "0" ? "index" : `(index - ${from})`;
    const text = step === undefined ? first : `${first} + ${printSlot(step, parameters)} * ${behind}`;
    return isPositional(name) ? text : `${name}=${text}`;
  });
}

/** How many values an item gives. */
export const resultsOf = (item: Item) => (item.kind === "layer" ? 1 : item.template.results.length);

/** A reference as the key of a table. */
export const keyOf = (reference: Reference) =>
  "given" in reference ? `given ${reference.given}` : `${reference.item}.${reference.result}`;

/**
 * Variables: `x` for what flows from one line to the next, a name of its own for what is read again later, and `y` for what
 * flows where the input itself is read again.
 */
export function valueNames(
  { items, given, results }: Template,
  reserved: readonly string[] = [],
): ReadonlyMap<string, string> {
  const readers = new Map<string, number[]>();
  const reading = (reference: Reference, index: number) => {
    readers.set(keyOf(reference), [...(readers.get(keyOf(reference)) ?? []), index]);
  };
  items.forEach((item, index) => item.reads.forEach((reference) => reading(reference, index)));
  results.forEach((reference) => reading(reference, items.length));
  const flows = (key: string, index: number) => (readers.get(key) ?? []).every((reader) => reader === index + 1);
  const names = new Map<string, string>();
  const taken = new Set([...reserved, "self", "index", "F", "nn", "torch", "math", "x", "y"]);
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

/** Positions of the parameters that its layers or rows read while they run. */
export function parametersAtRun({ items }: Template): Set<number> {
  const slots = items.flatMap((item) => (item.kind === "layer" ? item.apply : [item.count]));
  return new Set(slots.flatMap((slot) => (typeof slot === "object" && "parameter" in slot ? [slot.parameter] : [])));
}
