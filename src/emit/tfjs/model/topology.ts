/** A network as tfjs saves a model of its layers API: the `modelTopology` of a `model.json`. */
import { nodeOf, type Network } from "../../../ir/network.js";
import { fixedShape } from "../../../ir/shape.js";
import { chainCalls } from "../calls.js";
import type { LayerCall } from "../code.js";
import { isChain, type Calls } from "../graph.js";
import { connect, type Read } from "./connect.js";
import { standardLayers, type Saved, type SavedConfig } from "./standard.js";

/** The version of tfjs-layers whose form it has. */
export const LAYERS_VERSION = "4.22.0";

/** The topology. Calls of layers that are not tfjs's own are a mistake in the compiler, and thrown. */
export function topologyOf(network: Network, calls: Calls): Saved {
  const [className, config] = isChain(network)
    ? ["Sequential", sequenceOf(network, calls)]
    : ["Model", graphOf(network, calls)];
  return {
    class_name: className,
    config,
    keras_version: `tfjs-layers ${LAYERS_VERSION}`,
    backend: "tensor_flow.js",
  };
}

function layerOf(call: LayerCall, more: SavedConfig = {}): { class_name: string; config: SavedConfig } {
  if (call.custom !== undefined) throw new Error(`${call.custom} is no layer of tfjs`);
  const { className, saved } = standardLayers[call.kind];
  return {
    class_name: className,
    config: { ...saved(call.config), name: nameOf(call), trainable: true, ...more },
  };
}

const nameOf = ({ config }: LayerCall): string => String(config["name"]);

function sequenceOf(network: Network, calls: Calls): SavedConfig {
  const shape = fixedShape(nodeOf(network, network.inputs[0]!).type);
  const [first, ...rest] = chainCalls(calls);
  const input = { batch_input_shape: [null, ...shape], dtype: "float32" };
  return { name: network.name, layers: [layerOf(first!, input), ...rest.map((call) => layerOf(call))] };
}

function graphOf(network: Network, calls: Calls): SavedConfig {
  const layers: Saved[] = network.inputs.map((id) => {
    const { name, type } = nodeOf(network, id);
    const config = { batch_input_shape: [null, ...fixedShape(type)], dtype: "float32", sparse: false, name };
    return { name, class_name: "InputLayer", config, inbound_nodes: [] };
  });
  /** A layer that reads the values of others, once. */
  const add = (call: LayerCall, from: readonly string[]): string => {
    const name = nameOf(call);
    layers.push({ name, ...layerOf(call), inbound_nodes: [from.map((other) => [other, 0, 0, {}])] });
    return name;
  };
  const read = ({ id, copy }: Read): string => {
    const { name } = nodeOf(network, id);
    return copy ? add(copy, [name]) : name;
  };
  const { connected, outputs } = connect(network, calls);
  for (const { reads, calls: own } of connected) {
    own.reduce<readonly string[]>((from, call) => [add(call, from)], reads.map(read));
  }
  return {
    name: network.name,
    layers,
    input_layers: network.inputs.map((id) => [nodeOf(network, id).name, 0, 0]),
    output_layers: outputs.map((output) => [read(output), 0, 0]),
  };
}
