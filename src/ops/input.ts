/** INPUT: where images come in. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { formatShape } from "../base/integers.js";
import { defineOp } from "./define.js";

export interface InputArgs {
  readonly shape: readonly number[];
}

export const unsupportedRank = defineDiagnostic<{ shape: string }>({
  code: "CNN2105",
  severity: "error",
  title: "an input of a rank that layers do not take",
  message: ({ shape }) => `an input is height x width x channels (32x32x3) or one number (784), not ${shape}`,
  explanation: `Images are written height x width x channels, so a grey image of 28x28 pixels is 28x28x1. A vector is
written as its length.`,
});

export const input = defineOp<InputArgs>({
  name: "input",
  mnemonics: ["INPUT"],
  group: "input",
  doc: "The input, height x width x channels, or the length of a vector. A label names it.",
  example: "INPUT 227x227x3",
  parameters: {
    shape: { kind: "shape", doc: "height x width x channels", noun: "size", sketch: "32x32x3" },
  },
  size: "shape",
  phrases: ["image", "images"],
  inputs: 0,
  infer(args) {
    if (args.shape.length === 1 || args.shape.length === 3) return { type: { shape: args.shape } };
    const shape = formatShape(args.shape);
    const grey = args.shape.length === 2;
    return {
      fault: {
        at: "shape",
        kind: unsupportedRank,
        args: { shape },
        replacement: grey ? { title: `one channel: ${shape}x1`, text: `${shape}x1` } : undefined,
      },
    };
  },
});
