/**
 * The gradient of a convolution with respect to its filter, from kernels that the wasm backend has.
 *
 * The gradient at a tap is the sum, over images and positions, of the input that the tap meets times the gradient of the
 * result: a convolution in which images take the part of channels. Input channels are its images, the gradient of the
 * result is its filter, and the stride of the layer is the dilation of that filter.
 */
import type { Conv2DBackpropFilterAttrs, NamedAttrMap, Tensor4D, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "./register.js";
import { asTensor } from "./as-tensor.js";

/** `x` is `[batch, height, width, in]`, `dy` `[batch, height, width, out]`; gives `[height, width, in, out]`. */
export function conv2dBackpropFilter(
  tf: TensorFlow,
  inputs: { x: TensorInfo; dy: TensorInfo },
  attributes: NamedAttrMap,
): TensorInfo {
  const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attributes as unknown as Conv2DBackpropFilterAttrs;
  if (dataFormat === "NCHW") throw new Error("the gradient of a convolution is there for channels last alone");
  return tf.tidy(() => {
    const x = asTensor<Tensor4D>(tf, inputs.x);
    const dy = asTensor<Tensor4D>(tf, inputs.dy);
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
    const { top, bottom, left, right } = info.padInfo;
    const padded = tf.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const images: Tensor4D = tf.transpose(padded, [3, 1, 2, 0]);
    const filter: Tensor4D = tf.transpose(dy, [1, 2, 0, 3]);
    const steps: [number, number] = [info.strideHeight, info.strideWidth];
    const taps = tf.conv2d(images, filter, 1, "valid", "NHWC", steps);
    // Rows and columns that no window reached are taps of no filter.
    const own = tf.slice(taps, [0, 0, 0, 0], [-1, filterShape[0], filterShape[1], -1]);
    return tf.transpose(own, [1, 2, 0, 3]);
  });
}
