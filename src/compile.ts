/** The pipeline in one screen: text, AST, networks, findings. */
import { hasErrors, sortDiagnostics, type Diagnostic } from "./base/diagnostics.js";
import { SourceText } from "./base/source.js";
import { elaborate } from "./elaborate/elaborate-program.js";
import type { Observer } from "./elaborate/net-request.js";
import type { Memory } from "./elaborate/memory.js";
import type { Resolver } from "./elaborate/modules.js";
import { defaultLimits, type Limits } from "./elaborate/state.js";
import type { Network } from "./ir/network.js";
import { verifyNetwork } from "./ir/verify.js";
import { isOverBudget } from "./lint/budgets.js";
import { lint, lintInputs } from "./lint/rules.js";
import type { Program, UseDeclaration } from "./syntax/ast.js";
import { parse, type ParseResult } from "./syntax/parse.js";
import { withoutRestOfLine } from "./syntax/spoilt-lines.js";
import { stdFiles } from "./std/sources.js";

export interface CompileOptions {
  /** Limits that are not given have their defaults. */
  limits?: Partial<Limits>;
  /** Finds the files that a program uses with `use "./other.cnn"`; without it there are none. */
  resolve?: Resolver;
  /** Is told what came of every link of a chain, each time that it is walked, also where there are errors. */
  observe?: Observer;
  /** What is known from compiling a text before that is much like this one. */
  memory?: CompileMemory;
  /** Every call and round is walked, also where an equal one was walked before: what that saves has to give the same. */
  walksAll?: boolean;
}

/** What an editor keeps between two versions of a text. */
export interface CompileMemory extends Memory {
  /** Text to AST. */
  parse(source: SourceText): ParseResult;
  /** The same for a file that is used. */
  parseFile(path: string, text: string): ParseResult;
  /** What is suspicious in a network, by `check` where it was not looked at before. */
  checked(network: Network, check: (network: Network) => Diagnostic[]): readonly Diagnostic[];
}

/** What `use` brings by name. */
const library = new Map([["std", stdFiles]]);

export interface CompileResult {
  source: SourceText;
  program: Program;
  /** The nets without errors and without open parameters, in the order of the text. */
  networks: Network[];
  /** The names of all models in the file, also of those with errors. */
  names: string[];
  diagnostics: Diagnostic[];
  /** The files that each `use` line brings. */
  uses: ReadonlyMap<UseDeclaration, readonly Program[]>;
  /** A net once more with letters for the sides of its inputs; undefined where a layer needs numbers. */
  open(name: string): Network | undefined;
}

/**
 * Compiles the text of a `.cnn` file. `path` names it in messages; nothing is read.
 *
 * Errors: none for a mistake in the program, which is a diagnostic; throws where the compiler itself is at fault.
 */
export function compile(path: string, text: string, options: CompileOptions = {}): CompileResult {
  // 1. Text to AST. The parser recovers, so there is always a program.
  const { memory } = options;
  const { program, diagnostics: syntax } = memory
    ? memory.parse(new SourceText(path, text))
    : parse(new SourceText(path, text));
  const { source } = program;

  // 2. AST to typed networks. After a syntax error only what it did not touch is told.
  const {
    networks,
    inputsOfOthers,
    names,
    diagnostics: meaning,
    isBroken,
    open,
    uses,
  } = elaborate(program, {
    limits: { ...defaultLimits, ...options.limits },
    resolve: options.resolve,
    library,
    observe: options.observe,
    memory,
    walksAll: options.walksAll,
    parseFile: memory && ((file, written) => memory.parseFile(file, written)),
  });
  const broken = hasErrors(syntax) || isBroken;
  const places = new Set(syntax.map(({ span }) => span.start));
  const isHere = ({ span }: Diagnostic) => span.source === source && places.has(span.start);
  const told = broken ? meaning.filter((diagnostic) => !diagnostic.kind.mayFollow && !isHere(diagnostic)) : meaning;

  // 3. What every sound network must be: a failure here is ours.
  // 4. What is suspicious in networks that have no errors, and in what comes into the others.
  const check = (network: Network) => {
    // An editor waits for the next keystroke; what it shows is compiled once more before anything is made of it.
    const [fault] = memory ? [] : verifyNetwork(network);
    if (fault) throw new Error(`the compiler made an unsound network ${network.name}: ${fault}`);
    return broken ? [] : lint(network);
  };
  const suspicious = withoutDoubles([
    ...networks.flatMap((network) => (memory && !broken ? memory.checked(network, check) : check(network))),
    ...(broken ? [] : lintInputs(inputsOfOthers)),
  ]);

  return {
    source,
    program,
    networks: broken ? [] : networks,
    names,
    open,
    uses,
    diagnostics: sortDiagnostics(withoutRestOfLine([...syntax, ...told, ...suspicious])),
  };
}

/** A net and one that is made from it share lines: what is suspicious about them is told once; each has its own budget. */
function withoutDoubles(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const { code, span, args } = diagnostic;
    const net = isOverBudget(diagnostic) ? String(args["net"]) : "";
    const key = `${code}:${net}:${span.source.path}:${span.start}:${span.end}`;
    return !seen.has(key) && seen.add(key);
  });
}
