/** What code with a class or a function for each template shares: numbers, arguments. */
import type { Literal } from "../outline/pieces.js";
import { argumentOf, isPositional, nameOf, orderOf, resultsOf } from "../outline/calls.js";
import { valueNames, type Flow } from "../outline/variables.js";
import type { CallItem, Slot, Template, TemplatePiece } from "../outline/templates.js";
import { attributeOf } from "./names.js";

export function printLiteral(literal: Literal): string {
  if (literal === null) return "None";
  if (typeof literal === "boolean") return literal ? "True" : "False";
  if (typeof literal === "string") return JSON.stringify(literal);
  if (typeof literal === "number") return String(literal);
  return `(${literal.map(printLiteral).join(", ")}${literal.length === 1 ? "," : ""})`;
}

/** `parameters` are how the template's parameters are called where the code stands. */
function printSlot(slot: Slot, parameters: readonly string[]): string {
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

/** What a call is given, as it is written. */
export function argumentsOf(item: CallItem, parameters: readonly string[], from: string): string[] {
  return orderOf(item.template).map((position) => {
    const name = item.template.parameters[position]!;
    const text = argumentOf(item.args[position]!, (slot) => printSlot(slot, parameters), from);
    return isPositional(name) ? text : `${name}=${text}`;
  });
}

/** The variables of a template's values. `reserved` are names that stand for something else. */
export function variablesOf(template: Template, reserved: readonly string[] = []): ReadonlyMap<string, string> {
  const flows = template.items.map((item, index): Flow => ({
    reads: item.reads,
    gives: Array.from({ length: resultsOf(item) }, (_, result) => ({ item: index, result })),
    name: item.kind === "layer" ? item.name : nameOf(item),
  }));
  return valueNames(flows, template, {
    reserved: [...reserved, "self", "index", "F", "nn", "torch", "math"],
    identifier: (name) => attributeOf(name).toLowerCase(),
  });
}

/** Positions of the parameters that its layers or rows read while they run. */
export function parametersAtRun({ items }: Template): Set<number> {
  const slots = items.flatMap((item) => (item.kind === "layer" ? item.apply : [item.count]));
  return new Set(slots.flatMap((slot) => (typeof slot === "object" && "parameter" in slot ? [slot.parameter] : [])));
}
