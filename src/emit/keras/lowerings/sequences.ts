/** Attention, and what is learnt of positions. */
import { argsOf } from "../../../ir/network.js";
import type { AttentionArgs } from "../../../ops/attention.js";
import { keyword, value } from "../../outline/pieces.js";
import { layer, type Lowering } from "../layer.js";

export const attention: Lowering = (of) => {
  const { heads, bias } = argsOf<AttentionArgs>(of.node);
  return layer(of.helper("SelfAttention"), value("heads", heads), keyword("use_bias", bias, true));
};

export const classtoken: Lowering = (of) => layer(of.helper("ClassToken"));

export const posembed: Lowering = (of) => layer(of.helper("PositionEmbedding"));
