/** One file as an editor sees it: its tree, what came of each link, what is wrong, and what its names stand for. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { SourceText } from "../base/source.js";
import { compile } from "../compile.js";
import type { Observation } from "../elaborate/net-request.js";
import type { Resolver } from "../elaborate/modules.js";
import type { Limits } from "../elaborate/state.js";
import type { Network } from "../ir/network.js";
import type { Linted } from "../lint/lint-program.js";
import type { Element, Program } from "../syntax/ast.js";
import type { Names } from "./names.js";
import { IncrementalMemory } from "./incremental/memory.js";
import { readNames } from "./read-names.js";

export interface Analysis {
  readonly source: SourceText;
  readonly program: Program;
  /** Of this file and of those that it uses. */
  readonly diagnostics: readonly Diagnostic[];
  /** Nets without errors; none where the text has syntax errors. */
  readonly networks: readonly Network[];
  /** What the linter found in a network before. */
  readonly lintedBefore: NonNullable<Linted["lintedBefore"]>;
  /** What came of a link of a chain, each time that it was walked. */
  walksOf(element: Element): readonly Observation[];
  readonly names: Names;
  /** The paths of the files that it uses, directly or not. */
  readonly files: ReadonlySet<string>;
  /** Whether a file that it uses was not found. */
  readonly isIncomplete: boolean;
}

export interface AnalysisOptions {
  readonly limits?: Partial<Limits>;
  readonly resolve?: Resolver;
  /** What is known of the text before: of the same path, with the same options. What was known of it then is not valid any more. */
  readonly memory?: IncrementalMemory;
}

/** Reads a file. Works on programs that are not finished: what cannot be read loses nothing else. */
export function analyse(path: string, text: string, options: AnalysisOptions = {}): Analysis {
  const { limits, resolve, memory = new IncrementalMemory() } = options;
  const { source, program, diagnostics, networks, uses } = compile(path, text, { limits, resolve, memory });
  let names: Names | undefined;
  return {
    source,
    program,
    diagnostics,
    networks,
    lintedBefore: (network, key, check) => memory.lintedBefore(network, key, check),
    walksOf: (element) => memory.observationsOf(element),
    get names() {
      return (names ??= readNames(program, uses));
    },
    files: new Set([...uses.values()].flat().map((used) => used.source.path)),
    isIncomplete: [...uses.values()].some((files) => files.length === 0),
  };
}
