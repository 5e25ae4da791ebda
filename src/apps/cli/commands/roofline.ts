/** `cnnc roofline FILE --device t4`: the least time of each layer, and what it waits for. */
import {
  bytesText,
  groupDigits,
  listWords,
  nodeOf,
  rooflineOf,
  toJson,
  visible,
  type Device,
  type Network,
  type NumberFormat,
  type Roofline,
} from "../../../index.js";
import { alignedTable } from "../aligned-table.js";
import { deviceOf } from "../device-file.js";
import { bindOne, type Sizes } from "../sizes.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { EXIT, paintFor, print, UsageError } from "../terminal.js";
import { timeText } from "../time.js";

export interface RooflineCommandOptions {
  net?: string;
  size?: Sizes;
  device: string;
  batch: number;
  precision: NumberFormat;
  fused?: boolean;
  format: "text" | "json";
}

export async function roofline(path: string, options: RooflineCommandOptions): Promise<number> {
  const device = await deviceOf(options.device);
  const networks = await networksOf(path, options.format, options.net);
  const network = bindOne(chooseNetwork(path, networks, options.net), options.size);
  const found = rooflineOf(network, device, options);
  if (!found) {
    const formats = Object.keys(device.operations);
    throw new UsageError(
      `of ${visible(device.name)} no peak in ${options.precision} is known; there is ${listWords(formats)}`,
    );
  }
  if (options.format === "json") print(toJson(documentOf(network, device, options, found)));
  else print(textOf(network, device, options, found));
  return EXIT.fine;
}

function documentOf(
  network: Network,
  device: Device,
  { batch, precision, fused = false }: RooflineCommandOptions,
  found: Roofline,
) {
  const layers = found.layers.map(({ node, within, ...layer }) => ({
    layer: nodeOf(network, node).name,
    ...layer,
    ...(within === undefined ? {} : { within: nodeOf(network, within).name }),
  }));
  return { schema: "cnnc-roofline/1", net: network.name, device, batch, precision, fused, ...found, layers };
}

function textOf(network: Network, device: Device, options: RooflineCommandOptions, found: Roofline): string {
  const { batch, precision, fused } = options;
  const rows = found.layers
    .filter(({ seconds }) => seconds > 0)
    .map(({ node, flops, bytes, intensity, seconds, bound }) => [
      nodeOf(network, node).name,
      groupDigits(Math.round(flops)),
      bytesText(Math.round(bytes)),
      intensity === undefined ? "" : number(intensity),
      timeText(seconds),
      `${((seconds / found.seconds) * 100).toFixed(1)} %`,
      bound === "memory" ? "memory" : "",
    ]);
  const title = `${paintFor(process.stdout).strong(network.name)} on ${visible(device.doc)}, batch ${groupDigits(batch)}, ${precision}${fused ? ", element-wise layers fused" : ""}`;
  const least = `at least ${timeText(found.seconds)}: at most ${number(batch / found.seconds)} images/s`;
  const waits = `${(found.memoryShare * 100).toFixed(0)} % of it waits for memory: layers with less than ${number(found.ridge)} operations a byte`;
  const table = alignedTable([["layer", "flops", "moved", "flops/byte", "time", "", "waits for"], ...rows]);
  return [title, "", table, "", least, waits, `peak numbers: ${visible(device.source)}`].join("\n");
}

/** Three digits, or all of a larger whole number. */
const number = (value: number) =>
  value >= 1000 ? groupDigits(Math.round(value)) : String(Number(value.toPrecision(3)));
