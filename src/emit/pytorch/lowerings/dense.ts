/** Dense layers. The columns of the weights follow the order of a channels-first map (see `weightsSource`). */
import { argsOf } from "../../../ir/network.js";
import type { FcArgs } from "../../../ops/fc.js";
import { code, keyword, own, reads, value, type Piece } from "../../outline/pieces.js";
import { expression, module, type Layer, type Lowering } from "../layer.js";

function dense(layer: Layer, inputs: number): Piece[] {
  const { units, bias } = argsOf<FcArgs>(layer.node);
  return code`nn.Linear(${value("in_channels", inputs)}, ${value("out_channels", units)}${keyword("bias", bias, true)})`;
}

export const fc: Lowering = (layer) => {
  if (layer.axes() === 1) return module(...dense(layer, layer.channels()));
  const inputs = layer.shape().reduce((a, b) => a * b, 1);
  return { make: dense(layer, inputs), apply: code`${own}(torch.flatten(${reads(0)}, 1))` };
};

/** Along the channels, at every position by itself: a convolution with a window of one. */
export const linear: Lowering = (layer) => {
  const sides = layer.sides();
  if (sides === 0) return module(...dense(layer, layer.channels()));
  if (sides > 3) {
    return {
      make: dense(layer, layer.channels()),
      apply: code`${own}(${reads(0)}.movedim(1, -1)).movedim(-1, 1)`,
    };
  }
  const { units, bias } = argsOf<FcArgs>(layer.node);
  return module(
    ...code`nn.Conv${String(sides)}d(${value("in_channels", layer.channels())}, ${value("out_channels", units)}, 1${keyword("bias", bias, true)})`,
  );
};

export const flatten: Lowering = (layer) => {
  if (layer.axes() === 1) return expression(reads(0));
  if (layer.isFreelyOrdered()) return expression(...code`torch.flatten(${reads(0)}, 1)`);
  return expression(...code`${reads(0)}.movedim(1, -1).flatten(1)`);
};
