/** Rules that look at how a network is trained. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { Network } from "../ir/network.js";
import type { Training } from "../ir/training.js";

/** Runs a check where the program says how the network is trained. */
export const whereTrained =
  (check: (training: Training, network: Network) => Diagnostic[]) =>
  (network: Network): Diagnostic[] =>
    network.training ? check(network.training, network) : [];
