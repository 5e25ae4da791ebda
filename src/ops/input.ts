/** INPUT: where images come in. */
import { defineDiagnostic } from "../base/diagnostics.js";
import type { Dimension } from "../ir/dimension.js";
import { formatDimensions } from "../ir/shape.js";
import { defineOp } from "./define.js";

export interface InputArgs {
  readonly shape: readonly Dimension[];
}

export const unsupportedRank = defineDiagnostic<{ shape: string }>({
  code: "CNN2105",
  severity: "error",
  title: "an input of a rank that layers do not take",
  message: ({ shape }) =>
    `${shape} is no input: an image is height x width x channels (32x32x3), a vector one number (784)`,
  explanation: `Images are written height x width x channels, so a grey image of 28x28 pixels is 28x28x1. A sequence is
length x channels (100x8), a volume or a film depth x height x width x channels (16x32x32x1). A vector is written as its
length.`,
  example: {
    wrong: "INPUT 8x4x16x16x3 - CONV3-16",
    right: "INPUT 4x16x16x3 - CONV3-16",
  },
});

export const input = defineOp<InputArgs>({
  name: "input",
  mnemonics: ["INPUT"],
  group: "input",
  doc: "The input: height x width x channels, with the depth first for volumes, length x channels, or the length of a vector. A label names it.",
  example: "INPUT 227x227x3",
  parameters: {
    shape: { kind: "shape", doc: "height x width x channels", noun: "size", sketch: "32x32x3" },
  },
  size: "shape",
  phrases: ["image", "images"],
  inputs: 0,
  infer({ shape }) {
    if (shape.length >= 1 && shape.length <= 4) return { type: { shape } };
    return { fault: { at: "shape", kind: unsupportedRank, args: { shape: formatDimensions(shape) } } };
  },
});
