/** Attention, and what is learnt of positions. */
import type { CustomLayer } from "./helpers.js";

export const sequences = {
  SelfAttention: {
    needs: ["valueOf", "shapeOf", "uniform"],
    source: `
  /**
   * Multi-head self-attention over all positions. Queries, keys and values are one projection, side by side.
   *
   * @extends {Configured<{ heads: number, useBias: boolean, limit: number }>}
   */
  class SelfAttention extends Configured {
    static className = "SelfAttention";

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      const channels = shapeOf(inputShape).at(-1) ?? 0;
      const { useBias, limit } = this.config;
      const matrix = (/** @type {string} */ name, /** @type {number} */ columns) =>
        this.addWeight(name, [channels, columns], "float32", uniform(limit));
      const bias = (/** @type {string} */ name, /** @type {number} */ size) =>
        useBias ? this.addWeight(name, [size], "float32", tf.initializers.zeros()) : null;
      this.projection = { kernel: matrix("qkv", 3 * channels), bias: bias("qkv_bias", 3 * channels) };
      this.result = { kernel: matrix("kernel", channels), bias: bias("bias", channels) };
      this.built = true;
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const { heads } = this.config;
        const value = valueOf(inputs);
        const [batch, channels] = [value.shape[0], value.shape[value.rank - 1]];
        /** @type {(rows: Tensor, learnt: { kernel: LayerVariable, bias: LayerVariable | null } | undefined) => Tensor} */
        const project = (rows, learnt) => {
          if (!learnt) throw new Error("not built");
          const product = tf.matMul(rows, learnt.kernel.read());
          return learnt.bias ? tf.add(product, learnt.bias.read()) : product;
        };
        const rows = project(tf.reshape(value, [-1, channels]), this.projection);
        const [queries, keys, values] = tf
          .split(rows, 3, -1)
          .map((part) => tf.transpose(tf.reshape(part, [batch, -1, heads, channels / heads]), [0, 2, 1, 3]));
        const products = tf.matMul(tf.mul(queries, 1 / Math.sqrt(channels / heads)), keys, false, true);
        const mixed = tf.transpose(tf.matMul(tf.softmax(products), values), [0, 2, 1, 3]);
        return tf.reshape(project(tf.reshape(mixed, [-1, channels]), this.result), value.shape);
      });
    }
  }`,
  },

  ClassToken: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /** Puts a learnt position before a sequence. @extends {Configured<{}>} */
  class ClassToken extends Configured {
    static className = "ClassToken";

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      this.kernel = this.addWeight("kernel", [shapeOf(inputShape).at(-1) ?? 0], "float32", tf.initializers.zeros());
      this.built = true;
    }

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const [batch, length, channels] = shapeOf(inputShape);
      return [batch, (length ?? 0) + 1, channels];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const sequence = valueOf(inputs);
        const token = /** @type {LayerVariable} */ (this.kernel).read();
        return tf.concat([tf.tile(tf.reshape(token, [1, 1, -1]), [sequence.shape[0], 1, 1]), sequence], 1);
      });
    }
  }`,
  },

  PositionEmbedding: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /** Adds a learnt number to each channel of each position. @extends {Configured<{}>} */
  class PositionEmbedding extends Configured {
    static className = "PositionEmbedding";

    /** @param {Shape | Shape[]} inputShape */
    build(inputShape) {
      const shape = shapeOf(inputShape).slice(1).map((size) => size ?? 0);
      this.kernel = this.addWeight("kernel", shape, "float32", tf.initializers.zeros());
      this.built = true;
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.add(valueOf(inputs), /** @type {LayerVariable} */ (this.kernel).read());
    }
  }`,
  },
} as const satisfies Record<string, CustomLayer>;
