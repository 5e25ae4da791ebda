/** POOL and MAXPOOL: the largest value in each window, channel by channel. */
import { productOf, scaleCount } from "../ir/dimension.js";
import { defineOp } from "./define.js";
import { poolBehaviour, poolParameters, type PoolArgs } from "./pooling.js";

export const pool = defineOp<PoolArgs>({
  name: "pool",
  mnemonics: ["POOL", "MAXPOOL"],
  group: "pooling",
  doc: "Max pooling: the largest value of each window. The stride is the window's size where none is given. Padding never wins.",
  example: "INPUT 32x32x3 - POOL2",
  parameters: poolParameters,
  size: "window",
  digits: true,
  phrases: ["max", "pool", "pooling"],
  inputs: 1,
  // The position of each maximum is a whole number of 8 bytes.
  keeps: (_args, _inputs, output) => ({ inputs: true, bytes: scaleCount(productOf(output.shape), 8n) }),
  ...poolBehaviour("POOL"),
});
