/** How the calls of templates are written in any language. */
import type { CallItem, Item, Reference, Slot, Template } from "./templates.js";

/** Parameters that are told by position: sizes of channels. The rest is told by name. */
export const isPositional = (name: string) => /channels\d*$/.test(name);

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
  const times = parameters[count.parameter]!;
  return [String(first), first === 0 ? times : `${times} + ${first}`];
}

/** How many values an item gives. */
export const resultsOf = (item: Item) => (item.kind === "layer" ? 1 : item.template.results.length);

/** A reference as the key of a table. */
export const keyOf = (reference: Reference) =>
  "given" in reference ? `given ${reference.given}` : `${reference.item}.${reference.result}`;

/** One argument of a call, where the calls of a row are numbered by `index` from `from` on. */
export function argumentOf(
  { start, step }: CallItem["args"][number],
  print: (slot: Slot) => string,
  from: string,
): string {
  if (step === undefined) return print(start);
  return `${print(start)} + ${print(step)} * ${from === "0" ? "index" : `(index - ${from})`}`;
}
