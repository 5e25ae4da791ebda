/** Numbers for letters from the files that inputs are read from. */
import { formatDimension, listWords, nodeOf, type Dimension, type Network } from "../../index.js";
import { sidesOfInput } from "../../run/index.js";
import type { Sizes } from "./sizes.js";
import { note } from "./terminal.js";

/**
 * The sizes with those of letters that are left open, as the file of each input has them; each is told in a note. A file of
 * another number of axes says nothing here, and is told when it is loaded. Errors: `RunError` for a file that cannot be read.
 */
export async function withSizesOfFiles(
  network: Network,
  files: ReadonlyMap<string, string>,
  given: Sizes = new Map(),
): Promise<Sizes> {
  const sizes = new Map(given);
  const isOpen = (side: Dimension) =>
    network.symbols.includes(formatDimension(side)) && !sizes.has(formatDimension(side));
  for (const id of network.inputs) {
    const { name, type } = nodeOf(network, id);
    const file = files.get(name);
    if (file === undefined || !type.shape.some(isOpen)) continue;
    const sides = await sidesOfInput(file);
    // An array may begin with a batch.
    const batch = sides.length - type.shape.length;
    if (batch !== 0 && batch !== 1) continue;
    const found = type.shape.flatMap((side, axis) => {
      const size = sides[batch + axis];
      return isOpen(side) && size !== undefined && size >= 1 ? [[formatDimension(side), size] as const] : [];
    });
    for (const [letter, size] of found) sizes.set(letter, size);
    if (found.length > 0) note(`${file}: ${listWords(found.map(([letter, size]) => `${letter} = ${size}`))}`);
  }
  return sizes;
}
