/** Attention, and what is learnt of positions. */
import { argsOf } from "../../../ir/network.js";
import type { AttentionArgs } from "../../../ops/attention.js";
import { code, keyword, value } from "../../outline/pieces.js";
import { module, type Lowering } from "../layer.js";

export const attention: Lowering = (layer) => {
  const { heads, bias } = argsOf<AttentionArgs>(layer.node);
  const channels = value("channels", layer.channels());
  return module(
    ...code`${layer.helper("SelfAttention")}(${channels}, ${value("heads", heads)}${keyword("bias", bias, true)})`,
  );
};

export const classtoken: Lowering = (layer) =>
  module(...code`${layer.helper("ClassToken")}(${value("channels", layer.channels())})`);

export const posembed: Lowering = (layer) => {
  const shape = layer.shape();
  const size = value("size", [shape.at(-1)!, ...shape.slice(0, -1)]);
  return module(...code`${layer.helper("PositionEmbedding")}(${size})`);
};
