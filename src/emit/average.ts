/** Averaging along an axis as a matrix, which targets without adaptive pooling multiply with. */

/** One row for each position of the result: 1/n where its window lies, 0 elsewhere (see `ops/adaptiveavgpool.ts`). */
export function averagingRows(size: number, wanted: number): number[][] {
  return Array.from({ length: wanted }, (_, position) => {
    const start = Math.floor((position * size) / wanted);
    const end = Math.ceil(((position + 1) * size) / wanted);
    return Array.from({ length: size }, (_, index) => (index >= start && index < end ? 1 / (end - start) : 0));
  });
}
