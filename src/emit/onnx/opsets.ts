/** ONNX's operator sets: what is written differently from which one on. */

/** The first with every operator that the language needs (LayerNormalization). */
export const DEFAULT_OPSET = 17;

/** The newest that onnxruntime 1.30, with which files are tested, takes. */
export const NEWEST_OPSET = 26;

/** The IR version of the ONNX release that an operator set came with (`onnx.helper.VERSION_TABLE`). */
const IR_VERSIONS: Readonly<Record<number, number>> = {
  17: 8,
  18: 8,
  19: 9,
  20: 9,
  21: 10,
  22: 10,
  23: 11,
  24: 12,
  25: 13,
  26: 13,
};

/**
 * Operators that stand for several nodes of older sets, by the set that brought them. Every other operator that is written
 * has kept its inputs and attributes since set 17: what came to Resize, Pad and AveragePool is optional, the others got
 * element types. Swish (24) is left out: onnxruntime has no kernel for it.
 */
const FEATURES = {
  /** The softplus and the hyperbolic tangent in one. */
  Mish: 18,
  /** By the error function, as the language has it. */
  Gelu: 20,
  /** With a scale and a shift for each channel; that of set 18 had them for each group. */
  GroupNormalization: 21,
  /** Scaled products of queries and keys, softmax, and the product with the values. */
  Attention: 23,
} as const;

export type OpsetFeature = keyof typeof FEATURES;

export function hasFeature(opset: number, feature: OpsetFeature): boolean {
  return opset >= FEATURES[feature];
}

/** The IR version for an operator set. Errors: `RangeError` for a set that is not written. */
export function irVersionOf(opset: number): number {
  const version = IR_VERSIONS[opset];
  if (version === undefined)
    throw new RangeError(`operator set ${opset} is not one of ${DEFAULT_OPSET} to ${NEWEST_OPSET}`);
  return version;
}
