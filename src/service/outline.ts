/** The parts of a file: what an editor lists, folds and selects. */
import { itemsWithin } from "../elaborate/labels.js";
import type { Span } from "../base/source.js";
import type * as ast from "../syntax/ast.js";
import type { Analysis } from "./analysis.js";

export interface OutlineItem {
  readonly kind: "net" | "block" | "function" | "variable" | "label" | "output";
  readonly name: string;
  /** `(c, s = 1)`. */
  readonly detail: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

/** Declarations with the labels in them. */
export function outlineOf({ program }: Analysis): OutlineItem[] {
  return itemsOf(program.items);
}

function itemsOf(items: readonly ast.Item[]): OutlineItem[] {
  return items.flatMap((item): OutlineItem[] => {
    switch (item.kind) {
      case "net":
      case "block":
      case "function":
        return [
          {
            kind: item.kind,
            name: item.name.text,
            detail: parametersText(item.parameters, item.span),
            span: item.span,
            nameSpan: item.name.span,
            children: item.kind === "function" ? [] : itemsOf(item.body ?? []),
          },
        ];
      case "let":
        return [leaf("variable", item.name, item.span)];
      case "output":
        return [{ ...leaf("output", item.name, item.span), children: itemsOf(item.chain) }];
      case "element": {
        const within = itemsWithin(item.core).flatMap(itemsOf);
        return item.label ? [{ ...leaf("label", item.label, item.span), children: within }] : within;
      }
      default:
        return [];
    }
  });
}

function leaf(kind: OutlineItem["kind"], name: ast.Identifier, span: Span): OutlineItem {
  return { kind, name: name.text, detail: "", span, nameSpan: name.span, children: [] };
}

function parametersText(parameters: readonly ast.Parameter[], { source }: Span): string {
  if (parameters.length === 0) return "";
  const texts = parameters.map(({ kind, name, default: value }) => {
    const text = value ? ` = ${source.text.slice(value.span.start, value.span.end)}` : "";
    return (kind === "label" ? "@" : "") + name.text + text;
  });
  return `(${texts.join(", ")})`;
}

export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind: "body" | "comment";
}

/** Bodies and comments of several lines. */
export function foldsOf({ program }: Analysis): Fold[] {
  const folds: Fold[] = [];
  const add = ({ start, end }: Span) => folds.push({ start, end, kind: "body" });
  const visit = (items: readonly ast.Item[]): void => {
    for (const item of items) {
      if (item.kind === "net" || item.kind === "block") {
        add(item.span);
        visit(item.body ?? []);
      }
      if (item.kind === "train") add(item.span);
      if (item.kind !== "element") continue;
      const { core } = item;
      if (core.kind === "group" || core.kind === "conditional") add(core.span);
      if (core.kind === "layer" && core.branches) add(core.branches.span);
      itemsWithin(core).forEach(visit);
    }
  };
  visit(program.items);
  return [...folds, ...commentFolds(program)].filter(({ start, end }) => isSeveralLines(program, start, end));
}

/** Comments that stand on lines below each other are one. */
function commentFolds({ comments, source }: ast.Program): Fold[] {
  const folds: { start: number; end: number; kind: "comment" }[] = [];
  for (const { span } of comments) {
    const last = folds.at(-1);
    const between = last && source.text.slice(last.end, span.start);
    if (last && /^\r?\n[ \t]*$/.test(between!)) last.end = span.end;
    else folds.push({ start: span.start, end: span.end, kind: "comment" });
  }
  return folds;
}

function isSeveralLines({ source }: ast.Program, start: number, end: number): boolean {
  return source.position(start).line < source.position(end).line;
}

/** What stands around a place, from the smallest to the whole file. */
export function selectionsAt({ program }: Analysis, offset: number): Span[] {
  const { source } = program;
  const found: Span[] = [{ source, start: 0, end: source.text.length }];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || value === source) return;
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    const span = (value as { span?: Span }).span;
    if (span) {
      if (span.source !== source || offset < span.start || offset > span.end) return;
      found.push(span);
    }
    for (const [key, part] of Object.entries(value)) if (key !== "source" && key !== "span") visit(part);
  };
  visit(program.items);
  const sorted = found.sort((a, b) => a.end - a.start - (b.end - b.start));
  return sorted.filter((span, index) => {
    const before = sorted[index - 1];
    return !before || before.start !== span.start || before.end !== span.end;
  });
}
