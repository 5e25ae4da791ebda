/** Templates as Python classes. */
import { attributeOf } from "../python/names.js";
import { isSingle, keyOf, nameOf, orderOf, rangeOf, resultsOf } from "../outline/calls.js";
import { argumentsOf, parametersAtRun, printPieces, variablesOf } from "../python/code.js";
import type { Item, LayerItem, Reference, Template } from "../outline/templates.js";

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
    ...(isChain ? [] : keptParameters(template).map(([name, attribute]) => `        self.${attribute} = ${name}`)),
    ...template.items.flatMap((item) => printMaking(item, template, classes)),
  ];
  return [...lines, ...(isChain ? [] : ["", ...printForward(template)])].join("\n");
}

/** The parameters that are read on the way through, and the attributes that keep them. */
function keptParameters(template: Template): [name: string, attribute: string][] {
  const taken = new Set(template.items.map((item) => attributeOf(item.kind === "layer" ? item.name : nameOf(item))));
  return [...parametersAtRun(template)].sort().map((position) => {
    const name = template.parameters[position]!;
    let attribute = attributeOf(name);
    while (taken.has(attribute)) attribute += "_";
    return [name, attribute];
  });
}

/** How the parameters of a template are called on the way through. */
function attributesOf(template: Template): readonly string[] {
  const kept = new Map(keptParameters(template));
  return template.parameters.map((name) => `self.${kept.get(name) ?? name}`);
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
    return [
      `        self.${attributeOf(item.name)} = ${printPieces(item.make, template.parameters, { own: "", reads: [] })}`,
    ];
  }
  const [from, to] = rangeOf(item, template.parameters);
  const call = `${classes.get(item.template)!}(${argumentsOf(item, template.parameters, from).join(", ")})`;
  if (isSingle(item)) return [`        self.${attributeOf(nameOf(item))} = ${call}`];
  return [
    `        for index in range(${from}, ${to}):`,
    `            self.add_module(f"${attributeOf(item.base)}{index}", ${call})`,
  ];
}

function printForward(template: Template): string[] {
  const { items, given, results } = template;
  const names = variablesOf(template);
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

function printStep(item: Item, template: Template, reads: readonly string[], target: string): string[] {
  if (item.kind === "layer") return printLayer(item, template, reads, target);
  if (isSingle(item)) return [`        ${target} = self.${attributeOf(nameOf(item))}(${reads.join(", ")})`];
  const [from, to] = rangeOf(item, attributesOf(template));
  const [input] = reads;
  const start = input === target ? [] : [`        ${target} = ${input!}`];
  return [
    ...start,
    `        for index in range(${from}, ${to}):`,
    `            ${target} = getattr(self, f"${attributeOf(item.base)}{index}")(${target})`,
  ];
}

function printLayer(item: LayerItem, template: Template, reads: readonly string[], target: string): string[] {
  const text = printPieces(item.apply, attributesOf(template), { own: `self.${attributeOf(item.name)}`, reads });
  return text === target ? [] : [`        ${target} = ${text}`];
}
