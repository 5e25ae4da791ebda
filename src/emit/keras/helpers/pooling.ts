/** Pools that Keras lacks, and maps of other sizes. */

export const pooling = {
  PaddedPooling: `
@keras.saving.register_keras_serializable("cnnc")
class PaddedPooling(layers.Layer):
    """The largest value or the mean of what each window covers of the input, with padding on each side."""

    def __init__(self, pool_size, pads, mode, strides=None, **options):
        super().__init__(**options)
        self.pool_size = pool_size
        self.strides = pool_size if strides is None else strides
        self.pads = pads
        self.mode = mode

    def call(self, x):
        axes = len(x.shape) - 2
        around = [(0, 0), *[tuple(pair) for pair in self.pads], (0, 0)]
        options = {
            "pool_size": per_axis(self.pool_size, axes),
            "strides": per_axis(self.strides, axes),
            "padding": "valid",
            "data_format": "channels_last",
        }
        if self.mode == "max":
            return ops.max_pool(ops.pad(x, around, constant_values=float("-inf")), **options)
        covered = ops.average_pool(ops.pad(ops.ones_like(x[:1, ..., :1]), around), **options)
        return ops.average_pool(ops.pad(x, around), **options) / covered

    def compute_output_shape(self, shape):
        axes = len(shape) - 2
        numbers = zip(shape[1:-1], per_axis(self.pool_size, axes), per_axis(self.strides, axes), self.pads)
        sides = [(side + before + after - size) // step + 1 for side, size, step, (before, after) in numbers]
        return (shape[0], *sides, shape[-1])

    def get_config(self):
        names = ("pool_size", "pads", "mode", "strides")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
`,
  AdaptiveAveragePooling: `
@keras.saving.register_keras_serializable("cnnc")
class AdaptiveAveragePooling(layers.Layer):
    """Means over windows that are as many as the size says: from floor(i * input / size) to ceil((i + 1) * input / size)."""

    def __init__(self, size, **options):
        super().__init__(**options)
        self.size = tuple(size)

    def call(self, x):
        for axis, wanted in enumerate(self.size, start=1):
            side = x.shape[axis]
            parts = []
            for position in range(wanted):
                window = [slice(None)] * len(x.shape)
                window[axis] = slice(position * side // wanted, -((position + 1) * side // -wanted))
                parts.append(ops.mean(x[tuple(window)], axis=axis, keepdims=True))
            x = ops.concatenate(parts, axis=axis)
        return x

    def get_config(self):
        return {**super().get_config(), "size": self.size}
`,
  Resample: `
@keras.saving.register_keras_serializable("cnnc")
class Resample(layers.Layer):
    """
    A map of another size. Position i is that of floor(i * input / size), or with \`bilinear\` lies between the two around
    (i + 1/2) * input / size - 1/2, the edges repeated.
    """

    def __init__(self, size, bilinear=False, **options):
        super().__init__(**options)
        self.size = tuple(size)
        self.bilinear = bilinear

    def call(self, x):
        for axis, wanted in enumerate(self.size, start=1):
            side = x.shape[axis]
            if not self.bilinear:
                x = ops.take(x, [position * side // wanted for position in range(wanted)], axis=axis)
                continue
            places = [min(max((position + 0.5) * side / wanted - 0.5, 0), side - 1) for position in range(wanted)]
            lower = [int(place) for place in places]
            shape = [1] * len(x.shape)
            shape[axis] = wanted
            part = ops.reshape(ops.convert_to_tensor([place - low for place, low in zip(places, lower)], x.dtype), shape)
            upper = ops.take(x, [min(low + 1, side - 1) for low in lower], axis=axis)
            x = ops.take(x, lower, axis=axis) * (1 - part) + upper * part
        return x

    def get_config(self):
        return {**super().get_config(), "size": self.size, "bilinear": self.bilinear}
`,
  ReflectPadding: `
@keras.saving.register_keras_serializable("cnnc")
class ReflectPadding(layers.Layer):
    """The mirror image of a map around it."""

    def __init__(self, padding, **options):
        super().__init__(**options)
        self.padding = padding

    def call(self, x):
        return ops.pad(x, [(0, 0), *[tuple(pair) for pair in self.padding], (0, 0)], mode="reflect")

    def get_config(self):
        return {**super().get_config(), "padding": self.padding}
`,
} as const;
