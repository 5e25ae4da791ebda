/** What Keras lacks, as source text that is copied into the emitted module; only what is used. */

export const helpers = {
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

export type HelperName = keyof typeof helpers;

/** Functions that several of them call. */
export const shared = {
  per_axis: `
def per_axis(value, axes):
    """One number for each axis."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value,) * axes
`,
  spread: `
def spread(values, rates, first):
    """Values with zeros between them, along axes from the first on."""
    for axis, rate in enumerate(rates, start=first):
        if rate == 1:
            continue
        size = values.shape[axis]
        outer, inner = values.shape[:axis], values.shape[axis + 1 :]
        fixed = [-1 if side is None else side for side in outer]
        pairs = [(0, 0)] * (axis + 1) + [(0, rate - 1)] + [(0, 0)] * len(inner)
        apart = ops.pad(ops.expand_dims(values, axis + 1), pairs)
        rows = ops.reshape(apart, (*fixed, size * rate, *inner))
        kept = [slice(None)] * len(rows.shape)
        kept[axis] = slice(0, rate * (size - 1) + 1)
        values = rows[tuple(kept)]
    return values
`,
} as const;
