/** Layers that move values about, over any number of axes. */
import type { CustomLayer } from "./helpers.js";

export const rearranging = {
  Chunk: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /** Some of the channels. @extends {Configured<{ start: number, size: number }>} */
  class Chunk extends Configured {
    static className = "Chunk";

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      return [...shapeOf(inputShape).slice(0, -1), this.config.size];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      const value = valueOf(inputs);
      const { start, size } = this.config;
      const others = value.shape.slice(0, -1);
      return tf.slice(value, [...others.map(() => 0), start], [...others, size]);
    }
  }`,
  },

  Cropping: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /** A part of a map: so many positions from a start on, along each axis. @extends {Configured<{ starts: number[], size: number[] }>} */
  class Cropping extends Configured {
    static className = "Cropping";

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const shape = shapeOf(inputShape);
      return [shape[0], ...this.config.size, shape[shape.length - 1]];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      const { starts, size } = this.config;
      return tf.slice(valueOf(inputs), [0, ...starts, 0], [-1, ...size, -1]);
    }
  }`,
  },

  Padding: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /**
   * Zeros around a map, or its mirror image.
   *
   * @extends {Configured<{ padding: [number, number][], reflect: boolean }>}
   */
  class Padding extends Configured {
    static className = "Padding";

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const [batch, ...shape] = shapeOf(inputShape);
      const sides = this.config.padding.map(([before, after], axis) => (shape[axis] ?? 0) + before + after);
      return [batch, ...sides, shape[shape.length - 1]];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      const { padding, reflect } = this.config;
      /** @type {[number, number][]} */
      const all = [[0, 0], ...padding, [0, 0]];
      return reflect ? tf.mirrorPad(valueOf(inputs), all, "reflect") : tf.pad(valueOf(inputs), all);
    }
  }`,
  },

  Resampling: {
    needs: ["valueOf", "shapeOf"],
    source: `
  /**
   * A map of another size. Position i is that of floor(i*in/out), or with \`bilinear\` lies between the two around
   * (i + 1/2)*in/out - 1/2, the edges repeated.
   *
   * @extends {Configured<{ size: number[], bilinear: boolean }>}
   */
  class Resampling extends Configured {
    static className = "Resampling";

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
          const positions = Array.from({ length: wanted }, (_, index) => index);
          /** @type {(indices: number[]) => Tensor} */
          const at = (indices) => tf.gather(value, tf.tensor1d(indices, "int32"), axis + 1);
          if (!this.config.bilinear) return at(positions.map((index) => Math.floor((index * size) / wanted)));
          const places = positions.map((index) => Math.min(size - 1, Math.max(0, ((2 * index + 1) * size) / (2 * wanted) - 0.5)));
          const below = places.map(Math.floor);
          const shape = [wanted, ...value.shape.slice(axis + 2).map(() => 1)];
          const shares = tf.tensor(places.map((place, index) => place - below[index]), shape);
          const [first, second] = [at(below), at(below.map((index) => Math.min(size - 1, index + 1)))];
          return /** @type {Tensor} */ (tf.add(first, tf.mul(tf.sub(second, first), shares)));
        }, valueOf(inputs)),
      );
    }
  }`,
  },

  PixelShuffle: {
    needs: ["valueOf", "shapeOf", "count"],
    source: `
  /** Turns channels into positions, as PyTorch does: the channels of one result lie side by side. @extends {Configured<{ factor: number }>} */
  class PixelShuffle extends Configured {
    static className = "PixelShuffle";

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const [batch, ...shape] = shapeOf(inputShape);
      const sides = shape.slice(0, -1);
      const { factor } = this.config;
      return [batch, ...sides.map((size) => (size ?? 0) * factor), (shape[sides.length] ?? 0) / factor ** sides.length];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const { factor } = this.config;
        const value = valueOf(inputs);
        const shape = [...value.shape];
        const channels = shape.length - 1;
        // The last factor of the channels belongs to the last axis.
        return [...shape.keys()].slice(1, -1).reduceRight((moved, axis) => {
          const [outer, inner] = [count(shape.slice(0, axis + 1)), count(shape.slice(axis + 1)) / factor];
          shape[axis] *= factor;
          shape[channels] /= factor;
          return tf.reshape(tf.transpose(tf.reshape(moved, [outer, inner, factor]), [0, 2, 1]), shape);
        }, value);
      });
    }
  }`,
  },

  PixelUnshuffle: {
    needs: ["valueOf", "shapeOf", "count"],
    source: `
  /** Turns positions into channels: the reverse of PyTorch's pixel shuffle. @extends {Configured<{ factor: number }>} */
  class PixelUnshuffle extends Configured {
    static className = "PixelUnshuffle";

    /** @param {Shape | Shape[]} inputShape */
    computeOutputShape(inputShape) {
      const [batch, ...shape] = shapeOf(inputShape);
      const sides = shape.slice(0, -1);
      const { factor } = this.config;
      return [batch, ...sides.map((size) => (size ?? 0) / factor), (shape[sides.length] ?? 0) * factor ** sides.length];
    }

    /** @param {Tensor | Tensor[]} inputs */
    call(inputs) {
      return tf.tidy(() => {
        const { factor } = this.config;
        const value = valueOf(inputs);
        const shape = [...value.shape];
        const channels = shape.length - 1;
        return [...shape.keys()].slice(1, -1).reduce((moved, axis) => {
          shape[axis] /= factor;
          const [outer, inner] = [count(shape.slice(0, axis + 1)), count(shape.slice(axis + 1))];
          shape[channels] *= factor;
          return tf.reshape(tf.transpose(tf.reshape(moved, [outer, factor, inner]), [0, 2, 1]), shape);
        }, value);
      });
    }
  }`,
  },
} as const satisfies Record<string, CustomLayer>;
