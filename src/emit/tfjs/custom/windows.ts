/** Convolutions and pools of one to three axes, with what tfjs's own lack. */
import type { CustomLayer } from "./helpers.js";

export const windows = {
  GeneralConvolution: {
    needs: ["valueOf", "shapeOf", "uniform", "count", "split", "spread", "slide"],
    source: `
  /**
   * Convolution over one axis or two, with groups, any padding, and a stride and a dilation at once.
   *
   * @extends {Configured<{ filters: number, kernelSize: number[], strides: number[], dilationRate: number[], padding: [number, number][], groups: number, useBias: boolean, limit: number }>}
   */
  class GeneralConvolution extends Configured {
    static className = "GeneralConvolution";

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      const { filters, kernelSize, groups, useBias, limit } = this.config;
      const shape = [...kernelSize, (shapeOf(inputShape).at(-1) ?? 0) / groups, filters];
      this.kernel = this.addWeight("kernel", shape, "float32", uniform(limit));
      this.bias = useBias ? this.addWeight("bias", [filters], "float32", tf.initializers.zeros()) : null;
      this.built = true;
    }

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const { filters, kernelSize: window, strides, dilationRate: dilation, padding } = this.config;
      const shape = shapeOf(inputShape);
      return [shape[0], ...slide(shape, { window, strides, dilation, padding }), filters];
    }

    /**
     * @param {Tensor} map
     * @param {Tensor} kernel
     * @param {[number, number]} dilations
     * @returns {Tensor}
     */
    convolve(map, kernel, dilations) {
      const { strides } = this.config;
      const steps = /** @type {[number, number]} */ ([strides[0], strides[1] ?? 1]);
      return tf.conv2d(/** @type {Tensor4D} */ (map), /** @type {Tensor4D} */ (kernel), steps, "valid", "NHWC", dilations);
    }

    /**
     * @param {Tensor | Tensor[]} inputs
     * @param {{ training?: boolean }} options
     */
    call(inputs, { training }) {
      return tf.tidy(() => {
        const { kernelSize, strides, dilationRate, padding, groups } = this.config;
        const axes = kernelSize.length;
        let map = tf.pad(valueOf(inputs), [[0, 0], ...padding, [0, 0]]);
        let kernel = /** @type {Tensor} */ (/** @type {LayerVariable} */ (this.kernel).read());
        // tfjs dilates maps without a stride, and has no gradient for it: else the kernel is made as large as it spans.
        const isDilated = !training && axes < 3 && strides.every((stride) => stride === 1);
        const dilations = /** @type {[number, number]} */ (isDilated ? [dilationRate[0], dilationRate[1] ?? 1] : [1, 1]);
        if (!isDilated) kernel = spread(kernel, dilationRate);
        // A sequence is a map one position wide.
        if (axes === 1) [map, kernel] = [tf.expandDims(map, 2), tf.expandDims(kernel, 1)];
        let result;
        const channels = map.shape[map.rank - 1];
        if (groups > 1 && groups === channels && axes < 3) {
          const [height, width, , filters] = kernel.shape;
          const depthwise = /** @type {Tensor4D} */ (tf.reshape(kernel, [height, width, channels, filters / channels]));
          const steps = /** @type {[number, number]} */ ([strides[0], strides[1] ?? 1]);
          result = tf.depthwiseConv2d(/** @type {Tensor4D} */ (map), depthwise, steps, "valid", "NHWC", dilations);
        } else {
          const kernels = split(kernel, groups);
          result = tf.concat(split(map, groups).map((part, group) => this.convolve(part, kernels[group], dilations)), -1);
        }
        if (axes === 1) result = tf.squeeze(result, [2]);
        return this.bias ? tf.add(result, this.bias.read()) : result;
      });
    }
  }`,
  },

  VolumeConvolution: {
    extends: "GeneralConvolution",
    needs: ["convolveVolume"],
    source: `
  /** The same over volumes. */
  class VolumeConvolution extends GeneralConvolution {
    static className = "VolumeConvolution";

    /**
     * @param {Tensor} volume
     * @param {Tensor} kernel
     */
    convolve(volume, kernel) {
      return convolveVolume(volume, kernel, this.config.strides);
    }
  }`,
  },

  TransposedConvolution: {
    needs: ["valueOf", "shapeOf", "uniform", "count", "split", "spread"],
    source: `
  /**
   * Transposed convolution over one axis or two, with groups and dilation. Of the whole result \`cut\` positions are taken
   * off before and behind; where that is negative, positions are added.
   *
   * @extends {Configured<{ filters: number, kernelSize: number[], strides: number[], dilationRate: number[], cut: [number, number][], groups: number, useBias: boolean, limit: number }>}
   */
  class TransposedConvolution extends Configured {
    static className = "TransposedConvolution";

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      const { filters, kernelSize, groups, useBias, limit } = this.config;
      const shape = [...kernelSize, filters / groups, shapeOf(inputShape).at(-1) ?? 0];
      this.kernel = this.addWeight("kernel", shape, "float32", uniform(limit));
      this.bias = useBias ? this.addWeight("bias", [filters], "float32", tf.initializers.zeros()) : null;
      this.built = true;
    }

    /** @param {Shape} shape */
    whole(shape) {
      const { kernelSize, strides, dilationRate } = this.config;
      return kernelSize.map(
        (size, axis) => ((shape[axis + 1] ?? 0) - 1) * strides[axis] + dilationRate[axis] * (size - 1) + 1,
      );
    }

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const shape = shapeOf(inputShape);
      const { cut, filters } = this.config;
      return [shape[0], ...this.whole(shape).map((size, axis) => size - cut[axis][0] - cut[axis][1]), filters];
    }

    /**
     * @param {Tensor} map
     * @param {Tensor} kernel
     * @param {number[]} size
     * @returns {Tensor}
     */
    convolve(map, kernel, size) {
      const { strides } = this.config;
      const filters = kernel.shape[kernel.rank - 2];
      const [height, width] = [size[0], size[1] ?? 1];
      const shape = /** @type {[number, number, number, number]} */ ([map.shape[0], height, width, filters]);
      return tf.conv2dTranspose(/** @type {Tensor4D} */ (map), /** @type {Tensor4D} */ (kernel), shape, [strides[0], strides[1] ?? 1], "valid");
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const { dilationRate, cut, groups } = this.config;
        let map = valueOf(inputs);
        const size = this.whole(map.shape);
        let kernel = spread(/** @type {LayerVariable} */ (this.kernel).read(), dilationRate);
        // A sequence is a map one position wide.
        if (size.length === 1) [map, kernel] = [tf.expandDims(map, 2), tf.expandDims(kernel, 1)];
        const kernels = split(kernel, groups);
        const parts = split(map, groups).map((part, group) => this.convolve(part, kernels[group], size));
        let result = /** @type {Tensor} */ (tf.concat(parts, -1));
        if (size.length === 1) result = tf.squeeze(result, [2]);
        const starts = cut.map(([before]) => Math.max(0, before));
        const lengths = cut.map(([before, after], axis) => size[axis] - Math.max(0, before) - Math.max(0, after));
        result = tf.slice(result, [0, ...starts, 0], [-1, ...lengths, -1]);
        const added = cut.map(([before, after]) => /** @type {[number, number]} */ ([Math.max(0, -before), Math.max(0, -after)]));
        result = tf.pad(result, [[0, 0], ...added, [0, 0]]);
        return this.bias ? tf.add(result, this.bias.read()) : result;
      });
    }
  }`,
  },

  VolumeTransposedConvolution: {
    extends: "TransposedConvolution",
    needs: ["spread", "convolveVolume"],
    source: `
  /** The same over volumes: a convolution of the volume with zeros between its positions, as wasm's own is wrong. */
  class VolumeTransposedConvolution extends TransposedConvolution {
    static className = "VolumeTransposedConvolution";

    /**
     * @param {Tensor} volume
     * @param {Tensor} kernel
     */
    convolve(volume, kernel) {
      const { kernelSize, dilationRate, strides } = this.config;
      const room = kernelSize.map((taps, axis) => /** @type {[number, number]} */ (Array(2).fill(dilationRate[axis] * (taps - 1))));
      const apart = tf.pad(spread(volume, [1, ...strides]), [[0, 0], ...room, [0, 0]]);
      return convolveVolume(apart, tf.transpose(tf.reverse(kernel, [0, 1, 2]), [0, 1, 2, 4, 3]), [1, 1, 1]);
    }
  }`,
  },

  PaddedPooling: {
    needs: ["valueOf", "shapeOf", "slide"],
    source: `
  /**
   * Pooling over one to three axes with any padding: padding never wins a maximum and counts in no mean.
   *
   * @extends {Configured<{ mode: "max" | "avg", poolSize: number[], strides: number[], padding: [number, number][] }>}
   */
  class PaddedPooling extends Configured {
    static className = "PaddedPooling";

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const shape = shapeOf(inputShape);
      const { poolSize: window, strides, padding } = this.config;
      return [shape[0], ...slide(shape, { window, strides, padding }), shape[shape.length - 1]];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const { mode, poolSize, strides, padding } = this.config;
        const map = valueOf(inputs);
        if (poolSize.length === 3) return this.poolVolume(/** @type {Tensor5D} */ (map));
        const pool = mode === "max" ? tf.maxPool : tf.avgPool;
        // A sequence is a map one position wide.
        const [image, pads] = poolSize.length === 1 ? [tf.expandDims(map, 2), [...padding, [0, 0]]] : [map, padding];
        const [window, steps] = [poolSize, strides].map((sizes) => /** @type {[number, number]} */ ([sizes[0], sizes[1] ?? 1]));
        const [rows, columns] = /** @type {[number, number][]} */ (pads);
        const pooled = pool(/** @type {Tensor4D} */ (image), window, steps, [[0, 0], rows, columns, [0, 0]]);
        return poolSize.length === 1 ? tf.squeeze(pooled, [2]) : pooled;
      });
    }

    /**
     * tfjs pads no volumes: the padding becomes a part of it. Its largest value of a volume is wrong in the wasm backend where
     * all are negative: it is that of each layer, then that of the layers.
     *
     * @param {Tensor5D} volume
     */
    poolVolume(volume) {
      const { mode, poolSize, strides, padding } = this.config;
      const [window, steps] = [poolSize, strides].map((sizes) => /** @type {[number, number, number]} */ ([...sizes]));
      /** @type {(value: Tensor5D, constant: number) => Tensor5D} */
      const padded = (value, constant) => tf.pad(value, [[0, 0], ...padding, [0, 0]], constant);
      if (mode === "max") {
        const value = padded(volume, -Infinity);
        const [batch, depth, height, width, channels] = value.shape;
        /** @type {Tensor4D} */
        const images = tf.reshape(value, [batch * depth, height, width, channels]);
        const layers = tf.maxPool(images, [window[1], window[2]], [steps[1], steps[2]], "valid");
        const [, rows, columns] = layers.shape;
        /** @type {Tensor4D} */
        const upright = tf.reshape(layers, [batch, depth, rows * columns, channels]);
        const largest = tf.maxPool(upright, [window[0], 1], [steps[0], 1], "valid");
        return /** @type {Tensor} */ (tf.reshape(largest, [batch, largest.shape[1], rows, columns, channels]));
      }
      const means = tf.avgPool3d(padded(volume, 0), window, steps, "valid");
      return tf.div(means, tf.avgPool3d(padded(tf.onesLike(volume), 0), window, steps, "valid"));
    }
  }`,
  },

  AdaptiveAveragePooling: {
    needs: ["valueOf", "shapeOf", "count"],
    source: `
  /**
   * The means of windows from floor(i*in/out) to ceil((i+1)*in/out): a product with a matrix along each axis.
   *
   * @extends {Configured<{ size: number[] }>}
   */
  class AdaptiveAveragePooling extends Configured {
    static className = "AdaptiveAveragePooling";

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const shape = shapeOf(inputShape);
      return [shape[0], ...this.config.size, shape[shape.length - 1]];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() =>
        this.config.size.reduce((value, wanted, axis) => {
          const size = value.shape[axis + 1];
          if (size === wanted) return value;
          const means = Array.from({ length: wanted }, (_, position) => {
            const start = Math.floor((position * size) / wanted);
            const end = Math.ceil(((position + 1) * size) / wanted);
            return Array.from({ length: size }, (_, index) => (index >= start && index < end ? 1 / (end - start) : 0));
          });
          const [outer, inner] = [value.shape.slice(0, axis + 1), value.shape.slice(axis + 2)];
          const lines = /** @type {Tensor} */ (tf.reshape(value, [count(outer), size, count(inner)]));
          const matrix = /** @type {Tensor} */ (tf.tile(tf.tensor3d([means]), [count(outer), 1, 1]));
          return /** @type {Tensor} */ (tf.reshape(tf.matMul(matrix, lines), [...outer, wanted, ...inner]));
        }, valueOf(inputs)),
      );
    }
  }`,
  },
} as const satisfies Record<string, CustomLayer>;
