/** What can be written at a place. The text before it decides: what stands there is seldom a program yet. */
import { operators, operatorOf } from "../ops/registry.js";
import type { Operator, Parameter } from "../ops/define.js";
import { losses, optimizers, schedules, trainingNumbers } from "../ir/training-options.js";
import type { Analysis } from "./analysis.js";
import { parametersOf, type NamedSymbol, type SymbolKind } from "./names.js";
import { defaultText, operatorText } from "./operator-text.js";

export interface Completion {
  readonly label: string;
  readonly kind: SymbolKind | "layer" | "attribute" | "value" | "keyword" | "member" | "file" | "module";
  readonly detail: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What is written, with `$1` where the cursor goes on; the label itself where it is left out. */
  readonly snippet?: string;
}

export interface CompletionOptions {
  /** Paths that `use` can name from this file, as `./blocks.cnn`. */
  readonly files?: readonly string[];
  /** Names of shipped modules. */
  readonly modules?: readonly string[];
}

/** Text behind which nothing is looked at: lines are short, and what is not is no program. */
const LONGEST_LINE = 2_000;

export function completionsAt(analysis: Analysis, offset: number, options: CompletionOptions = {}): Completion[] {
  const { text } = analysis.source;
  const start = Math.max(text.lastIndexOf("\n", offset - 1) + 1, offset - LONGEST_LINE);
  const line = text.slice(start, offset);
  // In a comment nothing is offered; a sign in quotes is no comment.
  if (/#/.test(line.replace(/"[^"]*"?/g, ""))) return [];
  if (/\buse\s+"[^"]*$/.test(line)) return fileCompletions(options.files ?? []);
  if (/\buse\s+\w*$/.test(line)) return moduleCompletions(options.modules ?? []);
  if (/\bin\.\w*$/.test(line)) return memberCompletions();
  if (/@\w*$/.test(line)) return labelCompletions(analysis, offset);
  const inTraining = trainingCompletions(text, line, offset);
  if (inTraining) return inTraining;
  const call = callAround(text, offset);
  if (call) return argumentCompletions(analysis, offset, call);
  const layer = layerBefore(line);
  if (layer) return attributeCompletions(layer.operator, layer.written, layer.last);
  if (isStart(line)) return linkCompletions(analysis, offset);
  const values = valueCompletions(analysis, offset);
  return isBoundOrStart(line) ? [...linkCompletions(analysis, offset), ...values] : values;
}

/** Where a link of a chain, or a declaration, may begin. */
const isStart = (line: string) => /(^|[-{|[:]|->)\s*\w*$/.test(line) && !/[A-Z]-\w*$/.test(line);

/** `RELU-PO`: a count in capitals, or the next layer behind a dash without blanks. */
const isBoundOrStart = (line: string) => /[A-Z]-[A-Z]\w*$/.test(line);

function fileCompletions(files: readonly string[]): Completion[] {
  return files.map((path) => ({ label: path, kind: "file", detail: "a file" }));
}

function moduleCompletions(modules: readonly string[]): Completion[] {
  return [
    ...modules.map((name): Completion => ({ label: name, kind: "module", detail: "blocks that are shipped" })),
    { label: '"./"', kind: "keyword", detail: "a file", snippet: '"./$1"' },
  ];
}

const MEMBERS: Readonly<Record<string, string>> = {
  h: "height of what arrives",
  w: "width of what arrives",
  c: "channels of what arrives",
  d: "depth of a volume that arrives",
  l: "length of a signal that arrives",
};

function memberCompletions(): Completion[] {
  return Object.entries(MEMBERS).map(([label, detail]) => ({ label, kind: "member", detail }));
}

function labelCompletions({ names }: Analysis, offset: number): Completion[] {
  return names
    .visibleAt(offset)
    .filter((symbol) => symbol.kind === "label" || isLabelParameter(symbol))
    .map(({ name }) => ({ label: name, kind: "label", detail: "what this label names" }));
}

const isLabelParameter = ({ kind, declaration }: NamedSymbol) =>
  kind === "parameter" && "kind" in declaration && declaration.kind === "label";

const isUnitParameter = ({ kind, declaration }: NamedSymbol) =>
  kind === "parameter" && "kind" in declaration && declaration.kind === "unit";

// Layers and what follows them.

/** The layer that the cursor stands behind: with its operator, the words that are there, and the last one of them. */
function layerBefore(line: string): { operator: Operator; written: ReadonlySet<string>; last: string } | undefined {
  const head = /^\s*((?:MAX |AVG )?[A-Z]{2,})[\dx]*(?:-[\w()?*+/ ]*?)?(?:\/\d+)?(\s.*)$/.exec(linkOf(line));
  const operator = head && operatorOf(head[1]!.replace(" ", ""));
  if (!operator) return undefined;
  const words = head[2]!.trim().split(/\s+/);
  // The word that is being written is not there yet.
  const last = /\s$/.test(head[2]!) ? (words.at(-1) ?? "") : (words.at(-2) ?? "");
  return { operator, written: new Set(words), last };
}

/** The link that is being written: what stands behind the last sign that begins one. */
function linkOf(line: string): string {
  let start = 0;
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]!;
    if (sign === "(") depth++;
    else if (sign === ")") depth--;
    else if (depth === 0 && (/[{|[\]:>]/.test(sign) || (sign === "-" && !isBinding(line, at)))) start = at + 1;
  }
  return line.slice(start);
}

/** `CONV3-64`: a dash that joins a count to its layer. */
const isBinding = (line: string, at: number) =>
  /[A-Z\d]/.test(line[at - 1] ?? "") && /[\da-z(?]/.test(line[at + 1] ?? "");

function attributeCompletions(operator: Operator, written: ReadonlySet<string>, last: string): Completion[] {
  const parameters = Object.entries(operator.parameters as Record<string, Parameter>);
  const value = parameters.find(([name]) => name === last)?.[1];
  if (value?.kind === "padding") {
    return ["half", "same"].map((label) => ({ label, kind: "value", detail: value.doc }));
  }
  if (last === "no") {
    return parameters
      .filter(([, { kind }]) => kind === "flag")
      .map(([label, { doc }]) => ({ label, kind: "attribute", detail: doc }));
  }
  return parameters
    .filter(([name]) => !written.has(name) && name !== operator.count)
    .map(([name, parameter]): Completion => {
      const isFlag = parameter.kind === "flag";
      const isOff = isFlag && parameter.default === true;
      return {
        label: isOff ? `no ${name}` : name,
        kind: "attribute",
        detail: `${parameter.doc} (${defaultText(parameter)})`,
        ...(isFlag ? {} : { snippet: `${name} $1` }),
      };
    });
}

function linkCompletions(analysis: Analysis, offset: number): Completion[] {
  return [
    ...Object.values(operators).flatMap(layerCompletions),
    ...analysis.names.visibleAt(offset).flatMap(unitCompletion),
    ...keywordCompletions(isInBody(analysis.source.text, offset)),
  ];
}

function layerCompletions(operator: Operator): Completion[] {
  const { mnemonics, doc, inputs } = operator;
  return mnemonics.map((label, index) => ({
    label,
    kind: "layer",
    detail: doc.split(/(?<=[.;])\s/)[0]!,
    ...(index === 0 ? { documentation: operatorText(operator) } : {}),
    ...(inputs === "many" ? { snippet: `${label} { $1 | ID }` } : {}),
  }));
}

function unitCompletion(symbol: NamedSymbol): Completion[] {
  const { kind, name, declaration } = symbol;
  if (kind !== "block" && kind !== "net" && !isUnitParameter(symbol)) return [];
  const parameters = parametersOf(symbol);
  const documentation = "documentation" in declaration ? declaration.documentation : undefined;
  const written = parameters
    .filter((parameter) => !parameter.default)
    .map(({ name: one }, index) => `\${${index + 1}:${one.text}}`);
  return [
    {
      label: name,
      kind,
      detail: `${kind}${parameters.length > 0 ? ` (${parameters.map(({ name: one }) => one.text).join(", ")})` : ""}`,
      ...(documentation ? { documentation } : {}),
      ...(written.length > 0 ? { snippet: `${name}(${written.join(", ")})` } : {}),
    },
  ];
}

/** Whether braces of a declaration are open at a place. */
function isInBody(text: string, offset: number): boolean {
  let open = 0;
  for (let index = 0; index < offset; index++) {
    const sign = text[index];
    if (sign === "#") index = Math.max(index, text.indexOf("\n", index) - 1);
    else if (sign === "{") open++;
    else if (sign === "}") open--;
  }
  return open > 0;
}

const SNIPPETS: readonly { label: string; detail: string; snippet: string; where: "body" | "file" | "both" }[] = [
  { label: "net", detail: "a network", snippet: "net ${1:Name} {\n  INPUT ${2:224x224x3}\n  $0\n}", where: "file" },
  { label: "block", detail: "a block", snippet: "block ${1:Name}(${2:c}) {\n  $0\n}", where: "file" },
  { label: "fn", detail: "a function", snippet: "fn ${1:name}(${2:x}) = $0", where: "file" },
  { label: "use", detail: "what another file declares", snippet: "use $0", where: "file" },
  { label: "let", detail: "a name for a value", snippet: "let ${1:name} = $0", where: "both" },
  {
    label: "default",
    detail: "what holds for layers of a kind from here on",
    snippet: "default ${1:CONV} $0",
    where: "both",
  },
  { label: "assert", detail: "what a net may cost", snippet: "assert ${1:params} <= $0", where: "both" },
  {
    label: "train",
    detail: "how it is trained",
    snippet: "train {\n  loss ${1:crossentropy}\n  optimizer ${2:adam}\n  batch ${3:128}\n  epochs ${4:10}\n}",
    where: "both",
  },
  { label: "output", detail: "one more output", snippet: "output ${1:name} = $0", where: "body" },
  { label: "if", detail: "layers where something holds", snippet: "if $1 { $2 } else { ID }", where: "body" },
];

function keywordCompletions(isBody: boolean): Completion[] {
  return SNIPPETS.filter(({ where }) => where === "both" || (where === "body") === isBody).map(
    ({ label, detail, snippet }) => ({ label, kind: "keyword", detail, snippet }),
  );
}

// Values.

function valueCompletions({ names }: Analysis, offset: number): Completion[] {
  return names.visibleAt(offset).flatMap((symbol): Completion[] => {
    const { kind, name } = symbol;
    if (kind === "variable" || kind === "counter") return [{ label: name, kind, detail: kind }];
    if (kind === "parameter" && !isLabelParameter(symbol)) return [{ label: name, kind, detail: kind }];
    if (kind !== "function") return [];
    const parameters = parametersOf(symbol).map((parameter) => parameter.name.text);
    return [{ label: name, kind, detail: `function (${parameters.join(", ")})`, snippet: `${name}($1)` }];
  });
}

/** The call whose parentheses are open at a place: what is called, and its arguments so far, the last one as far as it is written. */
export interface OpenCall {
  readonly head: string;
  readonly written: readonly string[];
}

export function callAround(text: string, offset: number): OpenCall | undefined {
  let depth = 0;
  const written: string[] = [];
  let end = offset;
  for (let at = offset - 1; at >= 0 && offset - at < LONGEST_LINE; at--) {
    const sign = text[at]!;
    if (sign === "\n" || sign === "{" || sign === "}") return undefined;
    if (sign === ")" || sign === "]") depth++;
    else if (sign === "[") depth--;
    else if (sign === "," && depth === 0) {
      written.unshift(text.slice(at + 1, end));
      end = at;
    } else if (sign === "(" && depth-- === 0) {
      const head = /[A-Za-z_]\w*$/.exec(text.slice(0, at))?.[0];
      return head === undefined ? undefined : { head, written: [text.slice(at + 1, end), ...written] };
    }
  }
  return undefined;
}

function argumentCompletions(analysis: Analysis, offset: number, { head, written }: OpenCall): Completion[] {
  const { units, functions } = analysis.names;
  const before = written.slice(0, -1);
  const names = before.map((argument) => /^\s*(\w+)\s*=(?!=)/.exec(argument)?.[1]);
  const byPosition = names.filter((name) => name === undefined).length;
  const named = parametersOf(units.get(head) ?? functions.get(head))
    .filter(({ name }, index) => index >= byPosition && !names.includes(name.text))
    .map(({ name }): Completion => ({
      label: name.text,
      kind: "parameter",
      detail: `a parameter of ${head}`,
      snippet: `${name.text} = $1`,
    }));
  const isUnitWanted = parametersOf(units.get(head)).some(({ kind }) => kind === "unit");
  const blocks = isUnitWanted
    ? [...units.values()].flatMap(unitCompletion).map((one) => ({ ...one, snippet: one.label }))
    : [];
  return [...named, ...valueCompletions(analysis, offset), ...blocks];
}

// Training.

/** What a `train` block holds; undefined outside of one. */
function trainingCompletions(text: string, line: string, offset: number): Completion[] | undefined {
  const before = text.slice(0, offset);
  const open = Math.max(before.lastIndexOf("train {"), before.lastIndexOf("train{"));
  if (open < 0 || before.indexOf("}", open) >= 0) return undefined;
  const words = line
    .replace(/^.*[{;]/, "")
    .trimStart()
    .split(/\s+/);
  const choices = { loss: losses, optimizer: optimizers, schedule: schedules };
  const [key, name] = words as [keyof typeof choices, string?];
  if (words.length <= 1) {
    const settings = {
      ...Object.fromEntries(Object.keys(choices).map((one) => [one, { doc: `the ${one}` }])),
      ...trainingNumbers,
    };
    return Object.entries(settings).map(([label, { doc }]) => ({
      label,
      kind: "attribute",
      detail: doc,
      snippet: `${label} $1`,
    }));
  }
  if (!(key in choices)) return [];
  if (words.length === 2) {
    return Object.entries(choices[key]).map(([label, { doc }]) => ({ label, kind: "value", detail: doc }));
  }
  const numbers = choices[key][name ?? ""]?.numbers ?? {};
  return Object.entries(numbers)
    .filter(([label]) => !words.slice(0, -1).includes(label))
    .map(([label, { doc, isFlag }]) => ({
      label,
      kind: "attribute",
      detail: doc,
      ...(isFlag ? {} : { snippet: `${label} $1` }),
    }));
}
