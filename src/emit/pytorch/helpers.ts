/** What PyTorch lacks, as source text that is copied into the emitted module; only what is used. */

export const helpers = {
  Scale: `
class Scale(nn.Module):
    """A learnt factor for each channel."""

    def __init__(self, channels, init=1.0):
        super().__init__()
        self.weight = nn.Parameter(torch.full((channels,), float(init)))

    def forward(self, x):
        return x * self.weight.view(-1, *[1] * (x.ndim - 2))
`,
  Bias: `
class Bias(nn.Module):
    """A learnt number that is added to each channel."""

    def __init__(self, channels):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        return x + self.bias.view(-1, *[1] * (x.ndim - 2))
`,
  DropPath: `
class DropPath(nn.Module):
    """Stochastic depth: while training, all values of an image are 0 with the given probability."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], *[1] * (x.ndim - 1), device=x.device) >= self.rate
        return x * kept / (1 - self.rate)
`,
  SelfAttention: `
class SelfAttention(nn.Module):
    """Multi-head self-attention over all positions of a sequence or a map."""

    def __init__(self, channels, heads, bias=True):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Parameter(torch.empty(channels, 3 * channels))
        self.weight = nn.Parameter(torch.empty(channels, channels))
        nn.init.xavier_uniform_(self.qkv)
        nn.init.xavier_uniform_(self.weight)
        self.qkvbias = nn.Parameter(torch.zeros(3 * channels)) if bias else None
        self.bias = nn.Parameter(torch.zeros(channels)) if bias else None

    def forward(self, x):
        positions = x.flatten(2).transpose(1, 2)
        projected = F.linear(positions, self.qkv.t(), self.qkvbias)
        # Three times heads times positions times channels of a head.
        split = projected.unflatten(2, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        queries, keys, values = split
        scores = queries @ keys.transpose(-2, -1) / math.sqrt(queries.shape[-1])
        mixed = (scores.softmax(dim=-1) @ values).transpose(1, 2).flatten(2)
        return F.linear(mixed, self.weight.t(), self.bias).transpose(1, 2).reshape(x.shape)
`,
  ClassToken: `
class ClassToken(nn.Module):
    """A learnt position before all others."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        return torch.cat([self.weight.view(1, -1, 1).expand(x.shape[0], -1, 1), x], dim=2)
`,
  PositionEmbedding: `
class PositionEmbedding(nn.Module):
    """A learnt number that is added to each value."""

    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(size))

    def forward(self, x):
        return x + self.weight
`,
  resize_nearest: `
def resize_nearest(x, size):
    """Position i of a result is position floor(i * input / result), exactly."""
    for axis, wanted in enumerate(size, start=2):
        index = torch.arange(wanted, device=x.device) * x.shape[axis] // wanted
        x = x.index_select(axis, index)
    return x
`,
  pixel_shuffle: `
def pixel_shuffle(x, factor):
    """Channels to positions, over any number of axes."""
    axes = x.ndim - 2
    parts = x.reshape(x.shape[0], -1, *[factor] * axes, *x.shape[2:])
    order = [dim for axis in range(axes) for dim in (2 + axes + axis, 2 + axis)]
    return parts.permute(0, 1, *order).reshape(x.shape[0], parts.shape[1], *[side * factor for side in x.shape[2:]])
`,
  pixel_unshuffle: `
def pixel_unshuffle(x, factor):
    """Positions to channels, over any number of axes."""
    axes = x.ndim - 2
    sides = [side // factor for side in x.shape[2:]]
    parts = x.reshape(*x.shape[:2], *[size for side in sides for size in (side, factor)])
    order = [*range(3, 3 + 2 * axes, 2), *range(2, 2 + 2 * axes, 2)]
    return parts.permute(0, 1, *order).reshape(x.shape[0], -1, *sides)
`,
  average_without_padding: `
def average_without_padding(pool, x, padding):
    """The mean of what each window covers of the input, with more padding on one side than on the other."""
    covered = pool(F.pad(torch.ones_like(x[:1, :1]), padding))
    return pool(F.pad(x, padding)) / covered
`,
  transposed_convolution: `
def transposed_convolution(convolution, x, cut, size):
    """A transposed convolution with positions cut off in front, and as many kept as \`size\` says."""
    made = convolution(x)
    sides = [max(side, first + wanted) for side, first, wanted in zip(made.shape[2:], cut, size)]
    whole = made.new_zeros(*made.shape[:2], *sides)
    if convolution.bias is not None:
        whole = whole + convolution.bias.view(-1, *[1] * len(sides))
    whole[(..., *[slice(0, side) for side in made.shape[2:]])] = made
    return whole[(..., *[slice(first, first + wanted) for first, wanted in zip(cut, size)])]
`,
} as const;

export type HelperName = keyof typeof helpers;
