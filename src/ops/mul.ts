/** MUL: the product of branches (Hu et al., "Squeeze-and-Excitation Networks", 2017): a vector weighs the channels of a map. */
import { productOf, scaleCount } from "../ir/dimension.js";
import { defineOp } from "./define.js";
import { agreeOn, differ, mergeShapes, type Agreeing } from "./merging.js";

export const mul = defineOp<Record<never, never>>({
  name: "mul",
  mnemonics: ["MUL"],
  group: "merging",
  isElementWise: true,
  doc: "The product of branches of one shape; a vector of C values weighs the channels of HxWxC.",
  example: "INPUT 8x8x16 - MUL { ID | GAP - FC-16 - SIGMOID }",
  parameters: {},
  inputs: "many",
  storage: "in place",
  // Two at a time: of three and more what the first ones gave, too.
  keeps: (_args, inputs, output) => ({
    inputs: true,
    values: scaleCount(productOf(output.shape), BigInt(Math.max(0, inputs.length - 2))),
  }),
  infer(_args, inputs, given = []) {
    const maps = inputs.filter(({ shape }) => shape.length > 1);
    if (maps.length === 0 || maps.length === inputs.length) return mergeShapes("MUL", inputs, given, () => undefined);
    const inference = mergeShapes("MUL", maps, given, () => undefined);
    if ("fault" in inference) return { fault: differ("MUL", inputs, []) };
    const channels = inference.type.shape.at(-1)!;
    const agreeing: Agreeing = {
      conditions: [...(inference.conditions ?? given)],
      partly: [...(inference.partly ?? [])],
    };
    const vectors = inputs.filter(({ shape }) => shape.length === 1);
    const fits = vectors.every(({ shape }) => agreeOn(agreeing, "MUL: channels", channels, shape[0]!));
    return fits ? { ...inference, ...agreeing } : { fault: differ("MUL", inputs, []) };
  },
});
