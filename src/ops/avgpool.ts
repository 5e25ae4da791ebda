/** AVGPOOL: the mean of each window, channel by channel. */
import { defineOp } from "./define.js";
import { poolBehaviour, poolParameters, type PoolArgs } from "./pooling.js";
import { keepsInputs } from "./kept.js";

export interface AvgPoolArgs extends PoolArgs {
  readonly countpad: boolean;
}

export const avgpool = defineOp<AvgPoolArgs>({
  name: "avgpool",
  mnemonics: ["AVGPOOL"],
  group: "pooling",
  doc: "Average pooling: the mean of each window, of the values inside the input (with `countpad`, padding counts as zeros).",
  example: "INPUT 32x32x3 - AVGPOOL2",
  parameters: {
    ...poolParameters,
    countpad: { kind: "flag", doc: "padding counts as zeros in the mean", default: false },
  },
  size: "window",
  digits: true,
  phrases: ["average", "avg", "pool", "pooling"],
  inputs: 1,
  keeps: keepsInputs,
  ...poolBehaviour("AVGPOOL"),
});
