/** What came of links of chains, for whoever shows it. */
import { costOf } from "../analysis/cost.js";
import type { Observation } from "../elaborate/net-request.js";
import { sumOf, type Count } from "../ir/dimension.js";
import type { Network, Node } from "../ir/network.js";
import { operatorNamed } from "../ops/registry.js";
import type { Element, Item } from "../syntax/ast.js";
import type { Analysis } from "./analysis.js";

/** Of a link the walks that tell about the place where it stands: of a net that of its own body, of a block those of all calls. */
export function walksOf(analysis: Analysis, element: Element): readonly Observation[] {
  const all = analysis.walksOf(element);
  const around = itemAround(analysis.program.items, element);
  const own = all.filter(({ net, depth }) => {
    if (depth > 0) return false;
    // Beside all nets there is the chain that is one by itself.
    return around?.kind === "net" ? around.name.text === net : true;
  });
  return own.length > 0 ? own : all;
}

/** The declaration that a link stands in, of those of a file in their order. */
function itemAround(items: readonly Item[], { span }: Element): Item | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.span.start <= span.start) low = middle + 1;
    else high = middle;
  }
  const item = items[low - 1];
  return item && span.end <= item.span.end ? item : undefined;
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

/** What the layers of a link cost; undefined where one of them reads what is not known. */
export function costOfWalk(observation: Observation): LinkCost | undefined {
  let params = 0n;
  const macs: Count[] = [];
  for (let id = observation.start; id < observation.end; id++) {
    const cost = costOfNode(observation, observation.nodes[id]!);
    if (!cost) return undefined;
    params += cost.params;
    macs.push(cost.macs);
  }
  return { params, macs: sumOf(macs) };
}

function costOfNode(observation: Observation, node: Node): LinkCost | undefined {
  const known = costs.get(node.args);
  if (known || !isKnown(node)) return known;
  const { params, macs } = costOf(networkOf(observation), node);
  const cost = { params, macs };
  costs.set(node.args, cost);
  return cost;
}

/** By arguments, which the elaborator makes once for a layer and what arrives at it. */
const costs = new WeakMap<Node["args"], LinkCost>();

/** Where there is a mistake, an annotation may name the size of a layer that nothing known arrives at, or that lacks a value. */
export function isKnown({ op, args, inputs }: Node): boolean {
  const operator = operatorNamed(op);
  const isFed = inputs.length > 0 || operator.inputs === 0;
  return isFed && Object.keys(operator.parameters).every((name) => args[name] !== undefined);
}
