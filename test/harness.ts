/** A tiny harness, so that tests read as specifications: source text in, sizes or diagnostics out. */
import { expect } from "vitest";
import { networkAt } from "../src/analysis/bind.js";
import { applyFix, messageOf, type Diagnostic } from "../src/base/diagnostics.js";
import { textOf } from "../src/base/source.js";
import { compile, type CompileResult } from "../src/compile.js";
import { variable } from "../src/ir/dimension.js";
import type { Network } from "../src/ir/network.js";
import { lintProgram } from "../src/lint/lint-program.js";
import type { LintConfig } from "../src/lint/rule.js";
import { formatDimensions } from "../src/ir/shape.js";

/** Compiles text as the file `net.cnn`. */
export function compileText(text: string): CompileResult {
  return compile("net.cnn", text);
}

/** The one network of a text that has no errors. */
export function networkOf(text: string, name?: string): Network {
  const { networks, diagnostics } = compileText(text);
  expect(errorsOf(diagnostics)).toEqual([]);
  const network = name ? networks.find((candidate) => candidate.name === name) : networks[0];
  if (!network) throw new Error(`no network ${name ?? ""} in: ${text}`);
  return network;
}

/** The network of a text with letters in its input's size: `HxWx3`. */
export function openNetworkOf(text: string, size: string): Network {
  const network = networkOf(text);
  const shape = size.split("x").map((side) => (/^\d+$/.test(side) ? Number(side) : variable(side)));
  const found = networkAt(network, new Map([[network.inputs[0]!, shape]]));
  if ("fault" in found) throw new Error(`${found.node.name}: ${found.fault.kind.message(found.fault.args)}`);
  return found.network;
}

/** The sizes of all layers, input first: `["32x32x3", "32x32x16"]`. */
export function shapesOf(text: string, name?: string): string[] {
  return networkOf(text, name).nodes.map((node) => formatDimensions(node.type.shape));
}

/** The size that the last layer gives. */
export function expectShape(text: string, shape: string): void {
  expect(shapesOf(text).at(-1)).toBe(shape);
}

/** `CNN2101 at "[56x56x96]": CONV1 gives ...`: code, the text that is underlined, message. */
export function describe(diagnostic: Diagnostic): string {
  return `${diagnostic.code} at ${JSON.stringify(textOf(diagnostic.span))}: ${messageOf(diagnostic)}`;
}

function errorsOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.filter((diagnostic) => diagnostic.severity === "error").map(describe);
}

/** Exactly these diagnostics, of all severities, in the order of the text. */
export function expectDiagnostics(text: string, expected: string[]): void {
  expect(compileText(text).diagnostics.map(describe)).toEqual(expected);
}

/** The text after the first fix of the first diagnostic that has one. */
export function fixed(text: string, index = 0): string {
  const fixes = compileText(text).diagnostics.flatMap((diagnostic) => [...diagnostic.fixes]);
  const fix = fixes[index];
  if (!fix) throw new Error(`nothing offers a fix number ${index} in: ${text}`);
  return applyFix(text, fix);
}

/**
 * One mistake, one message: `before` and `line` give exactly this diagnostic; its first fix writes `mended` in place of the
 * line, which the code is then not told of; without `mended` there is no fix.
 */
export function expectMistake(before: string, line: string, expected: string, mended?: string): void {
  const text = before + line;
  const { diagnostics } = compileText(text);
  expect(diagnostics.map(describe)).toEqual([expected]);
  const [{ code, fixes }] = diagnostics as [Diagnostic];
  const [fix] = fixes;
  expect(fix && applyFix(text, fix)).toBe(mended === undefined ? undefined : before + mended);
  if (mended !== undefined)
    expect(compileText(before + mended).diagnostics.map((found) => found.code)).not.toContain(code);
}

/** Exactly these findings of the linter, with the compiler's, in the order of the text. */
export function expectFindings(text: string, expected: string[], config?: LintConfig): void {
  expect(lintProgram(compileText(text), config).map(describe)).toEqual(expected);
}
