/** What a rule of the linter is: one declaration, from which checking, levels, comments and the reference page are derived. */
import type { Diagnostic, DiagnosticKind, Severity } from "../base/diagnostics.js";
import type { Network, Node } from "../ir/network.js";
import type { Program } from "../syntax/ast.js";
import type { View } from "./view.js";

export type Level = "off" | Severity;

export const LEVELS: readonly Level[] = ["off", "info", "warning", "error"];

/** What some rules have to be told before they can say anything. */
export interface LintSettings {
  /** What the networks are to run on. */
  readonly target?: "tensor cores";
  /** How large what is to be recognised is, in pixels of the input. */
  readonly objectSize?: number;
}

/** How a program is linted: the settings, and levels of rules by their names. */
export interface LintConfig extends LintSettings {
  readonly rules?: Readonly<Record<string, Level>>;
}

/** For the reference page; the kinds' examples are programs. */
export interface RuleDoc {
  /** What goes wrong where the rule is not heeded. */
  readonly why: string;
  /** A paper, a manual, or whose practice it is. */
  readonly source: string;
  /** A published network, or a mistake that is known to be made, of which it is told. */
  readonly told: string;
  /** A published network that looks like it, and why nothing is told of it. */
  readonly fine: string;
  /** What `--fix` does, where it does something. */
  readonly mended?: string;
}

export interface Rule {
  /** For configurations and comments: `bias-before-norm`. */
  readonly name: string;
  readonly kinds: readonly DiagnosticKind[];
  readonly doc: RuleDoc;
  /** `compile` for what surely is a mistake: every command tells it. The others are for `cnnc lint` alone. */
  readonly runs: "compile" | "lint";
  /** Whether nothing is told as long as no configuration asks for it; otherwise its level is that of the kinds. */
  readonly isOff?: true;
  /** Whether a line has to give the finding in all layers that it makes, in all networks. */
  readonly isEverywhere?: true;
  /** Looks at an INPUT, also at that of a network with errors, which may come of it. */
  checkInput?(input: Node): Diagnostic[];
  /** Looks at one network that has no errors. */
  checkNetwork?(network: Network, view: View): Diagnostic[];
  /** Looks at what was written. */
  checkProgram?(program: Program): Diagnostic[];
}

/** The kinds of a rule, whatever the arguments of their messages are. */
export function kindsOf(...kinds: readonly unknown[]): readonly DiagnosticKind[] {
  return kinds as readonly DiagnosticKind[];
}
