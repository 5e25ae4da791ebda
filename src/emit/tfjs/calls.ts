/** A network as calls of layers, which become code or a saved model. */
import { tensorsByNode } from "../../analysis/weights.js";
import { consumersOf, type Network } from "../../ir/network.js";
import { formatDimensions } from "../../ir/shape.js";
import type { OpName } from "../../ops/registry.js";
import { TargetError } from "../errors.js";
import { liveNodes } from "../../ir/live.js";
import type { LayerCall } from "./code.js";
import type { Calls } from "./graph.js";
import type { LoweringContext } from "./lowering.js";
import { lowerings } from "./lowerings.js";
import { nonNegative } from "./nonnegative.js";

/** The calls of every layer that an output is made of. An activation stays a layer of its own, so that every name is kept. */
export function layerCalls(network: Network): Calls {
  checkRanks(network);
  const tensors = tensorsByNode(network);
  const names = new Set(network.nodes.map((node) => node.name));
  const context: LoweringContext = {
    network,
    consumers: consumersOf(network),
    nonNegative: nonNegative(network),
    tensors,
    names,
  };
  const live = liveNodes(network);
  return new Map(
    network.nodes
      .filter(({ id }) => live.has(id))
      .map((node) => [node.id, lowerings[node.op as OpName](node, context)]),
  );
}

/** Axes of tfjs's tensors, without the batch. */
const MOST_AXES = 5;

/** Errors: `TargetError` for what has more axes than tensors of tfjs. */
function checkRanks(network: Network): void {
  const deep = network.nodes.find(({ type }) => type.shape.length > MOST_AXES);
  if (!deep) return;
  const size = `${deep.name} is ${formatDimensions(deep.type.shape)}`;
  throw new TargetError(
    `${network.name} cannot be built for tfjs: ${size}, and that target has at most ${MOST_AXES} axes beside the batch`,
  );
}

/** A model has at least one layer: where the program has none, one that changes nothing. */
export const IDENTITY: LayerCall = { kind: "activation", config: { name: "identity", activation: "linear" } };

/** The layers of a chain in a row. */
export function chainCalls(calls: Calls): LayerCall[] {
  const all = [...calls.values()].flat();
  return all.length > 0 ? all : [IDENTITY];
}
