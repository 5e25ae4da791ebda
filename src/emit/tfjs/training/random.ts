/** What an emitted module draws while it trains, as source text: all of it by the seed, so that every run is the same. */
import type { Network } from "../../../ir/network.js";
import { liveNodes } from "../../../ir/live.js";

/** Whether layers draw while they train: `DROPOUT`, `DROPPATH`. */
export function drawsInTraining(network: Network): boolean {
  const live = liveNodes(network);
  return network.nodes.some(({ id, op }) => live.has(id) && (op === "dropout" || op === "droppath"));
}

/** Source of the order of images, and of the seeds of layers where there are some that draw. */
export function randomSource(network: Network): string {
  return `
/**
 * All indices, in an order that the seed and the epoch decide (Fisher and Yates).
 *
 * @param {number} size
 * @param {number} seed
 * @param {number} epoch
 */
function shuffled(size, seed, epoch) {
  const order = Uint32Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last--) {
    const other = Math.floor((randomWord(seed, epoch, last) / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/**
 * A word of Threefry-2x32-20 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", 2011).
 *
 * @param {number} seed
 * @param {number} stream
 * @param {number} counter
 */
function randomWord(seed, stream, counter) {
  const keys = [seed, stream, 0x1bd11bda ^ seed ^ stream];
  const rotations = [13, 15, 26, 6, 17, 29, 16, 24];
  let [a, b] = [(counter + keys[0]) | 0, keys[1] | 0];
  for (let round = 0; round < 20; round++) {
    const rotation = rotations[round % 8];
    a = (a + b) | 0;
    b = ((b << rotation) | (b >>> (32 - rotation))) ^ a;
    if (round % 4 !== 3) continue;
    const group = (round + 1) / 4;
    a = (a + keys[group % 3]) | 0;
    b = (b + keys[(group + 1) % 3] + group) | 0;
  }
  return a >>> 0;
}
${drawsInTraining(network) ? SEED_LAYERS : ""}`;
}

const SEED_LAYERS = `
/**
 * Gives the layers that draw their seeds for a step, so that each training with one seed draws the same.
 *
 * @param {import("@tensorflow/tfjs").LayersModel} model
 * @param {number} seed
 * @param {number} updates
 */
function seedLayers(model, seed, updates) {
  for (const [place, layer] of model.layers.entries()) {
    if (layer.getClassName() !== "Dropout") continue;
    // A stream below 0 is that of no epoch.
    Object.assign(layer, { seed: randomWord(seed, -1 - place, updates) });
  }
}
`;
