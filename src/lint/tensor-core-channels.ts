/** Channels that do not fill the tiles of tensor cores. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { listWords } from "../base/suggest.js";
import { nodeOf, type Node } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";
import { isActivation, isPlain, type View } from "./view.js";

export const tensorCoreChannels = defineDiagnostic<{ layer: string; what: string; better: string }>({
  code: "CNN3129",
  severity: "warning",
  title: "channels that do not fill tensor cores",
  message: ({ layer, what, better }) => `${layer} has ${what}, no multiple of 8: ${better} cost no more time`,
  explanation: `Tensor cores multiply tiles whose sides are multiples of 8 float16 values. Channels between are filled up with
zeros, or the layer runs without tensor cores. Take the next multiple of 8; divisible(c) of std does so.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-20 - RELU - CONV3-32 - RELU - GAP - FC-10",
    right: "INPUT 32x32x3 - CONV3-24 - RELU - CONV3-32 - RELU - GAP - FC-10",
    lint: { target: "tensor cores" },
  },
});

const TILE = 8;

export const tensorCoreChannelsRule: Rule = {
  name: "tensor-core-channels",
  kinds: kindsOf(tensorCoreChannels),
  runs: "lint",
  doc: {
    why: "On the device that the net is for, a layer with 20 channels takes as long as one with 24.",
    source: "NVIDIA, Deep Learning Performance: Convolutional Layers User's Guide, 'Channels In And Out'",
    told: 'ShuffleNetV2 x1.0, whose branches have 58 channels; with `target: "tensor cores"` alone',
    fine: "ResNet-50; the three channels of its picture and the classes at its end are nobody's choice",
  },
  checkNetwork(network, view) {
    if (view.settings.target !== "tensor cores") return [];
    return network.nodes.flatMap((node) => {
      if (!["conv", "fc", "linear"].includes(node.op) || isLast(node, view)) return [];
      const filters = Number(node.type.shape.at(-1));
      // What arrives is told at the layer that makes it; groups split both.
      const groups = Number(node.args["groups"] ?? 1);
      const before = nodeOf(network, node.inputs[0]!);
      const split = groups > 1 ? Number(before.type.shape.at(-1)) / groups : TILE;
      const uneven = [
        ...(filters % TILE === 0 ? [] : [`${filters} ${node.op === "conv" ? "filters" : "neurons"}`]),
        ...(split % TILE === 0 ? [] : [`groups of ${split} channels`]),
      ];
      if (uneven.length === 0) return [];
      const next = filters % TILE === 0 ? split : filters;
      const better = String(Math.ceil(next / TILE) * TILE);
      return [diagnose(tensorCoreChannels, node.span, { layer: node.name, what: listWords(uneven), better })];
    });
  },
};

/** Whether it gives the scores of the net, or what becomes of them. */
function isLast(node: Node, view: View): boolean {
  if (view.isOutput(node)) return true;
  let next = view.nextOf(node);
  while (next && (isActivation(next) || isPlain(next) || next.op === "gap")) {
    if (view.isOutput(next)) return true;
    next = view.nextOf(next);
  }
  return false;
}
