/** Attention, and what is learnt of positions. */

export const sequences = {
  SelfAttention: `
@keras.saving.register_keras_serializable("cnnc")
class SelfAttention(layers.Layer):
    """Multi-head self-attention over all positions of a sequence or a map."""

    def __init__(self, heads, use_bias=True, **options):
        super().__init__(**options)
        self.heads = heads
        self.use_bias = use_bias

    def build(self, shape):
        channels = shape[-1]
        self.qkv = self.add_weight(shape=(channels, 3 * channels), initializer="glorot_uniform", name="qkv")
        self.weight = self.add_weight(shape=(channels, channels), initializer="glorot_uniform", name="weight")
        if self.use_bias:
            self.qkvbias = self.add_weight(shape=(3 * channels,), initializer="zeros", name="qkvbias")
            self.bias = self.add_weight(shape=(channels,), initializer="zeros", name="bias")

    def call(self, x):
        channels = x.shape[-1]
        size = channels // self.heads
        positions = 1
        for side in x.shape[1:-1]:
            positions *= side
        projected = ops.matmul(ops.reshape(x, (-1, positions, channels)), self.qkv)
        if self.use_bias:
            projected = projected + self.qkvbias
        split = ops.transpose(ops.reshape(projected, (-1, positions, 3, self.heads, size)), (2, 0, 3, 1, 4))
        queries, keys, values = split[0], split[1], split[2]
        scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2)) / size**0.5
        mixed = ops.matmul(ops.softmax(scores, axis=-1), values)
        joined = ops.reshape(ops.transpose(mixed, (0, 2, 1, 3)), (-1, positions, channels))
        result = ops.matmul(joined, self.weight)
        if self.use_bias:
            result = result + self.bias
        return ops.reshape(result, (-1, *x.shape[1:]))

    def get_config(self):
        return {**super().get_config(), "heads": self.heads, "use_bias": self.use_bias}
`,
  ClassToken: `
@keras.saving.register_keras_serializable("cnnc")
class ClassToken(layers.Layer):
    """A learnt position before all others."""

    def build(self, shape):
        self.weight = self.add_weight(shape=(shape[-1],), initializer="zeros", name="weight")

    def call(self, x):
        token = ops.zeros_like(x[:, :1]) + self.weight
        return ops.concatenate([token, x], axis=1)

    def compute_output_shape(self, shape):
        return (shape[0], shape[1] + 1, shape[2])
`,
  PositionEmbedding: `
@keras.saving.register_keras_serializable("cnnc")
class PositionEmbedding(layers.Layer):
    """A learnt number that is added to each value."""

    def build(self, shape):
        self.weight = self.add_weight(shape=tuple(shape[1:]), initializer="zeros", name="weight")

    def call(self, x):
        return x + self.weight
`,
} as const;
