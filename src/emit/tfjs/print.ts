/** Templates as JavaScript functions, and the statements of a network. */
import { argumentOf, isPositional, isSingle, keyOf, nameOf, orderOf, rangeOf } from "../outline/calls.js";
import type { CallItem, Item, Template } from "../outline/templates.js";
import { valueNames } from "../outline/variables.js";
import { printPieces, printSlot } from "./pieces.js";
import { stepsOf, type Step } from "./steps.js";

/** What the functions of a module are called, and which of them give a list of layers. */
export interface Functions {
  readonly names: ReadonlyMap<Template, string>;
  readonly lists: ReadonlySet<Template>;
  /** Names that stand for something else everywhere. */
  readonly reserved: readonly string[];
}

/** The names of a template's parameters as JavaScript has them. */
export function parametersOf({ parameters }: Template): string[] {
  return parameters.map((name) => {
    // Layers of tfjs see what comes in: as many channels as that is a size like any other.
    if (name === "in_channels" && !parameters.includes("channels")) return "channels";
    return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  });
}

/** A name of the program as a variable: as much like it as can be. */
export function identifierOf(name: string): string {
  const identifier = name.replace(/[^A-Za-z0-9_$]/g, "_").replace(/^(?=[0-9])/, "_");
  // Layers of our own begin with a capital.
  return identifier.charAt(0).toLowerCase() + identifier.slice(1);
}

/** Text within a template literal. */
const templateText = (text: string) => text.replace(/[\\`]|\$(?=\{)/g, "\\$&");

/** Where code stands: in a block, whose names all start with its own, or in the network. */
interface Scope {
  readonly template: Template;
  readonly functions: Functions;
  readonly isRoot: boolean;
}

function nameText(name: string, { isRoot }: Scope): string {
  return isRoot ? JSON.stringify(name) : `\`\${name}.${templateText(name)}\``;
}

const numberedText = (base: string, { isRoot }: Scope) =>
  `\`${isRoot ? "" : "${name}."}${templateText(base)}\${index}\``;

/** The call of a block's function; `name` is the expression of its name, `values` what it is applied to. */
function callText(item: CallItem, scope: Scope, name: string, values: readonly string[]): string {
  const { template, functions } = scope;
  const parameters = parametersOf(template);
  const [from] = rangeOf(item, parameters);
  const names = parametersOf(item.template);
  const order = orderOf(item.template);
  const text = (position: number) => argumentOf(item.args[position]!, (slot) => printSlot(slot, parameters), from);
  const isSize = (position: number) => isPositional(item.template.parameters[position]!);
  const options = order
    .filter((position) => !isSize(position))
    .map((position) =>
      text(position) === names[position]! ? text(position) : `${names[position]!}: ${text(position)}`,
    );
  const sizes = order.filter(isSize).map(text);
  const args = [...values, name, ...sizes, ...(options.length > 0 ? [`{ ${options.join(", ")} }`] : [])];
  return `${functions.names.get(item.template)!}(${args.join(", ")})`;
}

/** The numbers that a row of calls is made with, as a list. */
function numbersText(item: CallItem, scope: Scope): string {
  const [from] = rangeOf(item, []);
  const { count } = item;
  if ("literal" in count && (count.literal as number) <= 6) {
    return `[${Array.from({ length: count.literal as number }, (_, index) => Number(from) + index).join(", ")}]`;
  }
  const length = printSlot(count, parametersOf(scope.template));
  return `Array.from({ length: ${length} }, (_, index) => index + ${from})`;
}

/** The elements that an item adds to a list of layers. */
function listText(item: Item, scope: Scope): string {
  if (item.kind === "layer") {
    const name = (suffix: string) => nameText(item.name + suffix, scope);
    return printPieces(item.make!, { parameters: parametersOf(scope.template), name, reads: [] });
  }
  if (isSingle(item)) return `...${callText(item, scope, nameText(nameOf(item), scope), [])}`;
  const call = callText(item, scope, numberedText(item.base, scope), []);
  return `...${numbersText(item, scope)}.flatMap((index) => ${call})`;
}

/** The layers of a template that is a list. */
export const layersText = (template: Template, functions: Functions, isRoot: boolean): string[] =>
  template.items.map((item) => listText(item, { template, functions, isRoot }));

interface Statement {
  readonly targets: readonly string[];
  readonly text: string;
  /** The head of the loop that it is repeated in. */
  readonly loop?: string;
}

function statementsOf(step: Step, scope: Scope, names: ReadonlyMap<string, string>): Statement[] {
  const values = step.reads.map((reference) => names.get(keyOf(reference))!);
  const targets = step.gives.map((reference) => names.get(keyOf(reference))!);
  if (step.kind === "layers") {
    const [first] = step.items;
    const parameters = parametersOf(scope.template);
    const own = (item: Extract<Item, { kind: "layer" }>) => (suffix: string) => nameText(item.name + suffix, scope);
    const value =
      first!.kind === "layer"
        ? printPieces(first!.apply, { parameters, name: own(first!), reads: values })
        : values[0]!;
    return [{ targets, text: `through(${[value, ...step.items.map((item) => listText(item, scope))].join(", ")})` }];
  }
  const { item } = step;
  if (isSingle(item)) return [{ targets, text: callText(item, scope, nameText(nameOf(item), scope), values) }];
  const [target] = targets as [string];
  const [from] = rangeOf(item, parametersOf(scope.template));
  const name = numberedText(item.base, scope);
  const text = scope.functions.lists.has(item.template)
    ? `through(${target}, ...${callText(item, scope, name, [])})`
    : callText(item, scope, name, [target]);
  const start = values[0] === target ? [] : [{ targets, text: values[0]! }];
  const loop = `for (let index = ${from}; index ${endOf(item, scope)}; index++)`;
  return [...start, { targets, text, loop }];
}

/** Up to where a row of calls is numbered. */
function endOf({ count, first = 1 }: CallItem, scope: Scope): string {
  if ("literal" in count) return `<= ${first + (count.literal as number) - 1}`;
  const times = printSlot(count, parametersOf(scope.template));
  if (first === 0) return `< ${times}`;
  return first === 1 ? `<= ${times}` : `< ${times} + ${first}`;
}

/** Statements as text; what is set more than once is a `let`. */
function printStatements(statements: readonly Statement[], given: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const { targets } of statements) {
    for (const target of targets) times.set(target, (times.get(target) ?? 0) + 1);
  }
  const declared = new Set(given);
  return statements.map(({ targets, text, loop }) => {
    const isNew = targets.every((target) => !declared.has(target));
    targets.forEach((target) => declared.add(target));
    const target = targets.length === 1 ? targets[0]! : `[${targets.join(", ")}]`;
    const kind = targets.some((name) => times.get(name)! > 1) ? "let " : "const ";
    const statement = `${isNew ? kind : ""}${target} = ${text};`;
    return loop ? `${loop} { ${statement} }` : statement;
  });
}

/** The statements of a graph. `inputs` are the variables of what is given to it. */
export function bodyOf(
  template: Template,
  functions: Functions,
  inputs?: readonly string[],
): { lines: string[]; results: string[] } {
  const scope: Scope = { template, functions, isRoot: inputs !== undefined };
  const steps = stepsOf(template, functions.lists);
  const reserved = [...functions.reserved, ...functions.names.values(), ...parametersOf(template), ...(inputs ?? [])];
  const names = new Map(valueNames(steps, template, { reserved, identifier: identifierOf }));
  inputs?.forEach((input, index) => names.set(keyOf({ given: index }), input));
  const given = givenNames(template, names);
  const results = template.results.map((reference) => names.get(keyOf(reference))!);
  const statements = steps.flatMap((step) => statementsOf(step, scope, names));
  const last = statements.at(-1);
  if (last && !last.loop && !inputs && results.length === 1 && last.targets[0] === results[0]) {
    return { lines: [...printStatements(statements.slice(0, -1), given), `return ${last.text};`], results };
  }
  const returned = results.length === 1 ? results[0]! : `[${results.join(", ")}]`;
  return { lines: [...printStatements(statements, given), ...(inputs ? [] : [`return ${returned};`])], results };
}

const givenNames = ({ given }: Template, names: ReadonlyMap<string, string>) =>
  Array.from({ length: given }, (_, index) => names.get(keyOf({ given: index }))!);
