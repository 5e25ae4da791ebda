/** A rule looks at one network that has no errors and tells what is suspicious. */
import type { Diagnostic, DiagnosticKind } from "../base/diagnostics.js";
import type { Network } from "../ir/network.js";

export interface Rule {
  readonly kinds: readonly DiagnosticKind[];
  check(network: Network): Diagnostic[];
}
