/** Whether two texts of a file compile to the same networks. */
import { compile, dumpNetwork, hasErrors } from "../../index.js";
import { limitsInForce } from "./limits.js";
import { resolverFor } from "./resolver.js";
import { shownName } from "./sources.js";

/** A program with errors has no network that could become another one. */
export function areSameNetworks(path: string, before: string, after: string): boolean {
  if (before === after) return true;
  const options = { limits: limitsInForce(), resolve: resolverFor(path) };
  const [first, second] = [before, after].map((text) => compile(shownName(path), text, options));
  if (hasErrors(first!.diagnostics)) return true;
  if (hasErrors(second!.diagnostics) || first!.networks.length !== second!.networks.length) return false;
  return first!.networks.every((network, index) => dumpNetwork(network) === dumpNetwork(second!.networks[index]!));
}
