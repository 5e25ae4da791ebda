/** What goes into a model and comes out of it. */

/** Values with their shape, channels last. The first axis is the batch. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface NamedTensor extends Tensor {
  readonly name: string;
}

/** Channels last to channels first, for each image of the batch; a vector stays as it is. */
export function toChannelsFirst({ shape, data }: Tensor): Tensor {
  const [batch, ...rest] = shape;
  if (rest.length < 2) return { shape, data };
  const channels = rest.at(-1)!;
  return {
    shape: [batch!, channels, ...rest.slice(0, -1)],
    data: transpose(data, batch!, data.length / (batch! * channels), channels),
  };
}

/** Channels first to channels last. */
export function toChannelsLast({ shape, data }: Tensor): Tensor {
  const [batch, channels, ...spatial] = shape;
  if (spatial.length === 0) return { shape, data };
  return {
    shape: [batch!, ...spatial, channels!],
    data: transpose(data, batch!, channels!, data.length / (batch! * channels!)),
  };
}

/** Rows and columns of each image exchanged. */
function transpose(data: Float32Array, batch: number, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  const size = rows * columns;
  for (let image = 0; image < batch; image++) {
    const offset = image * size;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        result[offset + column * rows + row] = data[offset + row * columns + column]!;
      }
    }
  }
  return result;
}
