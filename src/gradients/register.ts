/**
 * Training in the wasm backend of TensorFlow.js: kernels of gradients that it lacks (tensorflow/tfjs#8474), made from
 * kernels that it has. They take every stride, dilation and padding that the layers do.
 *
 * This module is of use without the rest of cnnc: it needs a TensorFlow.js that is handed to it, and nothing else.
 */
import type { KernelConfig, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs";
import { conv2dBackpropFilter } from "./conv2d-backprop-filter.js";
import { depthwiseBackpropFilter, depthwiseBackpropInput } from "./depthwise-backprop.js";
import { unsortedSegmentSum } from "./unsorted-segment-sum.js";

export type TensorFlow = typeof import("@tensorflow/tfjs");

type Kernel = (tf: TensorFlow, inputs: never, attributes: NamedAttrMap) => TensorInfo;

const kernels: Readonly<Record<string, Kernel>> = {
  Conv2DBackpropFilter: conv2dBackpropFilter,
  DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
  DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
  UnsortedSegmentSum: unsortedSegmentSum,
};

/** Registers what the wasm backend lacks; what it has, now or in a later version, stays as it is. */
export function registerWasmGradients(tf: TensorFlow): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, "wasm")) continue;
    const config: KernelConfig = {
      kernelName,
      backendName: "wasm",
      kernelFunc: ({ inputs, attrs }: { inputs: NamedTensorInfoMap; attrs?: NamedAttrMap }) =>
        kernel(tf, inputs as never, attrs ?? {}),
    };
    tf.registerKernel(config);
  }
}
