/** SHUFFLE: channel shuffle (Zhang et al., "ShuffleNet", 2017): channels of all groups take turns. */
import { fixedChannels } from "../ir/shape.js";
import { channelsDoNotSplit } from "./channels.js";
import { defineOp } from "./define.js";

export interface ShuffleArgs {
  readonly groups: number;
}

export const shuffle = defineOp<ShuffleArgs>({
  name: "shuffle",
  mnemonics: ["SHUFFLE"],
  group: "rearranging",
  doc: "Channel shuffle: of groups [a b c d | e f g h] it makes a e b f c g d h.",
  example: "INPUT 8x8x4 - SHUFFLE 2",
  parameters: {
    groups: { kind: "integer", doc: "how many groups take turns", sketch: "2" },
  },
  count: "groups",
  phrases: ["channel"],
  inputs: 1,
  needs: "channels",
  infer(args, [input]) {
    const fault = channelsDoNotSplit("SHUFFLE", "groups", args.groups, "groups", fixedChannels(input!));
    return fault ? { fault } : { type: input! };
  },
});
