/** Templates as Python functions that make Keras layers. */
import type { Item, Reference, Template } from "../outline/templates.js";
import { isSingle, keyOf, nameOf, orderOf, rangeOf, resultsOf } from "../outline/calls.js";
import { argumentsOf, printPieces, variablesOf } from "../python/code.js";

/** What a function of the module may not call a value. */
const RESERVED = ["name", "layers", "ops", "keras", "load_file", "save_file"];

/** The function of a block. \`functions\` are the names of all functions. */
export function printFunction(template: Template, functions: ReadonlyMap<Template, string>): string {
  const parameters = orderOf(template).map((position) => template.parameters[position]!);
  const names = variablesOf(template, [...RESERVED, ...template.parameters, ...functions.values()]);
  const inputs = Array.from({ length: template.given }, (_, given) => names.get(keyOf({ given }))!);
  return [
    `def ${functions.get(template)!}(${[...inputs, "name", ...parameters].join(", ")}):`,
    `    """The block ${template.block}; the names of its layers start with \`name\`."""`,
    ...bodyOf(template, functions, names),
  ].join("\n");
}

/** The statements of a network, and the values that it gives. */
export function printBody(
  template: Template,
  functions: ReadonlyMap<Template, string>,
  inputs: readonly string[],
): { lines: string[]; results: string[] } {
  const names = new Map(variablesOf(template, [...RESERVED, ...functions.values(), ...inputs]));
  inputs.forEach((input, given) => names.set(keyOf({ given }), input));
  const lines = template.items.flatMap((item, index) => printItem(item, index, template, functions, names, true));
  return { lines, results: template.results.map((reference) => names.get(keyOf(reference))!) };
}

function bodyOf(
  template: Template,
  functions: ReadonlyMap<Template, string>,
  names: ReadonlyMap<string, string>,
): string[] {
  const lines = template.items.flatMap((item, index) => printItem(item, index, template, functions, names, false));
  const returned = template.results.map((reference) => names.get(keyOf(reference))!).join(", ");
  const last = lines.at(-1);
  const prefix = `    ${returned} = `;
  if (template.results.length === 1 && last?.startsWith(prefix)) {
    return [...lines.slice(0, -1), `    return ${last.slice(prefix.length)}`];
  }
  return [...lines, `    return ${returned}`];
}

function printItem(
  item: Item,
  index: number,
  template: Template,
  functions: ReadonlyMap<Template, string>,
  names: ReadonlyMap<string, string>,
  isRoot: boolean,
): string[] {
  const nameFor = (reference: Reference) => names.get(keyOf(reference))!;
  const reads = item.reads.map(nameFor);
  const targets = Array.from({ length: resultsOf(item) }, (_, result) => nameFor({ item: index, result }));
  const target = targets.join(", ");
  const named = (name: string) => (isRoot ? JSON.stringify(name) : `name + ${JSON.stringify(`.${name}`)}`);
  const { parameters } = template;
  if (item.kind === "layer") {
    const text = printPieces(item.apply, parameters, { own: named(item.name), reads });
    return text === target ? [] : [`    ${target} = ${text}`];
  }
  const [from, to] = rangeOf(item, parameters);
  const call = (name: string, values: readonly string[]) =>
    `${functions.get(item.template)!}(${[...values, name, ...argumentsOf(item, parameters, from)].join(", ")})`;
  if (isSingle(item)) return [`    ${target} = ${call(named(nameOf(item)), reads)}`];
  const start = reads.join(", ") === target ? [] : [`    ${target} = ${reads.join(", ")}`];
  const each = `f"${isRoot ? "" : "{name}."}${item.base}{index}"`;
  return [...start, `    for index in range(${from}, ${to}):`, `        ${target} = ${call(each, [target])}`];
}
