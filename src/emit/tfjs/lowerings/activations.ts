/** Activations, and what only acts while training. */
import { argsOf } from "../../../ir/network.js";
import type { DropoutArgs } from "../../../ops/dropout.js";
import type { DroppathArgs } from "../../../ops/droppath.js";
import type { EluArgs } from "../../../ops/elu.js";
import type { LreluArgs } from "../../../ops/lrelu.js";
import type { PreluArgs } from "../../../ops/prelu.js";
import { activation, custom, layer, shapeOf, type Lowering } from "../lowering.js";

/** An activation that tfjs knows by name. */
export function named(name: string): Lowering {
  return (node) => [activation(name, node)];
}

/** An activation that tfjs lacks, and that has nothing to configure. */
export function plain(name: "HardSigmoid" | "HardSwish" | "LogSoftmax"): Lowering {
  return (node) => [custom(name, node)];
}

export const relu: Lowering = (node) => [layer("reLU", node)];

export const relu6: Lowering = (node) => [layer("reLU", node, { maxValue: 6 })];

export const lrelu: Lowering = (node) => [layer("leakyReLU", node, { alpha: argsOf<LreluArgs>(node).slope })];

export const prelu: Lowering = (node, context) => {
  const { shared, init } = argsOf<PreluArgs>(node);
  const axes = shapeOf(node, context).map((_, axis) => axis + 1);
  return [
    layer("prelu", node, {
      ...(shared || axes.length > 1 ? { sharedAxes: shared ? axes : axes.slice(0, -1) } : {}),
      alphaInitializer: { start: "constant", value: init },
    }),
  ];
};

export const elu: Lowering = (node) => {
  const { alpha } = argsOf<EluArgs>(node);
  return [alpha === 1 ? layer("elu", node) : custom("ScaledElu", node, { alpha })];
};

export const softmax: Lowering = (node) => [layer("softmax", node, { axis: -1 })];

export const dropout: Lowering = (node) => [layer("dropout", node, { rate: argsOf<DropoutArgs>(node).rate })];

/** One number decides for all values of an image. */
export const droppath: Lowering = (node, context) => {
  const noiseShape = [null, ...shapeOf(node, context).map(() => 1)];
  return [layer("dropout", node, { rate: argsOf<DroppathArgs>(node).rate, noiseShape })];
};
