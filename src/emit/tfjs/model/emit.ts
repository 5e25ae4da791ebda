/** IR to a `model.json` and its weights, which `tf.loadLayersModel` opens: no code is generated. */
import { weightTensors, type WeightSource } from "../../../analysis/weights.js";
import { listWords } from "../../../base/suggest.js";
import type { Network } from "../../../ir/network.js";
import { textFile, type EmittedFile } from "../../bytes.js";
import { TargetError } from "../../errors.js";
import { liveNodes } from "../../../ir/live.js";
import { layerCalls } from "../calls.js";
import type { Calls } from "../graph.js";
import { weightGroup } from "../weights.js";
import { topologyOf } from "./topology.js";

export interface TfjsModelOptions {
  /** Where the weights come from; without one tfjs draws new ones. */
  weights?: WeightSource;
  /** File name without ending: the model is `<stem>.json`. */
  stem: string;
}

/** Layers that a message names. */
const MOST_NAMES = 3;

/**
 * All files of the target, the model last. Weights are one group of shards of 4 MiB, as `model.save` and tfjs's converter
 * make them. Errors: `TargetError` naming the layers that are none of tfjs's own.
 */
export function emitTfjsModel(network: Network, { weights, stem }: TfjsModelOptions): EmittedFile[] {
  const calls = layerCalls(network);
  checkStandard(network, calls);
  const live = liveNodes(network);
  const tensors = weightTensors(network).filter(({ node }) => live.has(node.id));
  const group = weights && tensors.length > 0 ? weightGroup(network, tensors, weights, `${stem}.group1`) : undefined;
  const model = {
    format: "layers-model",
    generatedBy: "cnnc",
    convertedBy: null,
    modelTopology: topologyOf(network, calls),
    ...(weights ? { weightsManifest: group ? [group.manifest] : [] } : {}),
  };
  return [...(group?.shards ?? []), textFile(`${stem}.json`, `${JSON.stringify(model)}\n`)];
}

function checkStandard(network: Network, calls: Calls): void {
  const ours = [...calls].flatMap(([id, own]) =>
    own.flatMap(({ custom }) => (custom === undefined ? [] : [`${network.nodes[id]!.name} (${custom})`])),
  );
  if (ours.length === 0) return;
  const shown = ours.slice(0, MOST_NAMES);
  const rest = ours.length - shown.length;
  const names = listWords(rest > 0 ? [...shown, `${rest} more`] : shown);
  const verb = ours.length === 1 ? "is no layer" : "are no layers";
  throw new TargetError(
    `${network.name} cannot be built for tfjs-model: ${names} ${verb} of TensorFlow.js itself; --target tfjs writes such layers as code`,
  );
}
