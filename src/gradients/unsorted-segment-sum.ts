/** Sums of rows by their segment, from kernels that the wasm backend has. */
import type { NamedAttrMap, Tensor, Tensor1D, TensorInfo } from "@tensorflow/tfjs";
import { asTensor } from "./as-tensor.js";
import type { TensorFlow } from "./register.js";

/**
 * The gradient of `gather`: rows of `x` summed by their segment. `segmentIds` are whole numbers from 0; gives
 * `[numSegments, ...]`.
 */
export function unsortedSegmentSum(
  tf: TensorFlow,
  inputs: { x: TensorInfo; segmentIds: TensorInfo },
  attributes: NamedAttrMap,
): TensorInfo {
  const numSegments = attributes["numSegments"] as number;
  return tf.tidy(() => {
    const x = asTensor<Tensor>(tf, inputs.x);
    const [rows, ...rest] = x.shape;
    // The wasm backend's oneHot makes whole numbers, whatever type it is asked for.
    const members = tf.cast(tf.oneHot(asTensor<Tensor1D>(tf, inputs.segmentIds), numSegments), "float32");
    const flat = tf.reshape(x, [rows!, rest.reduce((a, b) => a * b, 1)]);
    return tf.reshape(tf.matMul(members as typeof flat, flat, true), [numSegments, ...rest]);
  });
}
