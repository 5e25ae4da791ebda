/** All rules, in the order in which they run. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { Network } from "../ir/network.js";
import { budgets } from "./budgets.js";
import { channelsFirstRule } from "./channels-first.js";
import { greyImageRule } from "./grey-image.js";
import type { Rule } from "./rule.js";
import { unseenPixels } from "./unseen-pixels.js";
import { unusedResults } from "./unused-results.js";
import { wrongClaims } from "./wrong-claims.js";

export const rules: readonly Rule[] = [
  channelsFirstRule,
  greyImageRule,
  unseenPixels,
  unusedResults,
  wrongClaims,
  budgets,
];

/** What every rule says of a network. */
export function lint(network: Network): Diagnostic[] {
  return rules.flatMap((rule) => rule.check(network));
}
