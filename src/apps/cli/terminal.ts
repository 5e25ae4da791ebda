/** Where output goes: results to standard output, everything about them to standard error. */
import pico from "picocolors";
import { plainPaint, plural, renderDiagnostic, type Diagnostic, type Paint } from "../../index.js";

/** Exit codes; `--help` and the README list them. */
export const EXIT = { fine: 0, program: 1, usage: 2, internal: 3 } as const;

/** Wrong use: told in one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The program has errors, which have been told: exit code 1. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
}

/** Colours only where a person looks: on a terminal, and not with NO_COLOR. */
function coloursFor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR && FORCE_COLOR !== "0") return true;
  return stream.isTTY === true && TERM !== "dumb";
}

export function paintFor(stream: NodeJS.WriteStream): Paint {
  if (!coloursFor(stream)) return plainPaint;
  const colours = pico.createColors(true);
  const severities = { error: colours.red, warning: colours.yellow, info: colours.cyan };
  return {
    severity: (severity, text) => colours.bold(severities[severity](text)),
    strong: (text) => colours.bold(text),
    dim: (text) => colours.dim(text),
    help: (text) => colours.green(text),
  };
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** One sentence about wrong use. */
export function tellUsage({ message }: Error): void {
  const paint = paintFor(process.stderr);
  note(`${paint.severity("error", "error")}: ${paint.strong(message)}`);
}

/** A fault of ours, which is to be reported. */
export function tellFault(message: string, where: string): void {
  const paint = paintFor(process.stderr);
  note(`${paint.severity("error", "error[CNN9001]")}: ${paint.strong(message)}`);
  note(`  = ${where}`);
  note("  = this is a fault of cnnc, not of the program; please report it with the program and this line");
}

/** Nobody reads more at once; JSON has them all. */
const MOST_SHOWN = 100;

/** Diagnostics in their pretty form, a blank line between them. */
export function showDiagnostics(diagnostics: readonly Diagnostic[], stream: NodeJS.WriteStream = process.stderr): void {
  const paint = paintFor(stream);
  const width = widthOf(stream);
  for (const diagnostic of diagnostics.slice(0, MOST_SHOWN))
    stream.write(`${renderDiagnostic(diagnostic, paint, width)}\n\n`);
  const rest = diagnostics.length - MOST_SHOWN;
  if (rest > 0) stream.write(`... and ${plural(rest, "further finding")} (all with --format json)\n\n`);
}

/** Columns of the terminal; no limit where output goes into a file. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY;
}
