/** The learnt scale and shift of the normalisations. */
import type { TensorType } from "../ir/network.js";
import { fixedChannels } from "../ir/shape.js";
import type { Parameter, WeightSpec } from "./define.js";

export interface AffineArgs {
  readonly eps: number;
  readonly affine: boolean;
}

export const affineParameters: { readonly [K in keyof AffineArgs]: Parameter } = {
  eps: { kind: "number", doc: "added to the variance", minimum: 0, default: 1e-5 },
  affine: { kind: "flag", doc: "a learnt scale and shift for each channel", default: true },
};

/** One scale and one shift for each channel; none with `no affine`. */
export function affineWeights({ affine }: AffineArgs, input: TensorType): WeightSpec[] {
  if (!affine) return [];
  const shape = [fixedChannels(input)];
  return [
    { name: "scale", shape, role: "weight", initial: { kind: "constant", value: 1 } },
    { name: "bias", shape, role: "bias", initial: { kind: "constant", value: 0 } },
  ];
}
