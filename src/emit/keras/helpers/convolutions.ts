/** Convolutions that Keras lacks. */

export const convolutions = {
  DilatedConvolution: `
@keras.saving.register_keras_serializable("cnnc")
class DilatedConvolution(layers.Layer):
    """Convolution with a stride and a dilation at once, without padding: its kernel is spread over what it spans."""

    def __init__(self, filters, kernel_size, strides=1, dilation_rate=1, groups=1, use_bias=True, **options):
        super().__init__(**options)
        self.filters = filters
        self.kernel_size = kernel_size
        self.strides = strides
        self.dilation_rate = dilation_rate
        self.groups = groups
        self.use_bias = use_bias

    def build(self, shape):
        window = per_axis(self.kernel_size, len(shape) - 2)
        kernel = (*window, shape[-1] // self.groups, self.filters)
        self.weight = self.add_weight(shape=kernel, initializer="glorot_uniform", name="weight")
        if self.use_bias:
            self.bias = self.add_weight(shape=(self.filters,), initializer="zeros", name="bias")

    def call(self, x):
        axes = len(x.shape) - 2
        kernel = spread(self.weight, per_axis(self.dilation_rate, axes), first=0)
        strides = per_axis(self.strides, axes)
        result = ops.conv(x, kernel, strides=strides, padding="valid", data_format="channels_last")
        return result + self.bias if self.use_bias else result

    def compute_output_shape(self, shape):
        axes = len(shape) - 2
        numbers = zip(shape[1:-1], *(per_axis(value, axes) for value in (self.kernel_size, self.strides, self.dilation_rate)))
        sides = [(side - (rate * (size - 1) + 1)) // step + 1 for side, size, step, rate in numbers]
        return (shape[0], *sides, self.filters)

    def get_config(self):
        names = ("filters", "kernel_size", "strides", "dilation_rate", "groups", "use_bias")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
`,
  TransposedConvolution: `
@keras.saving.register_keras_serializable("cnnc")
class TransposedConvolution(layers.Layer):
    """
    Transposed convolution with groups and dilation. Of the whole result \`cut\` positions are taken off before and behind;
    where that is negative, positions are added.
    """

    def __init__(self, filters, kernel_size, cut, strides=1, dilation_rate=1, groups=1, use_bias=True, **options):
        super().__init__(**options)
        self.filters = filters
        self.kernel_size = kernel_size
        self.strides = strides
        self.dilation_rate = dilation_rate
        self.groups = groups
        self.cut = cut
        self.use_bias = use_bias

    def build(self, shape):
        window = per_axis(self.kernel_size, len(shape) - 2)
        kernel = (*window, self.filters // self.groups, shape[-1])
        self.weight = self.add_weight(shape=kernel, initializer="glorot_uniform", name="weight")
        if self.use_bias:
            self.bias = self.add_weight(shape=(self.filters,), initializer="zeros", name="bias")

    def call(self, x):
        axes = len(x.shape) - 2
        kernel = spread(self.weight, per_axis(self.dilation_rate, axes), first=0)
        # The result is a convolution of the values with zeros between them, with the turned kernel.
        kernel = ops.flip(kernel, axis=tuple(range(axes)))
        values = spread(x, per_axis(self.strides, axes), first=1)
        around = [(size - 1 - min(0, before), size - 1 - min(0, after)) for size, (before, after) in zip(kernel.shape, self.cut)]
        values = ops.pad(values, [(0, 0), *around, (0, 0)])
        size = x.shape[-1] // self.groups
        parts = []
        for group in range(self.groups):
            taps = ops.swapaxes(kernel[..., group * size : (group + 1) * size], -1, -2)
            read = values[..., group * size : (group + 1) * size]
            parts.append(ops.conv(read, taps, strides=1, padding="valid", data_format="channels_last"))
        result = parts[0] if len(parts) == 1 else ops.concatenate(parts, axis=-1)
        for axis, (before, after) in enumerate(self.cut, start=1):
            kept = [slice(None)] * len(result.shape)
            kept[axis] = slice(max(0, before), result.shape[axis] - max(0, after))
            result = result[tuple(kept)]
        return result + self.bias if self.use_bias else result

    def compute_output_shape(self, shape):
        axes = len(shape) - 2
        numbers = [per_axis(value, axes) for value in (self.kernel_size, self.strides, self.dilation_rate)]
        sides = [
            (side - 1) * step + rate * (size - 1) + 1 - before - after
            for side, size, step, rate, (before, after) in zip(shape[1:-1], *numbers, self.cut)
        ]
        return (shape[0], *sides, self.filters)

    def get_config(self):
        names = ("filters", "kernel_size", "cut", "strides", "dilation_rate", "groups", "use_bias")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
`,
} as const;
