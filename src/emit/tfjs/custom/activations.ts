/** Activations that tfjs lacks, and stochastic depth. */
import type { CustomLayer } from "./helpers.js";

export const activations = {
  HardSigmoid: {
    needs: ["valueOf"],
    source: `
  /** min(max(x + 3, 0), 6) / 6; tfjs's own has another slope. @extends {Configured<{}>} */
  class HardSigmoid extends Configured {
    static className = "HardSigmoid";

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => tf.div(tf.relu6(tf.add(valueOf(inputs), 3)), 6));
    }
  }`,
  },

  HardSwish: {
    needs: ["valueOf"],
    source: `
  /** x * min(max(x + 3, 0), 6) / 6. @extends {Configured<{}>} */
  class HardSwish extends Configured {
    static className = "HardSwish";

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => tf.mul(valueOf(inputs), tf.div(tf.relu6(tf.add(valueOf(inputs), 3)), 6)));
    }
  }`,
  },

  ScaledElu: {
    needs: ["valueOf"],
    source: `
  /** x above 0, alpha * (e^x - 1) below; tfjs's own has alpha 1 only. @extends {Configured<{ alpha: number }>} */
  class ScaledElu extends Configured {
    static className = "ScaledElu";

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      const { alpha } = this.config;
      return tf.tidy(() => {
        const value = valueOf(inputs);
        return tf.add(tf.relu(value), tf.mul(tf.expm1(tf.minimum(value, 0)), alpha));
      });
    }
  }`,
  },

  LogSoftmax: {
    needs: ["valueOf"],
    source: `
  /** The logarithm of softmax over the channels. @extends {Configured<{}>} */
  class LogSoftmax extends Configured {
    static className = "LogSoftmax";

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.logSoftmax(valueOf(inputs));
    }
  }`,
  },
} as const satisfies Record<string, CustomLayer>;
