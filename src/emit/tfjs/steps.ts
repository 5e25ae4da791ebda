/** The items of a template as statements: layers that follow each other are applied in one. */
import { isSingle, keyOf, nameOf, resultsOf } from "../outline/calls.js";
import type { CallItem, Item, LayerItem, Reference, Template } from "../outline/templates.js";
import type { Flow } from "../outline/variables.js";

/** Layers that are applied one after the other, or one call or row of calls that makes a value of values. */
export type Step = Flow &
  ({ readonly kind: "layers"; readonly items: Item[] } | { readonly kind: "call"; readonly item: CallItem });

/** Whether an item is layers that are applied to one value as it is. */
export function isListed(item: Item, lists: ReadonlySet<Template>): boolean {
  return item.kind === "call" ? lists.has(item.template) : isApplied(item);
}

const isApplied = ({ apply }: LayerItem) => JSON.stringify(apply) === '[{"reads":0}]';

/** The templates that are layers one after the other, and so can be a list of them. */
export function listsOf(templates: readonly Template[]): ReadonlySet<Template> {
  const lists = new Set<Template>();
  for (const template of templates) {
    const { items, given, results } = template;
    const reads = [...items.map((item) => item.reads), results];
    const isChain = reads.every(
      (references, index) =>
        references.length === 1 &&
        keyOf(references[0]!) === keyOf(index === 0 ? { given: 0 } : { item: index - 1, result: 0 }),
    );
    if (given === 1 && isChain && items.every((item) => isListed(item, lists))) lists.add(template);
  }
  return lists;
}

/** The statements of a template, in order. */
export function stepsOf(template: Template, lists: ReadonlySet<Template>): Step[] {
  const readers = new Map<string, number>();
  for (const reference of [...template.items.flatMap((item) => item.reads), ...template.results]) {
    readers.set(keyOf(reference), (readers.get(keyOf(reference)) ?? 0) + 1);
  }
  const steps: Step[] = [];
  template.items.forEach((item, index) => {
    const gives = Array.from({ length: resultsOf(item) }, (_, result): Reference => ({ item: index, result }));
    const name = item.kind === "layer" ? item.name : nameOf(item);
    const isRow = item.kind === "call" && !isSingle(item);
    if (item.kind === "call" && (isRow || !lists.has(item.template))) {
      steps.push({ kind: "call", item, reads: item.reads, gives, name });
      return;
    }
    const before = steps.at(-1);
    const isNext =
      before?.kind === "layers" &&
      isListed(item, lists) &&
      keyOf(item.reads[0]!) === keyOf(before.gives[0]!) &&
      readers.get(keyOf(item.reads[0]!)) === 1;
    if (isNext) steps[steps.length - 1] = { ...before, items: [...before.items, item], gives, name };
    else steps.push({ kind: "layers", items: [item], reads: item.reads, gives, name });
  });
  return steps;
}
