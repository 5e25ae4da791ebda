/** What came of links of chains, for whoever shows it. */
import { costOf } from "../analysis/cost.js";
import type { Observation } from "../elaborate/elaborate.js";
import { sumOf, type Count } from "../ir/dimension.js";
import type { Network, Node } from "../ir/network.js";
import type { Element } from "../syntax/ast.js";
import type { Analysis } from "./analysis.js";

/** Of a link the walks that tell about the place where it stands: of a net that of its own body, of a block those of all calls. */
export function walksOf({ observed, names }: Analysis, element: Element): readonly Observation[] {
  const all = observed.get(element) ?? [];
  const own = all.filter(({ net, depth }) => {
    const declaration = names.units.get(net)?.declaration;
    const span = declaration && "span" in declaration ? declaration.span : undefined;
    // A net without a declaration is the chain beside all nets.
    const isAround = !span || (span.start <= element.span.start && element.span.end <= span.end);
    return depth === 0 && isAround;
  });
  return own.length > 0 ? own : all;
}

/** The layers that a link made. */
export function nodesOf({ nodes, start, end }: Observation): readonly Node[] {
  return nodes.slice(start, end);
}

/** The layers of a walk as a network of which nothing else is known, for what asks one for its layers. */
export function networkOf({ net, nodes, element }: Observation): Network {
  return {
    name: net,
    nodes,
    inputs: [],
    outputs: [],
    symbols: [],
    conditions: [],
    budgets: [],
    totals: [],
    span: element.span,
  };
}

export interface LinkCost {
  readonly params: bigint;
  readonly macs: Count;
}

/** What the layers of a link cost. */
export function costOfWalk(observation: Observation): LinkCost {
  const network = networkOf(observation);
  const costs = nodesOf(observation).map((node) => costOf(network, node));
  return {
    params: costs.reduce((sum, { params }) => sum + params, 0n),
    macs: sumOf(costs.map(({ macs }) => macs)),
  };
}
