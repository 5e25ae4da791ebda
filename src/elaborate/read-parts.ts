/**
 * What is written behind a layer's head, sorted by parameter. The three notations meet here: `CONV3-64/2`,
 * `CONV 64 3x3 stride 2` and `CONV1: 96 11x11 filters at stride 4` fill the same table.
 */
import { diagnose, type Fix } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { cover, textOf, type Span } from "../base/source.js";
import type { Operator, Parameter } from "../ops/define.js";
import { operatorOf } from "../ops/registry.js";
import type { Expression, Layer, Part, Size } from "../syntax/ast.js";
import { exampleOf } from "./sketch.js";
import {
  argumentsOfLayer,
  attributeWithoutValue,
  equalsSign,
  givenTwice,
  notTaken,
  unknownAttribute,
  wrongValue,
} from "./diagnostics.js";
import { spacedCount, unexpectedToken } from "../syntax/diagnostics.js";
import type { Report } from "./place.js";
import type { Scope } from "./values.js";

/** A value as written, not yet evaluated. `span` covers the whole attribute, `valueSpan` what a fix replaces. */
export interface Written {
  value:
    | { kind: "expression"; expression: Expression }
    | { kind: "size"; size: Size }
    | { kind: "axes"; expressions: Expression[] }
    | { kind: "tuple"; expressions: Expression[] }
    | { kind: "word"; text: string }
    | { kind: "flag"; on: boolean };
  span: Span;
  valueSpan: Span;
  /** Where its expressions belong, where that is not the place of the layer. */
  scope?: Scope;
}

export type WrittenArguments = Map<string, Written>;

/** The names that have values where a layer stands. */
export type Names = Pick<Scope, "has">;

/** Words that slides put between the parts and that mean nothing. */
export const FILLER = new Set(
  "filter filters at with of and neuron neurons unit units layer layers kernel kernels channels".split(" "),
);

/** What people write who come from other tools. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    padding: "pad",
    strides: "stride",
    step: "stride",
    kernel_size: "window",
    kernel: "window",
    dilate: "dilation",
    epsilon: "eps",
    group: "groups",
    ceil_mode: "ceil",
  }),
);

const PADDING_WORDS = new Set(["half", "same"]);

/** Reads a layer's own parts: digits, count and what follows. */
export function readLayer(
  layer: Layer,
  operator: Operator,
  digitsAreName: boolean,
  scope: Names,
  report: Report,
): WrittenArguments {
  const written: WrittenArguments = new Map();
  const name = layer.mnemonic;
  if (layer.digits && !digitsAreName) {
    const span = layer.head.span;
    if (operator.digits && operator.size) {
      const expressions = layer.digits.map((value): Expression => ({
        kind: "number",
        value,
        text: String(value),
        span,
      }));
      written.set(operator.size, { value: { kind: "axes", expressions }, span, valueSpan: span });
    } else {
      const suggestion = operator.count ? `${name}-${layer.digits.join("x")}` : name;
      const fixes = [{ title: `write ${suggestion}`, edits: [{ span, text: suggestion }] }];
      report(diagnose(notTaken, span, { layer: name, what: `number stuck to its name` }, { fixes }));
    }
  }
  if (layer.count) {
    const { span } = layer.count;
    if (operator.count) {
      written.set(operator.count, { value: { kind: "expression", expression: layer.count }, span, valueSpan: span });
    } else {
      report(diagnose(notTaken, span, { layer: name, what: "count" }));
    }
  }
  const parts = [...partsOfCall(layer, operator, report), ...layer.parts];
  readParts(parts, operator, name, written, scope, report, layer.head.span);
  return written;
}

/** `DROPOUT(0.5)`: a value in parentheses that touch the layer, as if there were a blank. */
function partsOfCall({ call, mnemonic, head }: Layer, operator: Operator, report: Report): Part[] {
  if (!call || call.arguments.length === 0 || call.isUnreadable) return [];
  const { span } = call;
  const [only] = call.arguments;
  if (only && call.arguments.length === 1 && !only.name)
    return [{ kind: "value", value: { kind: "parenthesised", inner: only.value, span }, span }];
  const values = call.arguments.map(({ value }) => textOf(value.span));
  const isSize = operator.inputs === 0 && call.arguments.every(({ name, value }) => !name && value.kind === "number");
  const example = isSize ? `${mnemonic} ${values.join("x")}` : exampleOf(operator, mnemonic);
  const edits = [{ span: cover(head.span, span), text: example }];
  const fixes = isSize ? [{ title: `write ${example}`, edits }] : [];
  report(diagnose(argumentsOfLayer, span, { layer: mnemonic, example }, { fixes }));
  return [];
}

/** Adds what the parts say to `written`; a parameter that is there already is reported. `head` is the layer's name, where it has one. */
export function readParts(
  parts: readonly Part[],
  operator: Operator,
  layer: string,
  written: WrittenArguments,
  scope: Names,
  report: Report,
  head?: Span,
): void {
  const parameters = operator.parameters as Record<string, Parameter>;
  const reader = new PartReader(
    parts.map((part, index) => asValue(part, parts[index - 1], parameters, operator.count, scope)),
  );
  const doubled = new Set<string>();
  let sawUnknown = false;
  const set = (parameter: string, value: Written) => {
    const before = written.get(parameter);
    if (before && (doubled.has(parameter) || isUnknown(before))) return;
    if (before) {
      doubled.add(parameter);
      const what = parameters[parameter]?.noun ?? parameter;
      report(
        diagnose(
          givenTwice,
          value.span,
          { layer, what: `its ${what}` },
          { related: [{ span: before.span, text: "here already" }], fixes: doubledFixes(value) },
        ),
      );
    } else {
      written.set(parameter, value);
    }
  };

  for (let part = reader.next(); part; part = reader.next()) {
    if (part.kind === "remark") continue;
    if (part.kind === "equals") {
      tellEquals(part);
      continue;
    }
    if (part.kind === "slash") {
      if (parameters["stride"]) set("stride", expressionOrSize(part.value, part.span));
      else report(diagnose(notTaken, part.span, { layer, what: "stride" }));
      continue;
    }
    if (part.kind === "word") {
      readWord(part, reader);
      continue;
    }
    const value = reader.valueFrom(part);
    if (!value) {
      report(diagnose(notTaken, part.span, { layer, what: "value of this kind" }));
      continue;
    }
    const parameter = positionOf(value);
    if (isSpacedCount(value)) tellSpacedCount(value);
    else if (parameter) set(parameter, value);
    else if (!isOneWordRemark(value)) {
      const args = { layer, what: value.value.kind === "expression" ? "number" : "size" };
      report(diagnose(notTaken, value.span, args, { fixes: sizeFixes() }));
    }
  }

  /** `INPUT 32 32 3`, `INPUT (32, 32, 3)`, `INPUT 32X32X3`: a size as it is written. */
  function sizeFixes(): Fix[] {
    const [first, last] = [parts[0], parts.at(-1)];
    if (!first || !last || !operator.size || parameters[operator.size]?.kind !== "shape") return [];
    const span = cover(first.span, last.span);
    const numbers = /^\(?(\d+(?:[\sxX\u00d7,]+\d+)+)\)?$/.exec(textOf(span))?.[1];
    if (!numbers) return [];
    const written = numbers.split(/[\sxX\u00d7,]+/).join("x");
    return [{ title: `write ${written}`, edits: [{ span, text: written }] }];
  }

  /** `CONV3-1,024`: a number with a comma. */
  function doubledFixes({ span, valueSpan }: Written): Fix[] {
    const before = /\d+,$/.exec(span.source.text.slice(Math.max(0, span.start - 8), span.start))?.[0];
    if (!before || !/^\d{3}$/.test(textOf(valueSpan))) return sizeFixes();
    const written = before.slice(0, -1) + textOf(valueSpan);
    const edits = [{ span: { ...span, start: span.start - before.length }, text: written }];
    return [{ title: `write ${written}`, edits }];
  }

  /** `CONV3-double (4)`: a variable that there is not, which is told by itself. */
  function isUnknown({ value }: Written): boolean {
    return value.kind === "expression" && value.expression.kind === "variable" && !scope.has(value.expression.name);
  }

  /** `stride = 2`: one message, and the value is read all the same. */
  function tellEquals(part: Part): void {
    const { source, start, end } = part.span;
    const blanks = /^\s*/.exec(source.text.slice(end))![0].length;
    const before = /\s*$/.exec(source.text.slice(0, start))![0].length;
    const edits = [{ span: { source, start: start - before, end: end + blanks }, text: " " }];
    const args = { what: "attributes", sign: "an equals sign", example: "stride 2" };
    report(diagnose(equalsSign, part.span, args, { fixes: [{ title: "remove the equals sign", edits }] }));
  }

  /** `CONV3 -64`: a number behind a dash that should have touched the layer. */
  function isSpacedCount({ value }: Written): boolean {
    return (
      value.kind === "expression" &&
      value.expression.kind === "negate" &&
      operator.count !== undefined &&
      !written.has(operator.count)
    );
  }

  function tellSpacedCount(value: Written): void {
    const count = textOf(value.span).slice(1);
    const fixes = head
      ? [
          {
            title: `write ${textOf(head)}-${count}`,
            edits: [{ span: cover(head, value.span), text: `${textOf(head)}-${count}` }],
          },
        ]
      : [];
    report(diagnose(spacedCount, value.span, { layer: head ? textOf(head) : layer, count }, { fixes }));
  }

  /** The parameter that a bare value fills. */
  function positionOf(value: Written): string | undefined {
    // `PAD (1, 2, 1, 2)`: a margin for each side.
    if (value.value.kind === "tuple") {
      return operator.size && parameters[operator.size]!.kind === "padding" ? operator.size : undefined;
    }
    if (value.value.kind !== "expression") return operator.size;
    if (isOneWordRemark(value)) return undefined;
    return operator.count ?? operator.size;
  }

  /** `(classes)` and `(in-place)` are expressions where there are such variables, and else remarks. */
  function isOneWordRemark({ value }: Written): boolean {
    if (value.kind !== "expression" || value.expression.kind !== "parenthesised") return false;
    const { inner } = value.expression;
    if (!isProse(inner) || namesIn(inner).some((name) => scope.has(name))) return false;
    // `DROPOUT (p)`: where the layer would go on with a default, a name that nothing has is told.
    const isOpen = operator.count !== undefined && parameters[operator.count]!.default !== undefined;
    const isOnlyValue = parts.every((part) => part.kind !== "value" || part.value === value.expression);
    return !(isOpen && isOnlyValue && inner.kind === "variable" && !written.has(operator.count!));
  }

  function readWord(part: Extract<Part, { kind: "word" }>, rest: PartReader): void {
    const text = part.text.toLowerCase();
    if (text === "no") {
      const flag = rest.peek();
      const parameter = flag?.kind === "word" ? parameters[flag.text] : undefined;
      if (flag?.kind === "word" && parameter?.kind === "flag") {
        rest.next();
        const span = cover(part.span, flag.span);
        set(flag.text, { value: { kind: "flag", on: false }, span, valueSpan: span });
        return;
      }
    }
    const parameter = Object.hasOwn(parameters, text) ? parameters[text] : undefined;
    if (parameter?.kind === "flag") {
      const next = rest.peek();
      if (next?.kind === "word" && /^(no|false|off|none)$/i.test(next.text) && !isFlagBehind(next)) {
        rest.next();
        const span = cover(part.span, next.span);
        const fixes = [{ title: `write no ${text}`, edits: [{ span, text: `no ${text}` }] }];
        const args = { what: text, wanted: `a word alone, or no ${text}`, found: next.text };
        report(diagnose(wrongValue, span, args, { fixes }));
        return;
      }
      set(text, { value: { kind: "flag", on: true }, span: part.span, valueSpan: part.span });
      return;
    }
    // `kernel 3` is a size in other tools.
    const isKernel = text === "kernel" && operator.count !== undefined && written.has(operator.count) && isNumber(rest);
    const isFiller = !isKernel && (FILLER.has(text) || operator.phrases?.includes(text) === true);
    if (parameter && (!isFiller || text === "of")) {
      readAttribute(part, text, parameter, rest);
      return;
    }
    if (isFiller) return;
    // `PAD same`: refused in the words of the layer.
    if (PADDING_WORDS.has(text) && operator.size && parameters[operator.size]?.kind === "padding") {
      set(operator.size, { value: { kind: "word", text }, span: part.span, valueSpan: part.span });
      return;
    }
    unknown(part, rest);
  }

  /** `bias no ceil`: the word belongs to what follows. */
  function isFlagBehind(no: Part): boolean {
    const next = parts[parts.findIndex(({ span }) => span.start === no.span.start) + 1];
    return next?.kind === "word" && parameters[next.text]?.kind === "flag";
  }

  function isNumber(rest: PartReader): boolean {
    const next = rest.peek();
    return next?.kind === "value" && next.value.kind === "number";
  }

  function readAttribute(part: Part, name: string, parameter: Parameter, rest: PartReader): void {
    const sign = rest.peek();
    if (sign?.kind === "equals") {
      tellEquals(sign);
      rest.next();
    }
    const next = rest.peek();
    if (next?.kind === "word" && parameter.kind === "padding" && next.text === "valid") {
      rest.next();
      const fixes = [{ title: "write pad 0", edits: [{ span: next.span, text: "0" }] }];
      report(
        diagnose(
          attributeWithoutValue,
          cover(part.span, next.span),
          { attribute: name, wanted: "a number, half or same" },
          { fixes },
        ),
      );
      return;
    }
    if (next?.kind === "word" && parameter.kind === "padding" && PADDING_WORDS.has(next.text)) {
      rest.next();
      set(name, { value: { kind: "word", text: next.text }, span: cover(part.span, next.span), valueSpan: next.span });
      return;
    }
    // `groups groups`: an attribute may take its value from a variable of its name.
    const variable = next?.kind === "word" && scope.has(next.text) ? variablePart(next) : undefined;
    const isValue = next && next.kind !== "word" && next.kind !== "slash" && next.kind !== "remark";
    const first = variable || isValue ? (rest.next(), variable ?? next) : undefined;
    const value = first && rest.valueFrom(first);
    if (value) {
      set(name, { ...value, span: cover(part.span, value.span) });
      return;
    }
    const wanted = parameter.kind === "padding" ? "a number, half or same" : "a number";
    if (next?.kind === "word" && !FILLER.has(next.text) && !Object.hasOwn(parameters, next.text)) rest.next();
    report(
      diagnose(attributeWithoutValue, next?.kind === "word" ? cover(part.span, next.span) : part.span, {
        attribute: name,
        wanted,
      }),
    );
  }

  /** `POOL1: 2x2 average pooling`: another layer is meant. */
  function averageFix(part: Extract<Part, { kind: "word" }>): Fix[] {
    if (operator.name !== "pool" || !/^(average|avg|mean)$/i.test(part.text) || !head) return [];
    const written = `AVG ${textOf(head).replace(/^MAX[ \t]*/, "")}`;
    return [{ title: `write ${written}`, edits: [{ span: head, text: written }] }];
  }

  /** `CONV3-16 relu`: a layer of its own. */
  function layerFix({ text, span }: Extract<Part, { kind: "word" }>): Fix[] {
    const capitals = text.toUpperCase();
    if (!operatorOf(capitals) || operatorOf(capitals)!.group !== "activation") return [];
    return [{ title: `a layer of its own: - ${capitals}`, edits: [{ span, text: `- ${capitals}` }] }];
  }

  /** `no bais`. */
  function unknownFlag(no: Part, flag: Extract<Part, { kind: "word" }>): void {
    const flags = Object.keys(parameters).filter((name) => parameters[name]!.kind === "flag");
    const suggestion = closest(flag.text, flags);
    const fixes = suggestion
      ? [{ title: `did you mean no ${suggestion}?`, edits: [{ span: flag.span, text: suggestion }] }]
      : [];
    const args = { layer, attribute: flag.text, known: Object.keys(parameters) };
    report(diagnose(unknownAttribute, cover(no.span, flag.span), args, { fixes }));
  }

  /** `hxwx3`, `H x W x 3`: letters of a size as they are not written. */
  function isWrongSize(part: Extract<Part, { kind: "word" }>, rest: PartReader): boolean {
    const isShape = operator.size !== undefined && parameters[operator.size]?.kind === "shape";
    if (!isShape || !/^([A-Z]|[a-z\d](x[a-z\d]+)+)$/.test(part.text)) return false;
    let span = part.span;
    for (let next = rest.peek(); next?.kind === "word" || next?.kind === "value"; next = rest.peek()) {
      span = cover(span, next.span);
      rest.next();
    }
    const written = textOf(span)
      .split(/\s*x\s*/)
      .join("x")
      .replace(/[a-wyz]/g, (letter) => letter.toUpperCase());
    const fixes = [{ title: `write ${written}`, edits: [{ span, text: written }] }];
    const args = { expected: "a size such as HxWx3", found: textOf(span) };
    report(diagnose(unexpectedToken, span, args, { fixes }));
    return true;
  }

  function unknown(part: Extract<Part, { kind: "word" }>, rest: PartReader): void {
    if (isWrongSize(part, rest)) return;
    const flag = part.text === "no" ? rest.peek() : undefined;
    if (flag?.kind === "word") {
      unknownFlag(part, flag);
      rest.next();
      return;
    }
    const known = Object.keys(parameters);
    const suggestion =
      SYNONYMS.get(part.text) && known.includes(SYNONYMS.get(part.text)!)
        ? SYNONYMS.get(part.text)
        : PADDING_WORDS.has(part.text) && known.includes("pad")
          ? `pad ${part.text}`
          : closest(part.text, known);
    const fixes = suggestion
      ? [{ title: `did you mean ${suggestion}?`, edits: [{ span: part.span, text: suggestion }] }]
      : [...averageFix(part), ...sizeFixes(), ...layerFix(part)];
    // Several words that mean nothing are a phrase: one message.
    if (suggestion || !sawUnknown)
      report(diagnose(unknownAttribute, part.span, { layer, attribute: part.text, known }, { fixes }));
    sawUnknown = true;
    // Its value belongs to the same mistake.
    const next = rest.peek();
    if (next && next.kind !== "word" && next.kind !== "remark" && next.kind !== "slash") rest.valueFrom(rest.next()!);
  }
}

/** Words joined by dashes, as in `in-place`: no number and no other sign. */
function isProse(expression: Expression): boolean {
  if (expression.kind === "binary") {
    return expression.operator === "-" && isProse(expression.left) && isProse(expression.right);
  }
  return ["variable", "unit", "invalid"].includes(expression.kind);
}

/** The words of an expression: variables, and what only looks like one. */
function namesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case "variable":
      return [expression.name];
    case "invalid":
      return [expression.text];
    case "unit":
      return [expression.name.text];
    case "binary":
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case "negate":
      return namesIn(expression.operand);
    case "parenthesised":
      return namesIn(expression.inner);
    default:
      return [];
  }
}

/**
 * A word that is a variable in scope, and neither an attribute nor filler, is a value. `CONV filters 3x3` has as many
 * filters as the variable says, where there is one.
 */
function asValue(
  part: Part,
  before: Part | undefined,
  parameters: Record<string, Parameter>,
  count: string | undefined,
  scope: Names,
): Part {
  if (part.kind !== "word" || !scope.has(part.text) || part.text === "x") return part;
  const isCount = part.text === count && before?.kind !== "value" && before?.kind !== "size";
  return Object.hasOwn(parameters, part.text) && !isCount ? part : variablePart(part);
}

function variablePart({ text, span }: Extract<Part, { kind: "word" }>): Extract<Part, { kind: "value" }> {
  return { kind: "value", value: { kind: "variable", name: text, span }, span };
}

class PartReader {
  private index = 0;

  constructor(private readonly parts: readonly Part[]) {}

  peek(): Part | undefined {
    return this.parts[this.index];
  }

  next(): Part | undefined {
    return this.parts[this.index++];
  }

  /** The value that starts with this part: a size, a tuple, an expression, or expressions joined by `x`. */
  valueFrom(part: Part): Written | undefined {
    if (part.kind === "size")
      return { value: { kind: "size", size: part.size }, span: part.span, valueSpan: part.span };
    if (part.kind === "tuple") {
      return { value: { kind: "tuple", expressions: part.values }, span: part.span, valueSpan: part.span };
    }
    if (part.kind !== "value") return undefined;
    const expressions = [part.value];
    let span = part.span;
    while (this.isTimes(this.peek())) {
      const following = this.parts[this.index + 1];
      if (following?.kind !== "value") break;
      this.index += 2;
      expressions.push(following.value);
      span = cover(span, following.span);
    }
    const [only] = expressions;
    if (expressions.length === 1) return { value: { kind: "expression", expression: only! }, span, valueSpan: span };
    return { value: { kind: "axes", expressions }, span, valueSpan: span };
  }

  private isTimes(part: Part | undefined): boolean {
    return part?.kind === "times" || (part?.kind === "word" && part.text === "x");
  }
}

/** `/2`, and `/2x1`, which the parser keeps as it is. */
function expressionOrSize(expression: Expression, span: Span): Written {
  if (expression.kind === "invalid" && /^\d+([x\u00d7]\d+)+$/.test(expression.text)) {
    const dimensions = expression.text.split(/[x\u00d7]/).map(Number);
    const size: Size = { dimensions, text: expression.text, span: expression.span };
    return { value: { kind: "size", size }, span, valueSpan: expression.span };
  }
  return { value: { kind: "expression", expression }, span, valueSpan: expression.span };
}
