/** How a network runs with the least memory, found once for each network. */
import type { Network } from "../../ir/network.js";
import { bestOrder, type Ordered } from "./order.js";
import { storagesOf, type Storages } from "./storages.js";

export interface Running {
  readonly storages: Storages;
  readonly best: Ordered;
}

/** The search for an order can take a while, and several figures and assertions ask for it. */
const found = new WeakMap<Network, Running>();

/** Errors: throws where a size has letters. */
export function runningOf(network: Network): Running {
  const known = found.get(network);
  if (known) return known;
  const storages = storagesOf(network);
  const running = { storages, best: bestOrder(network, storages) };
  found.set(network, running);
  return running;
}
