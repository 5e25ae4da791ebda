/** One file as an editor sees it: its tree, what came of each link, what is wrong, and what its names stand for. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { SourceText } from "../base/source.js";
import { compile } from "../compile.js";
import type { Observation } from "../elaborate/elaborate.js";
import type { Resolver } from "../elaborate/modules.js";
import type { Limits } from "../elaborate/state.js";
import type { Network } from "../ir/network.js";
import type { Element, Program } from "../syntax/ast.js";
import type { Names } from "./names.js";
import { readNames } from "./read-names.js";

export interface Analysis {
  readonly source: SourceText;
  readonly program: Program;
  /** Of this file and of those that it uses. */
  readonly diagnostics: readonly Diagnostic[];
  /** Nets without errors; none where the text has syntax errors. */
  readonly networks: readonly Network[];
  /** What came of each link of a chain of this file, each time that it was walked. */
  readonly observed: ReadonlyMap<Element, readonly Observation[]>;
  readonly names: Names;
  /** The paths of the files that it uses, directly or not. */
  readonly files: ReadonlySet<string>;
  /** Whether a file that it uses was not found. */
  readonly isIncomplete: boolean;
}

export interface AnalysisOptions {
  readonly limits?: Partial<Limits>;
  readonly resolve?: Resolver;
}

/** Walks of one link that are kept: of blocks that are called more often the first ones. */
const MOST_WALKS = 64;

/** Reads a file. Works on programs that are not finished: what cannot be read loses nothing else. */
export function analyse(path: string, text: string, options: AnalysisOptions = {}): Analysis {
  const observed = new Map<Element, Observation[]>();
  const result = compile(path, text, {
    ...options,
    observe: (observation) => {
      const { element } = observation;
      if (element.span.source.path !== path) return;
      const known = observed.get(element);
      if (!known) observed.set(element, [observation]);
      else if (known.length < MOST_WALKS) known.push(observation);
    },
  });
  const { source, program, diagnostics, networks, uses } = result;
  return {
    source,
    program,
    diagnostics,
    networks,
    observed,
    names: readNames(program, uses),
    files: new Set([...uses.values()].flat().map((used) => used.source.path)),
    isIncomplete: [...uses.values()].some((files) => files.length === 0),
  };
}
