/** Normalisations that tfjs lacks, and what is learnt for each channel. */
import type { CustomLayer } from "./helpers.js";

export const normalisation = {
  LocalResponseNormalization: {
    needs: ["valueOf"],
    source: `
  /**
   * Local response normalisation across channels: x / (bias + alpha * sum of squares of \`size\` neighbours) ^ beta.
   *
   * @extends {Configured<{ size: number, alpha: number, beta: number, bias: number }>}
   */
  class LocalResponseNormalization extends Configured {
    static className = "LocalResponseNormalization";

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const { size, alpha, beta, bias } = this.config;
        const value = valueOf(inputs);
        const map = /** @type {Tensor4D} */ (tf.reshape(value, [value.shape[0], -1, 1, value.shape[value.rank - 1]]));
        return tf.reshape(tf.localResponseNormalization(map, (size - 1) / 2, bias, alpha, beta), value.shape);
      });
    }
  }`,
  },

  GroupNormalization: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /**
   * Group normalisation: each group of channels over all positions, or with \`perPosition\` at each position by itself.
   *
   * @extends {Configured<{ groups: number, perPosition: boolean, epsilon: number, affine: boolean }>}
   */
  class GroupNormalization extends Configured {
    static className = "GroupNormalization";

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      const channels = shapeOf(inputShape).at(-1) ?? 0;
      const weight = (/** @type {string} */ name, /** @type {"ones" | "zeros"} */ initializer) =>
        this.config.affine ? this.addWeight(name, [channels], "float32", tf.initializers[initializer]()) : null;
      this.gamma = weight("gamma", "ones");
      this.beta = weight("beta", "zeros");
      this.built = true;
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const { groups, perPosition, epsilon } = this.config;
        const value = valueOf(inputs);
        const channels = value.shape[value.rank - 1];
        const grouped = tf.reshape(value, [value.shape[0], -1, groups, channels / groups]);
        const axes = perPosition ? [3] : [1, 3];
        // The backends add one value to the next: what the mean is off by over many is in the mean of the differences.
        const rough = tf.sub(grouped, tf.mean(grouped, axes, true));
        const centred = tf.sub(rough, tf.mean(rough, axes, true));
        const variance = tf.mean(tf.square(centred), axes, true);
        const normalised = tf.reshape(tf.div(centred, tf.sqrt(tf.add(variance, epsilon))), value.shape);
        return this.gamma && this.beta ? tf.add(tf.mul(normalised, this.gamma.read()), this.beta.read()) : normalised;
      });
    }
  }`,
  },

  GeneralBatchNormalization: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /**
   * Batch normalisation of volumes too, and without a learnt scale and shift.
   *
   * @extends {Configured<{ momentum: number, epsilon: number, affine: boolean }>}
   */
  class GeneralBatchNormalization extends Configured {
    static className = "GeneralBatchNormalization";

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      const shape = [shapeOf(inputShape).at(-1) ?? 0];
      const weight = (/** @type {string} */ name, /** @type {"ones" | "zeros"} */ initializer, trained = true) =>
        this.addWeight(name, shape, "float32", tf.initializers[initializer](), undefined, trained);
      this.gamma = this.config.affine ? weight("gamma", "ones") : null;
      this.beta = this.config.affine ? weight("beta", "zeros") : null;
      this.movingMean = weight("moving_mean", "zeros", false);
      this.movingVariance = weight("moving_variance", "ones", false);
      this.built = true;
    }

    /**
     * @param {Tensor | Tensor[]} inputs
     * @param {{ training?: boolean }} options
     */
    call(inputs, { training }) {
      return tf.tidy(() => {
        const { momentum, epsilon } = this.config;
        const value = valueOf(inputs);
        const kept = [this.movingMean, this.movingVariance].map((variable) => /** @type {LayerVariable} */ (variable));
        let [mean, variance] = kept.map((variable) => variable.read());
        if (training) {
          const moments = tf.moments(value, [...value.shape.keys()].slice(0, -1));
          [mean, variance] = [moments.mean, moments.variance];
          kept.forEach((variable, index) =>
            variable.write(tf.add(tf.mul(variable.read(), momentum), tf.mul([mean, variance][index], 1 - momentum))),
          );
        }
        const normalised = tf.div(tf.sub(value, mean), tf.sqrt(tf.add(variance, epsilon)));
        return this.gamma && this.beta ? tf.add(tf.mul(normalised, this.gamma.read()), this.beta.read()) : normalised;
      });
    }
  }`,
  },

  ChannelScale: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /**
   * A learnt factor for each channel.
   *
   * @extends {Configured<{ init: number }>}
   */
  class ChannelScale extends Configured {
    static className = "ChannelScale";

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      const initializer = tf.initializers.constant({ value: this.config.init });
      this.kernel = this.addWeight("kernel", [shapeOf(inputShape).at(-1) ?? 0], "float32", initializer);
      this.built = true;
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.mul(valueOf(inputs), /** @type {LayerVariable} */ (this.kernel).read());
    }
  }`,
  },

  ChannelBias: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /**
   * A learnt number that is added to each channel.
   *
   * @extends {Configured<{}>}
   */
  class ChannelBias extends Configured {
    static className = "ChannelBias";

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      this.bias = this.addWeight("bias", [shapeOf(inputShape).at(-1) ?? 0], "float32", tf.initializers.zeros());
      this.built = true;
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.add(valueOf(inputs), /** @type {LayerVariable} */ (this.bias).read());
    }
  }`,
  },
} as const satisfies Record<string, CustomLayer>;
