/** `cnnc explain CODE`: what a code means, with an example, its message and the same without the mistake. */
import { bindNetwork } from "./analysis/bind.js";
import { diagnose, type Diagnostic, type DiagnosticKind, type Example } from "./base/diagnostics.js";
import { plainPaint, renderDiagnostic, type Paint } from "./base/frame.js";
import { compile } from "./compile.js";
import { allKinds } from "./diagnostics.js";
import { lintProgram } from "./lint/lint-program.js";
import { decodeSource } from "./syntax/decode.js";

/** How the program of an example is called. */
const FILE = "net.cnn";

/** What is reported of one of the programs of an example, with its files, limits and sizes. */
export function reportedOf(example: Example, program: "wrong" | "right"): Diagnostic[] {
  const isLatin = program === "wrong" && example.encoding === "latin1";
  const bytes = isLatin ? latin1(example.wrong) : new TextEncoder().encode(example[program]);
  const { limits = {}, files = {} } = example;
  const decoded = decodeSource(FILE, bytes, limits["fileSize"]);
  if ("diagnostic" in decoded) return [decoded.diagnostic];
  const result = compile(FILE, decoded.text, {
    limits,
    resolve: (_from, target) => {
      const text = files[target];
      return text === undefined ? { problem: "there is no such file" } : { path: target, text };
    },
  });
  const { networks } = result;
  const diagnostics = example.lint ? lintProgram(result, example.lint) : result.diagnostics;
  const [network] = networks;
  if (!example.sizes || !network) return diagnostics;
  const bound = bindNetwork(network, new Map(Object.entries(example.sizes)));
  if (!("fault" in bound)) return diagnostics;
  const { kind, args } = bound.fault;
  return [...diagnostics, diagnose(kind, bound.node.span, args)];
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** What stands beside the programs of an example: files, limits and what is given on the command line. */
export function circumstancesOf({ files = {}, limits = {}, sizes = {}, encoding, lint }: Example): string[] {
  return [
    ...(lint
      ? [`cnnc lint${Object.keys(lint).length > 0 ? `, and in cnnc.config.json: ${JSON.stringify({ lint })}` : ""}`]
      : []),
    ...Object.entries(limits).map(([name, limit]) => `--limit ${name}=${limit}`),
    ...Object.entries(sizes).map(([letter, size]) => `--size ${letter}=${size}`),
    ...Object.entries(files).map(([path, text]) => `${path}:\n${indented(text)}`),
    ...(encoding ? [`saved as ${encoding === "latin1" ? "Latin-1" : encoding}`] : []),
  ];
}

/** The message that the wrong program of a kind gives, as it is printed. */
export function messageOfExample({ code, example }: DiagnosticKind, paint: Paint = plainPaint): string | undefined {
  const found = example && reportedOf(example, "wrong").find((diagnostic) => diagnostic.code === code);
  return found && renderDiagnostic(found, paint);
}

/** What is known of a code: the JSON schema `cnnc-explain/1`. */
export interface Explanation extends Pick<DiagnosticKind, "code" | "severity" | "title" | "explanation"> {
  readonly schema: "cnnc-explain/1";
  readonly example?: {
    readonly wrong: string;
    /** Files, limits and what is given on the command line. */
    readonly with: readonly string[];
    readonly message: string;
    readonly right: string;
  };
}

/** What is known of a code, as `CNN2101` or `2101`; undefined where there is no such code. */
export function explanationOf(code: string): Explanation | undefined {
  const kind = allKinds().find((candidate) => candidate.code === `CNN${code.replace(/^cnn/i, "")}`);
  if (!kind) return undefined;
  const { example } = kind;
  return {
    schema: "cnnc-explain/1",
    code: kind.code,
    severity: kind.severity,
    title: kind.title,
    explanation: kind.explanation,
    ...(example
      ? {
          example: {
            wrong: shortened(example.wrong),
            with: circumstancesOf(example),
            message: messageOfExample(kind) ?? "",
            right: shortened(example.right),
          },
        }
      : {}),
  };
}

/** The long explanation of a code; undefined where there is no such code. */
export function explainCode(code: string): string | undefined {
  const found = explanationOf(code);
  if (!found) return undefined;
  const { severity, title, explanation, example } = found;
  const parts = [`${severity}[${found.code}]: ${title}`, explanation];
  if (example) {
    parts.push(`wrong:\n\n${indented(example.wrong)}`);
    if (example.with.length > 0) parts.push(`with:\n\n${indented(example.with.join("\n"))}`);
    parts.push(indented(example.message), `right:\n\n${indented(example.right)}`);
  }
  return parts.join("\n\n");
}

/** Lines and characters of a program that are shown: examples of limits are long. */
const MOST_LINES = 12;
const MOST_CHARACTERS = 120;

/** A program as it is shown. */
export function shortened(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => (line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}...` : line));
  return (lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "..."] : lines).join("\n");
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
