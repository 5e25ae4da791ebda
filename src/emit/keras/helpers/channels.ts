/** What is learnt for each channel. */

export const channels = {
  ChannelScale: `
@keras.saving.register_keras_serializable("cnnc")
class ChannelScale(layers.Layer):
    """A learnt factor for each channel."""

    def __init__(self, init=1.0, **options):
        super().__init__(**options)
        self.init = init

    def build(self, shape):
        initializer = keras.initializers.Constant(self.init)
        self.weight = self.add_weight(shape=(shape[-1],), initializer=initializer, name="weight")

    def call(self, x):
        return x * self.weight

    def get_config(self):
        return {**super().get_config(), "init": self.init}
`,
  ChannelBias: `
@keras.saving.register_keras_serializable("cnnc")
class ChannelBias(layers.Layer):
    """A learnt number that is added to each channel."""

    def build(self, shape):
        self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros", name="bias")

    def call(self, x):
        return x + self.bias
`,
  ChannelPReLU: `
@keras.saving.register_keras_serializable("cnnc")
class ChannelPReLU(layers.Layer):
    """A learnt slope below 0 for each channel, or one for all."""

    def __init__(self, init=0.25, shared=False, **options):
        super().__init__(**options)
        self.init = init
        self.shared = shared

    def build(self, shape):
        initializer = keras.initializers.Constant(self.init)
        self.slope = self.add_weight(shape=(1 if self.shared else shape[-1],), initializer=initializer, name="slope")

    def call(self, x):
        return ops.maximum(x, 0) + self.slope * ops.minimum(x, 0)

    def get_config(self):
        return {**super().get_config(), "init": self.init, "shared": self.shared}
`,
} as const;
