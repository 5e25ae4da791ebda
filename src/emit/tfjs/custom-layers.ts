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
      return tf.localResponseNormalization(mapOf(inputs), (size - 1) / 2, bias, alpha, beta);
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
      return pool(mapOf(inputs), poolSize, strides, [[0, 0], ...padding, [0, 0]]);
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
      /** @type {LayerVariable | null} */
      this.kernel = null;
      /** @type {LayerVariable | null} */
      this.bias = null;
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

    /** The kernel with zeros between its taps: tf.conv2d takes a stride or a dilation, not both. */
    dilatedKernel() {
      const kernel = /** @type {Tensor4D} */ (this.kernel?.read());
      const [height, width, channels, filters] = kernel.shape;
      const [down, across] = this.config.dilationRate;
      if (down === 1 && across === 1) return kernel;
      const rows = tf.pad(tf.reshape(kernel, [height, 1, width * channels * filters]), [[0, 0], [0, down - 1], [0, 0]]);
      const taps = tf.reshape(rows, [height * down, width, 1, channels * filters]);
      const columns = tf.pad(taps, [[0, 0], [0, 0], [0, across - 1], [0, 0]]);
      const whole = /** @type {Tensor4D} */ (tf.reshape(columns, [height * down, width * across, channels, filters]));
      return tf.slice(whole, [0, 0, 0, 0], [down * (height - 1) + 1, across * (width - 1) + 1, channels, filters]);
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const { strides, groups } = this.config;
        const parts = (/** @type {Tensor4D} */ tensor) =>
          /** @type {Tensor4D[]} */ (groups === 1 ? [tensor] : tf.split(tensor, groups, 3));
        const kernels = parts(this.dilatedKernel());
        const results = parts(mapOf(inputs)).map((map, group) => tf.conv2d(map, kernels[group], strides, "valid"));
        const result = groups === 1 ? results[0] : tf.concat(results, 3);
        return this.bias ? tf.add(result, this.bias.read()) : result;
      });
    }

    getConfig() {
      return { ...super.getConfig(), ...this.config };
    }
  }`,
} as const;

export type CustomLayerName = keyof typeof customLayers;

const GROUPED_TYPES = `/** @typedef {import("@tensorflow/tfjs").LayerVariable} LayerVariable */
/** @typedef {"heUniform" | "glorotUniform" | "zeros"} Initializer */`;

/** The function that defines the custom layers of a module; empty where none is used. */
export function customLayersSource(used: ReadonlySet<string>): string {
  const names = (Object.keys(customLayers) as CustomLayerName[]).filter((name) => used.has(name));
  if (names.length === 0) return "";
  return `
/** @typedef {import("@tensorflow/tfjs").Tensor} Tensor */
/** @typedef {import("@tensorflow/tfjs").Tensor4D} Tensor4D */
/** @typedef {(number | null)[]} Shape */
/** @typedef {{ name?: string, inputShape?: Shape }} LayerConfig */
${used.has("GroupedConv2D") ? GROUPED_TYPES : ""}

/**
 * Layers that tfjs does not have.
 *
 * @param {TensorFlow} tf
 */
function customLayers(tf) {
  /** @param {Tensor | Tensor[]} inputs */
  const mapOf = (inputs) => /** @type {Tensor4D} */ (Array.isArray(inputs) ? inputs[0] : inputs);
${names.map((name) => customLayers[name]).join("\n")}

  for (const layer of [${names.join(", ")}]) tf.serialization.registerClass(layer);
  return { ${names.join(", ")} };
}
`;
}
