/** What max and average pooling share. */
import type { OperatorDefinition, Parameter } from "./define.js";
import { formulaLines, slide, windowAlternatives, windowReach, type WindowArgs } from "./window.js";

export interface PoolArgs extends WindowArgs {
  readonly ceil: boolean;
}

export const poolParameters: { readonly [K in keyof Required<Omit<PoolArgs, "dilation">>]: Parameter } = {
  window: { kind: "axes", doc: "height and width of the window", noun: "window", sketch: "2x2" },
  stride: { kind: "axes", doc: "step of the window", default: "window", defaultsTo: "the window" },
  pad: {
    kind: "padding",
    doc: "positions around the input that count for nothing",
    default: { kind: "explicit", before: [0, 0], after: [0, 0] },
    defaultsTo: "0",
  },
  ceil: { kind: "flag", doc: "sizes round up: a last window may hang over the edge", default: false },
};

/** Shape rules of a pool with this mnemonic. */
export function poolBehaviour(
  mnemonic: string,
): Pick<OperatorDefinition<PoolArgs>, "infer" | "formula" | "alternatives" | "reach"> {
  return {
    infer(args, [input]) {
      const result = slide(mnemonic, args, input!);
      if ("fault" in result) return result;
      return { type: { shape: [...result.axes.map((axis) => axis.output), input!.shape.at(-1)!] } };
    },
    formula(args, [input]) {
      const result = slide(mnemonic, args, input!);
      return "axes" in result ? formulaLines(result.axes) : [];
    },
    alternatives: (args, [input], wanted) => windowAlternatives(args, input!, wanted),
    reach: (args, [input]) => windowReach(args, input!),
  };
}
