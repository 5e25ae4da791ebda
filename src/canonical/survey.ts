/** What of a whole program has to be known to write one of its layers again. */
import type { Span } from "../base/source.js";
import type { Element, Item, Layer, Program } from "../syntax/ast.js";

export interface Survey {
  /** All elements, outer ones before those in them. */
  readonly elements: readonly Element[];
  /** Names that have values somewhere in the program. */
  readonly values: ReadonlySet<string>;
  /** Nets, blocks and what stands for them. */
  readonly units: ReadonlySet<string>;
  /** Whether all inputs are images: then `3x3` and `CONV3` are the same window. */
  readonly isOfImages: boolean;
  hasComment(span: Span): boolean;
}

export function surveyOf(program: Program): Survey {
  const surveyor = new Surveyor();
  surveyor.items(program.items);
  const { elements, values, units, inputs } = surveyor;
  const starts = program.comments.map(({ span }) => span.start);
  return {
    elements,
    values,
    units,
    isOfImages: inputs.length > 0 && inputs.every((axes) => axes === 3),
    hasComment: (span) => isBetween(starts, span),
  };
}

class Surveyor {
  readonly elements: Element[] = [];
  readonly values = new Set<string>();
  readonly units = new Set<string>();
  /** Axes of the inputs; 0 where their size is not written. */
  readonly inputs: number[] = [];

  items(items: readonly Item[]): void {
    for (const item of items) this.item(item);
  }

  private item(item: Item): void {
    if (item.kind === "element") this.element(item);
    if (item.kind === "let") (/^[A-Z]/.test(item.name.text) ? this.units : this.values).add(item.name.text);
    if (item.kind === "output") this.items(item.chain);
    if (item.kind !== "net" && item.kind !== "block" && item.kind !== "function") return;
    for (const { kind, name } of item.parameters) (kind === "unit" ? this.units : this.values).add(name.text);
    if (item.kind === "function") return;
    this.units.add(item.name.text);
    this.items(item.body ?? []);
    if (item.kind !== "net") return;
    for (const change of item.changes ?? []) if ("chain" in change) this.items(change.chain);
  }

  private element(element: Element): void {
    const { core, counter } = element;
    this.elements.push(element);
    if (counter) this.values.add(counter.text);
    if (core.kind === "group") this.items(core.items);
    if (core.kind === "conditional")
      [...core.branches, { items: core.otherwise ?? [] }].forEach(({ items }) => this.items(items));
    if (core.kind !== "layer") return;
    core.branches?.chains.forEach(({ items }) => this.items(items));
    if (core.mnemonic === "INPUT") this.inputs.push(axesOf(element, core));
  }
}

function axesOf({ annotations }: Element, { parts }: Layer): number {
  const sizes = parts.flatMap((part) => (part.kind === "size" ? [part.size] : []));
  return (sizes[0] ?? annotations[0]?.size)?.dimensions.length ?? 0;
}

/** Whether one of the offsets, which rise, lies in a span. */
function isBetween(starts: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < starts.length && starts[low]! < end;
}
