/** Commands that write a training script and start it. */
import { nodeOf, type Candidate, type Network } from "../../index.js";
import { fileStem } from "./stem.js";

export interface LaunchOptions {
  readonly train?: string | true;
  readonly batch: number;
  readonly devices: number;
  /** Devices of one machine. */
  readonly perMachine: number;
  readonly precision: "float32" | "bfloat16";
  /** Letters of the input's size, with their numbers. */
  readonly size?: ReadonlyMap<string, number>;
}

/** For a shell: the line that builds, and the one that starts the script on all devices, on each machine. */
export function launchLines(path: string, network: Network, candidate: Candidate, options: LaunchOptions): string[] {
  const { train, batch, devices, perMachine, precision, size } = options;
  const stem = fileStem(network);
  const sizes = [...(size ?? [])].flatMap(([letter, number]) => ["--size", `${letter}=${number}`]);
  const optimizer = train === undefined || train === true ? [] : [train];
  const build = ["cnnc", "build", path, "--net", network.name, ...sizes, "--target", "pytorch"];
  const machines = Math.ceil(devices / perMachine);
  const several = ["--nnodes", String(machines), "--node_rank", "0", "--master_addr", "HOST"];
  const processes = ["--nproc_per_node", String(Math.min(devices, perMachine))];
  const start = devices === 1 ? ["python"] : ["torchrun", ...(machines > 1 ? several : []), ...processes];
  const run = [
    ...start,
    `${stem}_train.py`,
    "--data",
    "FOLDER",
    "--batch",
    String(batch),
    ...waysOf(network, candidate),
  ];
  return [
    [...build, "--train", ...optimizer, "-o", `${stem}.py`],
    [...run, ...(precision === "float32" ? [] : ["--precision", precision])],
  ].map((words) => words.map(quoted).join(" "));
}

function waysOf(network: Network, { strategy, pipeline }: Candidate): string[] {
  if (strategy.startsWith("zero")) return ["--zero", strategy.slice(-1)];
  if (!pipeline) return [];
  const layers = pipeline.stages.slice(1).map(({ start }) => nodeOf(network, start).name);
  return ["--stages", ...layers, "--micro-batches", String(pipeline.microBatches)];
}

/** A word that a shell takes as it is. */
const quoted = (word: string) => (/^[\w./=@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
