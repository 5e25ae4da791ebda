/** What custom layers share: emitted before them, only where one of them needs it. */
export const helpers = {
  valueOf: `
  /** @param {Tensor | Tensor[]} inputs */
  const valueOf = (inputs) => (Array.isArray(inputs) ? inputs[0] : inputs);`,

  shapeOf: `
  /** @param {Shape | Shape[]} inputShape */
  const shapeOf = (inputShape) => /** @type {Shape} */ (inputShape);`,

  uniform: `
  /** @param {number} limit */
  const uniform = (limit) => tf.initializers.randomUniform({ minval: -limit, maxval: limit });`,

  count: `
  /** @param {number[]} sizes */
  const count = (sizes) => sizes.reduce((a, b) => a * b, 1);`,

  split: `
  /**
   * Equal parts along the last axis; tfjs has no gradient for a split into one.
   *
   * @param {Tensor} value
   * @param {number} parts
   */
  const split = (value, parts) => (parts === 1 ? [value] : tf.split(value, parts, value.rank - 1));`,

  spread: `
  /**
   * Values with zeros between them, along the first axes. So a kernel is dilated: tf.conv2d takes a stride or a dilation,
   * not both.
   *
   * @param {Tensor} values
   * @param {number[]} rates
   */
  const spread = (values, rates) =>
    rates.reduce((taps, rate, axis) => {
      if (rate === 1) return taps;
      const size = taps.shape[axis];
      const [outer, inner] = [taps.shape.slice(0, axis), taps.shape.slice(axis + 1)];
      const apart = tf.pad(tf.reshape(taps, [count(outer), size, 1, count(inner)]), [[0, 0], [0, 0], [0, rate - 1], [0, 0]]);
      const length = rate * (size - 1) + 1;
      const rows = /** @type {Tensor} */ (tf.reshape(apart, [count(outer), size * rate, count(inner)]));
      return /** @type {Tensor} */ (tf.reshape(tf.slice(rows, [0, 0, 0], [-1, length, -1]), [...outer, length, ...inner]));
    }, values);`,

  convolveVolume: `
  /**
   * Convolution of a volume without padding, as the sum of those of its layers for each tap along the depth.
   *
   * @param {Tensor} volume
   * @param {Tensor} kernel
   * @param {number[]} strides
   * @returns {Tensor}
   */
  const convolveVolume = (volume, kernel, [down, along, across]) => {
    const [taps, rows, columns, channels, filters] = kernel.shape;
    const [batch, depth, height, width] = volume.shape;
    const layers = Math.floor((depth - taps) / down) + 1;
    const sums = Array.from({ length: taps }, (_, tap) => {
      const places = Array.from({ length: layers }, (_, layer) => layer * down + tap);
      const read = down === 1 ? tf.slice(volume, [0, tap, 0, 0, 0], [-1, layers, -1, -1, -1]) : tf.gather(volume, tf.tensor1d(places, "int32"), 1);
      const maps = /** @type {Tensor4D} */ (tf.reshape(read, [batch * layers, height, width, channels]));
      const slice = tf.reshape(tf.slice(kernel, [tap, 0, 0, 0, 0], [1, -1, -1, -1, -1]), [rows, columns, channels, filters]);
      return tf.conv2d(maps, /** @type {Tensor4D} */ (slice), [along, across], "valid");
    });
    const sum = tf.addN(sums);
    return /** @type {Tensor} */ (tf.reshape(sum, [batch, layers, sum.shape[1], sum.shape[2], filters]));
  };`,

  slide: `
  /**
   * How often windows fit along each axis.
   *
   * @param {Shape} shape with the batch and the channels
   * @param {{ window: number[], strides: number[], dilation?: number[], padding: [number, number][] }} slid
   */
  const slide = (shape, { window, strides, dilation, padding }) =>
    window.map((size, axis) => {
      const span = (dilation ? dilation[axis] : 1) * (size - 1) + 1;
      return Math.floor(((shape[axis + 1] ?? 0) + padding[axis][0] + padding[axis][1] - span) / strides[axis]) + 1;
    });`,
} as const;

export type HelperName = keyof typeof helpers;

/**
 * A layer as source text. Its class extends `Configured`, whose constructor keeps the configuration as `this.config`, or
 * another custom layer.
 */
export interface CustomLayer {
  readonly source: string;
  readonly extends?: string;
  readonly needs: readonly HelperName[];
}
