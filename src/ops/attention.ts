/**
 * ATTENTION: multi-head self-attention over the positions (Vaswani et al., "Attention Is All You Need", 2017, section 3.2.2).
 * Queries, keys and values are one projection to three times the channels, the heads lie side by side; the result is
 * projected back.
 */
import { productOf, scaleCount, sumOf } from "../ir/dimension.js";
import { fixedChannels } from "../ir/shape.js";
import { channelsDoNotSplit } from "./channels.js";
import { defineOp } from "./define.js";
import { learntBias } from "./learnt-bias.js";
import { mapFault } from "./window.js";

export interface AttentionArgs {
  readonly heads: number;
  readonly bias: boolean;
}

export const attention = defineOp<AttentionArgs>({
  name: "attention",
  mnemonics: ["ATTENTION"],
  group: "other",
  doc: "Multi-head self-attention: every position looks at all positions, of a sequence or of a map. The products of queries, keys and values are counted as multiply-accumulates too.",
  example: "INPUT 196x64 - ATTENTION 8",
  parameters: {
    heads: { kind: "integer", doc: "how many heads", default: 1 },
    bias: { kind: "flag", doc: "learnt numbers added by the projections", default: true },
  },
  count: "heads",
  phrases: ["self", "multi-head"],
  inputs: 1,
  // Queries, keys and values, how much each position looks at each, and what comes of it.
  keeps({ heads }, [input]) {
    const positions = input!.shape.slice(0, -1);
    const values = productOf(input!.shape);
    const looks = scaleCount(productOf([...positions, ...positions]), BigInt(heads));
    return { inputs: true, values: sumOf([scaleCount(values, 4n), looks]) };
  },
  readsAll: true,
  needs: "channels",
  infer(args, [input]) {
    const fault =
      mapFault("ATTENTION", input!) ??
      channelsDoNotSplit("ATTENTION", "heads", args.heads, "heads", fixedChannels(input!));
    return fault ? { fault } : { type: input! };
  },
  weights(args, [input]) {
    const channels = fixedChannels(input!);
    const initial = { kind: "fan", fanIn: channels, fanOut: channels } as const;
    return [
      { name: "qkv", shape: [channels, 3 * channels], role: "weight", initial },
      ...learntBias(args.bias, 3 * channels, "qkvbias"),
      { name: "weight", shape: [channels, channels], role: "weight", initial },
      ...learntBias(args.bias, channels),
    ];
  },
  macs(_args, [input]) {
    const positions = input!.shape.slice(0, -1);
    const channels = fixedChannels(input!);
    const projections = scaleCount(productOf([...positions, channels, channels]), 4n);
    const products = scaleCount(productOf([...positions, ...positions, channels]), 2n);
    return sumOf([projections, products]);
  },
});
