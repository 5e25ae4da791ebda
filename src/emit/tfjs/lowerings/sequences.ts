/** Attention, and what is learnt of positions. */
import { argsOf } from "../../../ir/network.js";
import type { AttentionArgs } from "../../../ops/attention.js";
import { custom, limit, type Lowering } from "../lowering.js";

export const attention: Lowering = (node, context) => {
  const { heads, bias } = argsOf<AttentionArgs>(node);
  return [custom("SelfAttention", node, { heads, useBias: bias, limit: limit(node, context) })];
};

export const classtoken: Lowering = (node) => [custom("ClassToken", node)];

export const posembed: Lowering = (node) => [custom("PositionEmbedding", node)];
