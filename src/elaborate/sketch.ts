/** What a net leaves open, told once for the whole of it. */
import { diagnose, type Diagnostic, type Edit } from "../base/diagnostics.js";
import { plural } from "../base/integers.js";
import { beforeSpan, type Span } from "../base/source.js";
import { listWords } from "../base/suggest.js";
import type { Operator, Parameter } from "../ops/define.js";
import { missingInput, missingValue, sketch } from "./diagnostics.js";
import { nounOf } from "./resolve-layer.js";
import type { Incomplete } from "./state.js";

/** How many of the open layers are marked in the text. */
const MOST_MARKED = 40;

/** How often a map is halved before 32x32 pixels are used up. */
const POOLS_OF_A_SMALL_IMAGE = 5;

/**
 * The diagnostic for what is open in a net: one layer that misses something is told as such, several, or a layer in a net
 * without an input, as a sketch, with the lines that complete it. `start` is where its chain starts, before which lines can
 * be written if `canInsert`.
 */
export function openDiagnostics(
  net: string,
  hasInput: boolean,
  incomplete: readonly Incomplete[],
  start: Span,
  canInsert = true,
): Diagnostic[] {
  const inputText = poolsOf(incomplete) < POOLS_OF_A_SMALL_IMAGE ? "INPUT 32x32x3" : "INPUT 224x224x3";
  if (incomplete.length === 0) {
    if (hasInput) return [];
    const title = `begin with ${inputText}, or the size that your images have`;
    const fixes = canInsert ? [{ title, edits: [insertion(start, [inputText])] }] : [];
    return [diagnose(missingInput, start, { net }, { fixes })];
  }
  const [first] = incomplete;
  if (incomplete.length === 1 && hasInput) return [missingOf(first!)];

  const groups = new Map<string, Incomplete[]>();
  for (const layer of incomplete) {
    const group = groups.get(layer.mnemonic);
    if (group) group.push(layer);
    else groups.set(layer.mnemonic, [layer]);
  }
  const lines = [
    ...(hasInput ? [] : [inputText]),
    ...[...groups].map(([mnemonic, layers]) => `default ${mnemonic} ${sketchValues(layers)}`),
  ];
  const notes = [
    ...(hasInput ? [] : ["the net needs its INPUT, height x width x channels"]),
    ...[...groups].map(([mnemonic, layers]) => {
      const count = layers.reduce((sum, layer) => sum + layer.times, 0);
      const times = count > 1 ? ` (${plural(count, "time")})` : "";
      return `${mnemonic}${times} needs its ${listWords([...new Set(layers.flatMap(({ missing }) => missing))])}`;
    }),
  ];
  const title = `complete it, here or on each layer: ${lines.join(" | ")}`;
  const related = incomplete.slice(1, MOST_MARKED).map(({ span }) => ({ span, text: "" }));
  const fixes = canInsert ? [{ title, edits: [insertion(start, lines)] }] : [];
  return [diagnose(sketch, first!.span, { net, layers: incomplete.length }, { related, notes, fixes })];
}

function poolsOf(incomplete: readonly Incomplete[]): number {
  return incomplete.filter(({ operator }) => operator.group === "pooling").reduce((sum, { times }) => sum + times, 0);
}

/** `16 3x3`: a value for each open parameter, in the order of the layer's parameters. */
function sketchValues(layers: readonly Incomplete[]): string {
  const { operator } = layers[0]!;
  const missing = new Set(layers.flatMap((layer) => layer.missing));
  return Object.entries(operator.parameters as Record<string, Parameter>)
    .filter(([name, parameter]) => missing.has(nounOf(name, parameter)))
    .map(([, parameter]) => parameter.sketch ?? "1")
    .join(" ");
}

function missingOf({ operator, mnemonic, span, missing }: Incomplete): Diagnostic {
  return diagnose(
    missingValue,
    span,
    { layer: mnemonic, missing },
    { notes: [`for example: ${exampleOf(operator, mnemonic)}${defaultLine(operator, mnemonic)}`] },
  );
}

/** How a layer is written. */
export function exampleOf(operator: Operator, mnemonic: string): string {
  const link = operator.example.split(" - ").find((part) => part.startsWith(operator.mnemonics[0]!));
  return (link ?? operator.example).replace(operator.mnemonics[0]!, mnemonic);
}

function defaultLine(operator: Operator, mnemonic: string): string {
  if (!operator.count) return "";
  return `, or on a line of its own before it: default ${mnemonic} ${defaultsOf(operator)}`;
}

function defaultsOf(operator: Operator): string {
  return Object.values(operator.parameters as Record<string, Parameter>)
    .flatMap((parameter) => (parameter.sketch && parameter.default === undefined ? [parameter.sketch] : []))
    .join(" ");
}

/** Lines before a place, indented as the line of the place is. */
function insertion(start: Span, lines: readonly string[]): Edit {
  const { line, column } = start.source.position(start.start);
  const before = start.source.line(line).slice(0, column - 1);
  const indent = /^\s*$/.test(before) ? before : /^\s*/.exec(before)![0] + "  ";
  const separator = /^\s*$/.test(before) ? "" : `\n${indent}`;
  return { span: beforeSpan(start), text: separator + lines.map((text) => `${text}\n${indent}`).join("") };
}
