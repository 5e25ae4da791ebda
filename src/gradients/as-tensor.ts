/** What a kernel is given, for operators that take tensors. */
import type { Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "./register.js";

/** The same values as a tensor. A kernel is given tensors, or what describes one whose values it shares. */
export function asTensor<T extends Tensor>(tf: TensorFlow, info: TensorInfo): T {
  return (info instanceof tf.Tensor ? info : tf.engine().makeTensorFromTensorInfo(info)) as T;
}
