/**
 * Training in the wasm backend of TensorFlow.js: kernels of gradients that it lacks (tensorflow/tfjs#8474), made from
 * kernels that it has. They take every stride, dilation and padding that the layers do.
 *
 * This module is of use without the rest of cnnc: it needs a TensorFlow.js that is handed to it, and nothing else.
 */
import type { KernelConfig, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs";
import { conv2dBackpropFilter } from "./conv2d-backprop-filter.js";
import { conv2dBackpropInput, isFasterAsConvolution } from "./conv2d-backprop-input.js";
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

const registered = new WeakSet<TensorFlow>();

/**
 * Registers what the wasm backend lacks, and puts a faster gradient of a convolution with respect to its input before the
 * backend's own. What else it has, now or in a later version, stays as it is. A second call changes nothing.
 */
export function registerWasmGradients(tf: TensorFlow): void {
  if (registered.has(tf)) return;
  registered.add(tf);
  for (const [name, kernel] of Object.entries(kernels)) {
    if (!tf.getKernel(name, "wasm"))
      register(tf, name, (inputs, attributes) => kernel(tf, inputs as never, attributes));
  }
  const name = "Conv2DBackpropInput";
  const own = tf.getKernel(name, "wasm");
  if (own) tf.unregisterKernel(name, "wasm");
  register(
    tf,
    name,
    (inputs, attributes) =>
      own && !isFasterAsConvolution(attributes)
        ? (own.kernelFunc({ inputs, attrs: attributes, backend: tf.backend() }) as TensorInfo)
        : conv2dBackpropInput(tf, inputs as never, attributes),
    // The backend may begin later, and makes its own ready then.
    own,
  );
}

function register(
  tf: TensorFlow,
  kernelName: string,
  compute: (inputs: NamedTensorInfoMap, attributes: NamedAttrMap) => TensorInfo,
  before?: KernelConfig,
): void {
  const config: KernelConfig = {
    ...before,
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }: { inputs: NamedTensorInfoMap; attrs?: NamedAttrMap }) =>
      compute(inputs, attrs ?? {}),
  };
  tf.registerKernel(config);
}
