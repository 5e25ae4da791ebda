/**
 * Layers that tfjs's layers API lacks, as source text that is copied into the emitted module. Each is written once here,
 * reads only its own configuration, and is emitted only where it is used.
 */

export const customLayers = {
  LocalResponseNormalization: `
  /** Local response normalisation across channels: x / (bias + alpha * sum of squares of \`size\` neighbours) ^ beta. */
  class LocalResponseNormalization extends tf.layers.Layer {
    static className = "LocalResponseNormalization";

    /** @param {LayerConfig & { size: number, alpha: number, beta: number, bias: number }} config */
    constructor(config) {
      super(config);
      this.config = config;
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      const { size, alpha, beta, bias } = this.config;
      return tf.localResponseNormalization(only(inputs), (size - 1) / 2, bias, alpha, beta);
    }

    getConfig() {
      return { ...super.getConfig(), ...this.config };
    }
  }`,

  PaddedPooling2D: `
  /** Pooling with explicit padding [[top, bottom], [left, right]]: padding never wins a maximum and counts in no mean. */
  class PaddedPooling2D extends tf.layers.Layer {
    static className = "PaddedPooling2D";

    /** @param {LayerConfig & { mode: "max" | "avg", poolSize: [number, number], strides: [number, number], padding: [[number, number], [number, number]] }} config */
    constructor(config) {
      super(config);
      this.config = config;
    }

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const [batch, height, width, channels] = /** @type {Shape} */ (inputShape);
      const { poolSize, strides, padding } = this.config;
      const size = (/** @type {number | null} */ length, /** @type {0 | 1} */ axis) =>
        Math.floor(((length ?? 0) + padding[axis][0] + padding[axis][1] - poolSize[axis]) / strides[axis]) + 1;
      return [batch, size(height, 0), size(width, 1), channels];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      const { mode, poolSize, strides, padding } = this.config;
      const pool = mode === "max" ? tf.maxPool : tf.avgPool;
      const map = /** @type {import("@tensorflow/tfjs").Tensor4D} */ (only(inputs));
      return pool(map, poolSize, strides, [[0, 0], ...padding, [0, 0]]);
    }

    getConfig() {
      return { ...super.getConfig(), ...this.config };
    }
  }`,

  GroupedConv2D: `
  /** Convolution with groups, or with a stride and a dilation at once, over input that is padded already. */
  class GroupedConv2D extends tf.layers.Layer {
    static className = "GroupedConv2D";

    /** @param {LayerConfig & { filters: number, kernelSize: [number, number], strides: [number, number], dilationRate: [number, number], groups: number, useBias: boolean, kernelInitializer: Initializer }} config */
    constructor(config) {
      super(config);
      this.config = config;
    }

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      const channels = /** @type {Shape} */ (inputShape)[3] ?? 0;
      const { filters, kernelSize, groups, useBias, kernelInitializer } = this.config;
      const shape = [...kernelSize, channels / groups, filters];
      const initializer = tf.initializers[kernelInitializer]({});
      this.kernel = this.addWeight("kernel", shape, "float32", initializer);
      this.bias = useBias ? this.addWeight("bias", [filters], "float32", tf.initializers.zeros()) : null;
      this.built = true;
    }

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const [batch, height, width] = /** @type {Shape} */ (inputShape);
      const { filters, kernelSize, strides, dilationRate } = this.config;
      const size = (/** @type {number | null} */ length, /** @type {0 | 1} */ axis) =>
        Math.floor(((length ?? 0) - (dilationRate[axis] * (kernelSize[axis] - 1) + 1)) / strides[axis]) + 1;
      return [batch, size(height, 0), size(width, 1), filters];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const { strides, dilationRate, groups } = this.config;
        const kernel = /** @type {import("@tensorflow/tfjs").Tensor4D} */ (this.kernel.read());
        // tf.conv2d takes a stride or a dilation, not both: with a dilation, every stride-th result is taken.
        const dilated = dilationRate[0] > 1 || dilationRate[1] > 1;
        const kernels = groups === 1 ? [kernel] : tf.split(kernel, groups, 3);
        const maps = groups === 1 ? [only(inputs)] : tf.split(only(inputs), groups, 3);
        const results = maps.map((map, group) => {
          const input = /** @type {import("@tensorflow/tfjs").Tensor4D} */ (map);
          if (!dilated) return tf.conv2d(input, kernels[group], strides, "valid");
          const result = tf.conv2d(input, kernels[group], 1, "valid", "NHWC", dilationRate);
          return tf.stridedSlice(result, [0, 0, 0, 0], result.shape, [1, ...strides, 1]);
        });
        const result = results.length === 1 ? results[0] : tf.concat(results, 3);
        return this.bias ? tf.add(result, this.bias.read()) : result;
      });
    }

    getConfig() {
      return { ...super.getConfig(), ...this.config };
    }
  }`,
} as const;

export type CustomLayerName = keyof typeof customLayers;

/** The function that defines the custom layers of a module; empty where none is used. */
export function customLayersSource(used: ReadonlySet<string>): string {
  const names = (Object.keys(customLayers) as CustomLayerName[]).filter((name) => used.has(name));
  if (names.length === 0) return "";
  return `
/** @typedef {import("@tensorflow/tfjs").Tensor} Tensor */
/** @typedef {(number | null)[]} Shape */
/** @typedef {{ name?: string, inputShape?: Shape }} LayerConfig */
${used.has("GroupedConv2D") ? '/** @typedef {"heUniform" | "glorotUniform" | "zeros"} Initializer */' : ""}

/**
 * Layers that tfjs does not have.
 *
 * @param {TensorFlow} tf
 */
function customLayers(tf) {
  /** @param {Tensor | Tensor[]} inputs */
  const only = (inputs) => (Array.isArray(inputs) ? inputs[0] : inputs);
${names.map((name) => customLayers[name]).join("\n")}

  for (const layer of [${names.join(", ")}]) tf.serialization.registerClass(layer);
  return { ${names.join(", ")} };
}
`;
}
