/** Reads `.cnn` files and picks nets from them. */
import { createReadStream } from "node:fs";
import {
  closest,
  compile,
  decodeSource,
  hasErrors,
  isOverBudget,
  LARGEST_SOURCE,
  listWords,
  type CompileResult,
  type Diagnostic,
  type Network,
} from "../../index.js";
import { diagnosticsDocument } from "./diagnostics-document.js";
import { limitsInForce } from "./limits.js";
import { resolverFor } from "./resolver.js";
import { print, ProgramError, showDiagnostics, UsageError } from "./terminal.js";

const largestSource = () => limitsInForce().fileSize ?? LARGEST_SOURCE;

/** How a file is called in messages. */
export function shownName(path: string): string {
  return path === "-" ? "<stdin>" : path;
}

/** Compiles a file, or standard input for `-`. Errors: `UsageError` where there is no such file. */
export async function compileFile(path: string): Promise<{ result?: CompileResult; diagnostics: Diagnostic[] }> {
  const name = shownName(path);
  const decoded = await readText(path);
  if ("diagnostic" in decoded) return { diagnostics: [decoded.diagnostic] };
  const result = compile(name, decoded.text, { limits: limitsInForce(), resolve: resolverFor(path) });
  return { result, diagnostics: result.diagnostics };
}

/** The text of a file, or the diagnostic that it is none; standard input for `-`. Errors: `UsageError` where there is no such file. */
export async function readText(path: string): Promise<{ text: string } | { diagnostic: Diagnostic }> {
  const bytes = path === "-" ? await readAll(process.stdin) : await readSource(path);
  return decodeSource(shownName(path), bytes, limitsInForce().fileSize);
}

async function readSource(path: string): Promise<Uint8Array> {
  try {
    // One byte more than is allowed tells that a file is too large, also one that never ends.
    return await readAll(createReadStream(path, { end: largestSource() }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: "there is no such file",
      EISDIR: "it is a folder; name the .cnn files in it",
      EACCES: "it may not be read",
    };
    throw new UsageError(`${path}: ${reasons[code ?? ""] ?? `it cannot be read (${code ?? "unknown reason"})`}`);
  }
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).byteLength;
    if (size > largestSource()) break;
  }
  return Buffer.concat(chunks);
}

/** What is made of a file, and whether a net of it exceeds its budget. */
export interface Compiled extends CompileResult {
  readonly isOverBudget: boolean;
}

/**
 * All that was made of a file, for commands that show it; what there is to tell goes to standard error. A budget that is
 * exceeded keeps nobody from seeing by what: it is told, of the net that is asked for, and is for the exit code. A command
 * that answers in JSON answers errors in JSON too. With `takesFamilies` a file without a model will do. Errors: `ProgramError` after the errors of the program were shown,
 * `UsageError` where it has no model.
 */
export async function compiledOf(path: string, format: string, net?: string, takesFamilies = false): Promise<Compiled> {
  const { result, diagnostics: all } = await compileFile(path);
  const diagnostics = all.filter((found) => !isOverBudget(found) || isOverBudget(found, net));
  const failed = !result || hasErrors(diagnostics.filter((found) => !isOverBudget(found)));
  if (failed) {
    tell(path, format, result, diagnostics);
    throw new ProgramError();
  }
  showDiagnostics(diagnostics);
  if (result.networks.length === 0 && !takesFamilies) {
    throw new UsageError(`${path} has only families of nets: a net whose parameters all have values is needed`);
  }
  return { ...result, isOverBudget: hasErrors(diagnostics) };
}

/** The networks of a file, for commands that build them. Errors: as `compiledOf`, and `ProgramError` for an exceeded budget. */
export async function networksOf(path: string, format: string, net?: string): Promise<Network[]> {
  const compiled = await compiledOf(path, format, net);
  checkBudgets(path, format, compiled);
  return compiled.networks;
}

/** Errors: `ProgramError` for an exceeded budget, which `compiledOf` has told, but not in JSON. */
export function checkBudgets(path: string, format: string, compiled: Compiled): void {
  if (!compiled.isOverBudget) return;
  if (format === "json") tell(path, format, compiled, compiled.diagnostics);
  throw new ProgramError();
}

function tell(path: string, format: string, result: CompileResult | undefined, diagnostics: Diagnostic[]): void {
  if (format === "json") print(diagnosticsDocument([{ path: shownName(path), result, diagnostics }]));
  else showDiagnostics(diagnostics);
}

/** The net that is asked for by name, or the only one. Errors: `UsageError`, with the names there are. */
export function chooseNetwork(path: string, networks: readonly Network[], name: string | undefined): Network {
  const names = networks.map((network) => network.name);
  if (name === undefined) {
    if (networks.length === 1) return networks[0]!;
    throw new UsageError(`${path} has several nets: choose one with --net, out of ${listWords(names)}`);
  }
  const found = networks.find((network) => network.name === name);
  if (found) return found;
  const suggestion = closest(name, names);
  throw new UsageError(
    `${path} has no net ${name}; ${suggestion ? `did you mean ${suggestion}?` : `there is ${listWords(names)}`}`,
  );
}
