/** The gradients of a depthwise convolution, from kernels that the wasm backend has. */
import type {
  DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInputAttrs,
  NamedAttrMap,
  Tensor,
  Tensor4D,
  TensorInfo,
} from "@tensorflow/tfjs";
import { asTensor } from "./as-tensor.js";
import type { TensorFlow } from "./register.js";
import { spread } from "./spread.js";

type Attributes = DepthwiseConv2dNativeBackpropFilterAttrs | DepthwiseConv2dNativeBackpropInputAttrs;

function infoOf(tf: TensorFlow, input: readonly number[], filter: readonly number[], attributes: Attributes) {
  const { strides, dilations, pad, dimRoundingMode } = attributes;
  return tf.backend_util.computeConv2DInfo(
    input as [number, number, number, number],
    filter as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
}

/**
 * With respect to the filter: for each tap the sum of what it meets times the gradient of the result. `x` is
 * `[batch, height, width, in]`, `dy` `[batch, height, width, in * multiplier]`; gives `[height, width, in, multiplier]`.
 */
export function depthwiseBackpropFilter(
  tf: TensorFlow,
  inputs: { x: TensorInfo; dy: TensorInfo },
  attributes: NamedAttrMap,
): TensorInfo {
  const own = attributes as unknown as DepthwiseConv2dNativeBackpropFilterAttrs;
  return tf.tidy(() => {
    const x = asTensor<Tensor4D>(tf, inputs.x);
    const dy = asTensor<Tensor4D>(tf, inputs.dy);
    const [rows, columns, channels, multiplier] = own.filterShape;
    const info = infoOf(tf, x.shape, own.filterShape, own);
    const { top, bottom, left, right } = info.padInfo;
    const padded = tf.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const [batch, height, width] = dy.shape;
    const gradient = tf.reshape(dy, [batch * height * width, channels, multiplier]);
    const taps: Tensor[] = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const start = [0, row * info.dilationHeight, column * info.dilationWidth, 0];
        const end = [
          batch,
          start[1]! + (height - 1) * info.strideHeight + 1,
          start[2]! + (width - 1) * info.strideWidth + 1,
          channels,
        ];
        const met = tf.stridedSlice(padded, start, end, [1, info.strideHeight, info.strideWidth, 1]);
        taps.push(tf.sum(tf.mul(tf.reshape(met, [batch * height * width, channels, 1]), gradient), 0));
      }
    }
    return tf.reshape(tf.stack(taps), [rows, columns, channels, multiplier]);
  });
}

/**
 * With respect to the input: the gradient of the result, with zeros between its values for a stride, convolved with the
 * turned filter. `dy` is `[batch, height, width, in * multiplier]`; gives `[batch, height, width, in]`.
 */
export function depthwiseBackpropInput(
  tf: TensorFlow,
  inputs: { dy: TensorInfo; filter: TensorInfo },
  attributes: NamedAttrMap,
): TensorInfo {
  const own = attributes as unknown as DepthwiseConv2dNativeBackpropInputAttrs;
  return tf.tidy(() => {
    const dy = asTensor<Tensor4D>(tf, inputs.dy);
    const filter = asTensor<Tensor4D>(tf, inputs.filter);
    const info = infoOf(tf, own.inputShape, filter.shape, own);
    const { top, bottom, left, right } = info.padInfo;
    const [batch, height, width] = dy.shape;
    const [, , channels, multiplier] = filter.shape;
    const steps = [info.strideHeight, info.strideWidth] as const;
    const dilations: [number, number] = [info.dilationHeight, info.dilationWidth];
    const spans = [info.effectiveFilterHeight, info.effectiveFilterWidth] as const;
    // Behind the last window there may be rows that none has read.
    const rest = [
      info.inHeight + top + bottom - ((height - 1) * steps[0] + spans[0]),
      info.inWidth + left + right - ((width - 1) * steps[1] + spans[1]),
    ] as const;
    const turned = tf.reverse(filter, [0, 1]);
    const parts = Array.from({ length: multiplier }, (_, index) => {
      const gradient =
        multiplier === 1
          ? dy
          : tf.reshape(
              tf.slice(tf.reshape(dy, [batch * height * width, channels, multiplier]), [0, 0, index], [-1, -1, 1]),
              [batch, height, width, channels],
            );
      const around = tf.pad(spread(tf, gradient as Tensor4D, steps), [
        [0, 0],
        [spans[0] - 1, spans[0] - 1 + Math.max(0, rest[0])],
        [spans[1] - 1, spans[1] - 1 + Math.max(0, rest[1])],
        [0, 0],
      ]) as Tensor4D;
      const taps = tf.slice(turned, [0, 0, 0, index], [-1, -1, -1, 1]) as Tensor4D;
      return tf.depthwiseConv2d(around, taps, 1, "valid", "NHWC", dilations);
    });
    const whole = parts.length === 1 ? parts[0]! : tf.addN(parts);
    return tf.slice(whole, [0, top, left, 0], [batch, info.inHeight, info.inWidth, channels]);
  });
}
