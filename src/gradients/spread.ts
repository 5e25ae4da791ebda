/** Zeros between values. */
import type { Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlow } from "./register.js";

/** A map `[batch, height, width, channels]` with `rate - 1` zeros between two rows, and between two columns. */
export function spread(tf: TensorFlow, map: Tensor4D, [down, across]: readonly [number, number]): Tensor4D {
  if (down === 1 && across === 1) return map;
  const [batch, height, width, channels] = map.shape;
  const columns = tf.pad(tf.reshape(map, [batch * height, width, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, across - 1],
    [0, 0],
  ]);
  const rows = tf.pad(tf.reshape(columns, [batch, height, 1, width * across * channels]), [
    [0, 0],
    [0, 0],
    [0, down - 1],
    [0, 0],
  ]);
  const whole: Tensor4D = tf.reshape(rows, [batch, height * down, width * across, channels]);
  return tf.slice(whole, [0, 0, 0, 0], [batch, (height - 1) * down + 1, (width - 1) * across + 1, channels]);
}
