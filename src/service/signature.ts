/** The parameters of the block or function whose arguments are being written. */
import type { Parameter } from "../syntax/ast.js";
import type { Analysis } from "./analysis.js";
import { callAround } from "./completion.js";
import { parametersOf } from "./names.js";

export interface Signature {
  /** `Bottleneck(c, s = 1)`. */
  readonly label: string;
  readonly documentation?: string;
  /** Where each parameter stands in the label. */
  readonly parameters: readonly (readonly [start: number, end: number])[];
  readonly active: number;
}

export function signatureAt({ names, source }: Analysis, offset: number): Signature | undefined {
  const call = callAround(source.text, offset);
  const symbol = call && (names.units.get(call.head) ?? names.functions.get(call.head));
  if (!symbol) return undefined;
  let label = `${symbol.name}(`;
  const texts = parametersOf(symbol).map(parameterText);
  const places = texts.map((text, index): [number, number] => {
    if (index > 0) label += ", ";
    const start = label.length;
    label += text;
    return [start, label.length];
  });
  const { declaration } = symbol;
  const documentation = "documentation" in declaration ? declaration.documentation : undefined;
  return {
    label: `${label})`,
    ...(documentation ? { documentation } : {}),
    parameters: places,
    active: activeParameter(source.text.slice(0, offset), call.written.length - 1, parametersOf(symbol)),
  };
}

function parameterText({ kind, name, default: value }: Parameter): string {
  const text = (kind === "label" ? "@" : "") + name.text;
  return value ? `${text} = ${value.span.source.text.slice(value.span.start, value.span.end)}` : text;
}

/** The parameter that an argument is for: by its name where it has one. */
function activeParameter(before: string, index: number, parameters: readonly Parameter[]): number {
  const name = /(\w+)\s*=[^=,(]*$/.exec(before)?.[1];
  const named = parameters.findIndex((parameter) => parameter.name.text === name);
  return named >= 0 ? named : index;
}
