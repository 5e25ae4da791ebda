/** The networks of the examples, compiled once. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../src/compile.js";
import type { Network } from "../src/ir/network.js";

const folder = join(import.meta.dirname, "../examples");

export const exampleNets: readonly { name: string; network: Network }[] = ["lecture14", "zoo"].flatMap((part) =>
  readdirSync(join(folder, part))
    .filter((file) => file.endsWith(".cnn") && file !== "sketch.cnn")
    .flatMap((file) => {
      const { networks } = compile(file, readFileSync(join(folder, part, file), "utf8"));
      return networks.map((network) => ({ name: `${part}/${file} ${network.name}`, network }));
    }),
);

export function exampleNet(file: string, name: string): Network {
  const found = exampleNets.find((net) => net.name === `${file} ${name}`);
  if (!found) throw new Error(`${file} has no net ${name}`);
  return found.network;
}
