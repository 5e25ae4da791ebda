/** Activations, and what only acts while training. */
import { argsOf } from "../../../ir/network.js";
import type { DropoutArgs } from "../../../ops/dropout.js";
import type { DroppathArgs } from "../../../ops/droppath.js";
import type { EluArgs } from "../../../ops/elu.js";
import type { LreluArgs } from "../../../ops/lrelu.js";
import type { PreluArgs } from "../../../ops/prelu.js";
import { code, keyword, value } from "../../outline/pieces.js";
import { module, type Lowering } from "../layer.js";

export const lrelu: Lowering = (layer) =>
  module(...code`nn.LeakyReLU(${value("slope", argsOf<LreluArgs>(layer.node).slope)})`);

export const prelu: Lowering = (layer) => {
  const { shared, init } = argsOf<PreluArgs>(layer.node);
  const slopes = value("channels", shared ? 1 : layer.channels());
  return module(...code`nn.PReLU(${slopes}${keyword("init", init, 0.25)})`);
};

export const elu: Lowering = (layer) => module(...code`nn.ELU(${value("alpha", argsOf<EluArgs>(layer.node).alpha)})`);

export const dropout: Lowering = (layer) =>
  module(...code`nn.Dropout(${value("rate", argsOf<DropoutArgs>(layer.node).rate)})`);

export const droppath: Lowering = (layer) =>
  module(...code`${layer.helper("DropPath")}(${value("rate", argsOf<DroppathArgs>(layer.node).rate)})`);
