/** What Keras lacks, as source text that is copied into the emitted module; only what is used. */
import { channels } from "./helpers/channels.js";
import { convolutions } from "./helpers/convolutions.js";
import { normalisation } from "./helpers/normalisation.js";
import { pooling } from "./helpers/pooling.js";
import { sequences } from "./helpers/sequences.js";

export const helpers = { ...channels, ...normalisation, ...convolutions, ...pooling, ...sequences };

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
