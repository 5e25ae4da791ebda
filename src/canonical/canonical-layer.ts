/** One layer in canonical form: window, count and stride compact, everything else in words. */
import { textOf } from "../base/source.js";
import { labelOf } from "../elaborate/labels.js";
import { canonicalLayer } from "../elaborate/look-up-layer.js";
import { FILLER, readLayer, type Written, type WrittenArguments } from "../elaborate/read-parts.js";
import type { Operator, OperatorGroup, Parameter } from "../ops/define.js";
import { operatorOf } from "../ops/registry.js";
import type { Element, Layer } from "../syntax/ast.js";
import type { Survey } from "./survey.js";

/** Layers that slides have; the others have one way to be written. */
const REWRITTEN: ReadonlySet<OperatorGroup> = new Set<OperatorGroup>([
  "input",
  "convolution",
  "pooling",
  "dense",
  "normalisation",
  "activation",
  "regularisation",
]);

/** The layer with its label and without its branches; undefined where it stays as it is. */
export function canonicalLayerText(element: Element, layer: Layer, survey: Survey): string | undefined {
  const read = canonicalLayer(layer);
  const operator = read.capitals && !survey.units.has(read.head.text) ? operatorOf(read.mnemonic) : undefined;
  if (!operator || !REWRITTEN.has(operator.group) || layer.call || isAmbiguous(read, operator, survey))
    return undefined;
  const { label, digitsAreName } = labelOf(element, read, operator);
  let isUnderstood = true;
  const written = readLayer(read, operator, digitsAreName, { has: (name) => survey.values.has(name) }, () => {
    isUnderstood = false;
  });
  if (!isUnderstood) return undefined;
  const own = label && !element.label ? `${label.text}: ` : "";
  const text = new LayerText(read, operator, written, digitsAreName, survey.isOfImages).text();
  return text === undefined ? undefined : own + text;
}

/** A word that is a variable somewhere and an attribute here is read by where it stands: that is not decided again. */
function isAmbiguous({ parts }: Layer, { parameters, phrases = [] }: Operator, { values }: Survey): boolean {
  const words = parts.flatMap((part) => (part.kind === "word" && values.has(part.text) ? [part.text] : []));
  if (words.length === 0) return false;
  const meant = new Set([...FILLER, ...Object.keys(parameters), ...phrases, "no", "x", "half", "same"]);
  return words.some((word) => meant.has(word));
}

class LayerText {
  private readonly rest = new Set<string>();

  constructor(
    private readonly layer: Layer,
    private readonly operator: Operator,
    private readonly written: WrittenArguments,
    private readonly digitsAreName: boolean,
    private readonly isOfImages: boolean,
  ) {
    for (const name of written.keys()) this.rest.add(name);
  }

  text(): string | undefined {
    const compact = this.window() + this.count() + this.stride();
    const rest = [...this.rest].map((name) => textOf(this.written.get(name)!.span));
    return [this.operator.mnemonics[0]! + compact, ...rest, ...this.remarks()].join(" ");
  }

  /** `11` of `11x11`, where it is known to be a window of two axes. */
  private window(): string {
    const { size, digits } = this.operator;
    const written = size && this.written.get(size);
    if (!size || !digits || !written) return "";
    if (this.layer.digits && !this.digitsAreName) return this.take(size, this.layer.digits.join("x"));
    if (written.value.kind !== "size" || !this.isOfImages) return "";
    const { dimensions } = written.value.size;
    const isPlain = dimensions.length === 2 && dimensions.every((side) => typeof side === "number");
    if (!isPlain) return "";
    return this.take(size, dimensions[0] === dimensions[1] ? String(dimensions[0]) : dimensions.join("x"));
  }

  private count(): string {
    const { count, group } = this.operator;
    const written = count && this.written.get(count);
    if (!count || !written) return "";
    const { head, count: bound } = this.layer;
    if (bound) return this.take(count, `-${operandAt(head.span.source.text, head.span.end + 1)}`);
    const isCompact = (group === "convolution" || group === "dense") && isOperand(written);
    return isCompact ? this.take(count, `-${textOf(written.valueSpan)}`) : "";
  }

  private stride(): string {
    const parameter = (this.operator.parameters as Record<string, Parameter>)["stride"];
    const written = this.written.get("stride");
    if (!parameter || !written) return "";
    const slash = /^\/\s*([^]*)$/.exec(textOf(written.span));
    if (slash) return this.take("stride", `/${slash[1]!}`);
    const isCompact = written.value.kind === "size" || isOperand(written);
    return isCompact ? this.take("stride", `/${textOf(written.valueSpan)}`) : "";
  }

  private take(name: string, text: string): string {
    this.rest.delete(name);
    return text;
  }

  /** `(class scores)`, which only people read. */
  private remarks(): string[] {
    const spans = [...this.written.values()].map(({ span }) => span);
    return this.layer.parts.flatMap((part) => {
      const isRead = spans.some((span) => span.start <= part.span.start && part.span.end <= span.end);
      const isProse = part.kind === "remark" || (part.kind === "value" && part.value.kind === "parenthesised");
      return isProse && !isRead ? [textOf(part.span)] : [];
    });
  }
}

/** What may stand behind a dash or a slash: a number, a variable, a hole, an expression in parentheses. */
function isOperand({ value }: Written): boolean {
  const operands = ["number", "variable", "hole", "parenthesised", "member"];
  return value.kind === "expression" && operands.includes(value.expression.kind);
}

/** The operand that starts at an offset, with its parentheses. */
function operandAt(text: string, start: number): string {
  let end = start;
  if (text[end] !== "(")
    end += /^(?:\d[\d_.]*(?:[eE][-+]?\d+)?|[\w.?]+)/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  if (text[end] !== "(") return text.slice(start, end);
  for (let depth = 0; end < text.length; end++) {
    if (text[end] === "(") depth++;
    if (text[end] === ")" && --depth === 0) break;
  }
  return text.slice(start, end + 1);
}
