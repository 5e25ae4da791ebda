/** Normalisations that Keras lacks. */

export const normalisation = {
  GroupNormalization: `
@keras.saving.register_keras_serializable("cnnc")
class GroupNormalization(layers.Layer):
    """Group normalisation over all positions, of any number of axes."""

    def __init__(self, groups, epsilon=1e-5, affine=True, **options):
        super().__init__(**options)
        self.groups = groups
        self.epsilon = epsilon
        self.affine = affine

    def build(self, shape):
        if self.affine:
            self.scale = self.add_weight(shape=(shape[-1],), initializer="ones", name="scale")
            self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros", name="bias")

    def call(self, x):
        positions = 1
        for side in x.shape[1:-1]:
            positions *= side
        grouped = ops.reshape(x, (-1, positions, self.groups, x.shape[-1] // self.groups))
        mean, variance = ops.moments(grouped, axes=(1, 3), keepdims=True)
        normalised = (grouped - mean) / ops.sqrt(variance + self.epsilon)
        normalised = ops.reshape(normalised, (-1, *x.shape[1:]))
        return normalised * self.scale + self.bias if self.affine else normalised

    def get_config(self):
        return {**super().get_config(), "groups": self.groups, "epsilon": self.epsilon, "affine": self.affine}
`,
  LocalResponseNormalization: `
@keras.saving.register_keras_serializable("cnnc")
class LocalResponseNormalization(layers.Layer):
    """x / (bias + alpha * sum of squares of neighbouring channels) ** beta."""

    def __init__(self, size, alpha, beta, bias, **options):
        super().__init__(**options)
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.bias = bias

    def call(self, x):
        channels = x.shape[-1]
        around = self.size // 2
        squares = ops.pad(ops.square(x), [(0, 0)] * (len(x.shape) - 1) + [(around, around)])
        total = sum(squares[..., start : start + channels] for start in range(self.size))
        return x / ops.power(self.bias + self.alpha * total, self.beta)

    def get_config(self):
        own = {"size": self.size, "alpha": self.alpha, "beta": self.beta, "bias": self.bias}
        return {**super().get_config(), **own}
`,
} as const;
