/** GN: group normalisation (Wu, He, 2018). */
import { fixedChannels } from "../ir/shape.js";
import { affineParameters, affineWeights, type AffineArgs } from "./affine.js";
import { channelsDoNotSplit } from "./channels.js";
import { defineOp } from "./define.js";

export interface GnArgs extends AffineArgs {
  readonly groups: number;
}

export const gn = defineOp<GnArgs>({
  name: "gn",
  mnemonics: ["GN"],
  group: "normalisation",
  isElementWise: true,
  doc: "Group normalisation: the channels are split into groups, each of which is normalised over its channels and all positions.",
  example: "INPUT 8x8x3 - CONV3-64 - GN-32",
  parameters: {
    groups: { kind: "integer", doc: "how many groups", default: 32 },
    ...affineParameters,
  },
  count: "groups",
  phrases: ["group", "normalization", "normalisation"],
  inputs: 1,
  storage: "in place",
  // The mean of each group, and what its deviation is divided by.
  keeps: ({ groups }) => ({ inputs: true, values: 2n * BigInt(groups) }),
  needs: "channels",
  infer(args, [input]) {
    const fault = channelsDoNotSplit("GN", "groups", args.groups, "groups", fixedChannels(input!));
    return fault ? { fault } : { type: input! };
  },
  weights: (args, [input]) => affineWeights(args, input!),
});
