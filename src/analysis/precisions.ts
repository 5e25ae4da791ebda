/** The formats that values are kept in, with the bytes of one. */

export const PRECISIONS = { float32: 4n, float16: 2n, bfloat16: 2n, int8: 1n } as const;

export type NumberFormat = keyof typeof PRECISIONS;
