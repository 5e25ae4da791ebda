/**
 * The gradient of a convolution with respect to its input, as a convolution: that of the result's gradient, with zeros
 * between its values for a stride, with the turned filter. The wasm backend has a kernel of its own, which takes each
 * product by itself; for the second layer of LeNet-5 (128 images) that took 27 ms, and this takes 6 ms
 * (bench/conv2d-gradients.mjs measures both).
 */
import type { Conv2DBackpropInputAttrs, NamedAttrMap, Tensor4D, TensorInfo } from "@tensorflow/tfjs";
import { asTensor } from "./as-tensor.js";
import type { TensorFlow } from "./register.js";
import { spread } from "./spread.js";

/**
 * Whether it is faster than the backend's own: with a stride of 4, fifteen in sixteen of the values would be the zeros between
 * the others, and it takes four times as long.
 */
export function isFasterAsConvolution(attributes: NamedAttrMap): boolean {
  const { strides } = attributes as unknown as Conv2DBackpropInputAttrs;
  const [down, across] = typeof strides === "number" ? [strides, strides] : strides;
  return down * across <= 4;
}

/** `dy` is `[batch, height, width, out]`, `filter` `[height, width, in, out]`; gives `[batch, height, width, in]`. */
export function conv2dBackpropInput(
  tf: TensorFlow,
  inputs: { dy: TensorInfo; filter: TensorInfo },
  attributes: NamedAttrMap,
): TensorInfo {
  const { strides, pad, dataFormat, dimRoundingMode, inputShape } = attributes as unknown as Conv2DBackpropInputAttrs;
  if (dataFormat === "NCHW") throw new Error("the gradient of a convolution is there for channels last alone");
  return tf.tidy(() => {
    const filter = asTensor<Tensor4D>(tf, inputs.filter);
    const dy = asTensor<Tensor4D>(tf, inputs.dy);
    const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad, dimRoundingMode);
    if (info.inHeight === info.filterHeight && info.inWidth === info.filterWidth && info.padInfo.type === "VALID") {
      // One window: a dense layer. Its transpose as a convolution of one position, which is faster there than a product.
      const rows: Tensor4D = tf.reshape(tf.transpose(tf.reshape(filter, [-1, info.outChannels])), [
        1,
        1,
        info.outChannels,
        -1,
      ]);
      return tf.reshape(tf.conv2d(dy, rows, 1, "valid"), inputShape);
    }
    const apart = spread(tf, dy, [info.strideHeight, info.strideWidth]);
    const rows = room(info.inHeight, apart.shape[1], info.filterHeight, info.padInfo.top);
    const columns = room(info.inWidth, apart.shape[2], info.filterWidth, info.padInfo.left);
    const turned: Tensor4D = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    return tf.conv2d(around(tf, apart, rows, columns), turned, 1, "valid");
  });
}

/** Zeros before and behind along an axis; where that is negative, so much is cut off: padding that is wider than the filter. */
type Room = readonly [before: number, after: number];

/** The room that makes windows of `taps` over `size` values come out as `wanted`, the first `padding` positions left out. */
function room(wanted: number, size: number, taps: number, padding: number): Room {
  const before = taps - 1 - padding;
  return [before, wanted + taps - 1 - size - before];
}

function around(tf: TensorFlow, map: Tensor4D, rows: Room, columns: Room): Tensor4D {
  const cut = (value: number) => Math.max(0, -value);
  const added = ([before, after]: Room): [number, number] => [Math.max(0, before), Math.max(0, after)];
  const [batch, height, width, channels] = map.shape;
  const inside = [...rows, ...columns].every((value) => value >= 0)
    ? map
    : tf.slice(
        map,
        [0, cut(rows[0]), cut(columns[0]), 0],
        [batch, height - cut(rows[0]) - cut(rows[1]), width - cut(columns[0]) - cut(columns[1]), channels],
      );
  return tf.pad(inside, [[0, 0], added(rows), added(columns), [0, 0]]);
}
