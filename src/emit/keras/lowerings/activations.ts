/** Activations, and what only acts while training. */
import { argsOf } from "../../../ir/network.js";
import type { DropoutArgs } from "../../../ops/dropout.js";
import type { DroppathArgs } from "../../../ops/droppath.js";
import type { EluArgs } from "../../../ops/elu.js";
import type { LreluArgs } from "../../../ops/lrelu.js";
import type { PreluArgs } from "../../../ops/prelu.js";
import { keyword, value } from "../../outline/pieces.js";
import { layer, type Lowering } from "../layer.js";

/** An activation that Keras knows by name. */
export const named =
  (name: string): Lowering =>
  () =>
    layer("layers.Activation", JSON.stringify(name));

export const lrelu: Lowering = (of) => layer("layers.LeakyReLU", value("slope", argsOf<LreluArgs>(of.node).slope));

export const prelu: Lowering = (of) => {
  const { shared, init } = argsOf<PreluArgs>(of.node);
  return layer(of.helper("ChannelPReLU"), value("init", init), keyword("shared", shared, false));
};

export const elu: Lowering = (of) => layer("layers.ELU", value("alpha", argsOf<EluArgs>(of.node).alpha));

export const dropout: Lowering = (of) => layer("layers.Dropout", value("rate", argsOf<DropoutArgs>(of.node).rate));

/** Stochastic depth: all values of an image together. */
export const droppath: Lowering = (of) => {
  const shape = [null, ...Array<number>(of.axes()).fill(1)];
  return layer("layers.Dropout", value("rate", argsOf<DroppathArgs>(of.node).rate), keyword("noise_shape", shape));
};
