/** `cnnc memory FILE`: what a net needs while it runs, and while it is trained. */
import {
  bytesText,
  groupDigits,
  inferenceMemory,
  nodeOf,
  toJson,
  trainingMemory,
  type InferenceMemory,
  type Network,
  type NumberFormat,
  type TrainingMemory,
  type TrainingOptions,
} from "../../../index.js";
import { alignedTable } from "../aligned-table.js";
import { bindOne, type Sizes } from "../sizes.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { EXIT, paintFor, print } from "../terminal.js";
import { trainingFor, type TrainingChoices } from "../training-choices.js";

export interface MemoryOptions extends TrainingChoices {
  net?: string;
  size?: Sizes;
  batch: number;
  precision: NumberFormat;
  plan?: boolean;
  format: "text" | "json";
}

/** A figure: what it is called, its bytes, and what is to be said of it. */
type Line = readonly [name: string, bytes: bigint, remark: string];

export async function memory(path: string, options: MemoryOptions): Promise<number> {
  const networks = await networksOf(path, options.format, options.net);
  const network = bindOne(chooseNetwork(path, networks, options.net), options.size);
  const { batch, precision } = options;
  const running = inferenceMemory(network, { batch, precision });
  // What nobody asked for is left out where nothing is trained so.
  const isTrained = options.train !== undefined || options.checkpoint !== undefined || precision !== "int8";
  const recipe = isTrained ? trainingFor(network, options) : undefined;
  const training = recipe && trainingMemory(network, { ...recipe, batch });
  if (options.format === "json") print(toJson(documentOf(network, options, running, recipe, training)));
  else print(textOf(network, options, running, recipe, training));
  return EXIT.fine;
}

function documentOf(
  network: Network,
  { batch, precision }: MemoryOptions,
  { steps, plan, ...running }: InferenceMemory,
  recipe: Omit<TrainingOptions, "batch"> | undefined,
  training: TrainingMemory | undefined,
) {
  const nameOf = ({ node, ...rest }: { node: number }) => ({ layer: nodeOf(network, node).name, ...rest });
  return {
    schema: "cnnc-memory/1",
    net: network.name,
    batch,
    precision,
    inference: { ...running, steps: steps.map(nameOf), plan: plan.map(nameOf) },
    ...(recipe && training
      ? { training: { ...training, optimizer: { ...recipe.optimizer, bytes: training.optimizer } } }
      : {}),
  };
}

function textOf(
  network: Network,
  options: MemoryOptions,
  running: InferenceMemory,
  recipe: Omit<TrainingOptions, "batch"> | undefined,
  training: TrainingMemory | undefined,
): string {
  const paint = paintFor(process.stdout);
  const { batch, precision } = options;
  const parts = [
    `${paint.strong(network.name)}, batch ${groupDigits(batch)}, ${precision}`,
    `${paint.strong("running")}\n${figures(runningLines(network, running))}`,
    ...(recipe && training
      ? [`${paint.strong(`training with ${recipe.optimizer.name}`)}\n${figures(trainingLines(recipe, training))}`]
      : []),
    ...(options.plan ? [planTable(network, running)] : []),
  ];
  return parts.join("\n\n");
}

function figures(lines: readonly Line[]): string {
  const rows = lines.map(([name, bytes, remark]) => [name, bytesText(bytes), remark] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(([name, bytes, remark]) => `  ${name.padEnd(widths[0]!)}  ${bytes.padStart(widths[1]!)}  ${remark}`.trimEnd())
    .join("\n");
}

function runningLines(network: Network, memory: InferenceMemory): Line[] {
  const busiest = memory.steps.reduce((a, b) => (b.live > a.live ? b : a), memory.steps[0] ?? { node: 0, live: 0n });
  const order = memory.peak < memory.asWritten ? "in the best order" : "in the order of the text";
  const proof = memory.isLeast ? "no order needs less" : `no order needs less than ${bytesText(memory.bound)}`;
  return [
    ["parameters", memory.weights, ""],
    ...(memory.buffers > 0n ? [["running statistics", memory.buffers, ""] as const] : []),
    ["values of all layers", memory.sum, "what slides add up"],
    ...(memory.peak < memory.asWritten
      ? [["needed at once", memory.asWritten, "in the order of the text"] as const]
      : []),
    ["needed at once", memory.peak, `${order}, most at ${nodeOf(network, busiest.node).name}; ${proof}`],
    ["their block of memory", memory.arena, "with a place for each value: --plan shows them"],
    ["total", memory.total, "parameters and the block"],
  ];
}

function trainingLines(
  { optimizer, checkpoints, precision }: Omit<TrainingOptions, "batch">,
  memory: TrainingMemory,
): Line[] {
  const again = `${memory.pieces} pieces, ${groupDigits(memory.recomputed)} macs an image computed again`;
  return [
    ["parameters", memory.weights, precision === "float32" ? "" : "kept in float32"],
    ...(memory.buffers > 0n ? [["running statistics", memory.buffers, ""] as const] : []),
    ...(memory.casts > 0n ? [["parameters again", memory.casts, `in ${precision!}`] as const] : []),
    ["gradients", memory.gradients, "one number for each parameter"],
    [
      "optimizer",
      memory.optimizer,
      memory.optimizer === 0n ? `${optimizer.name} keeps nothing` : `what ${optimizer.name} keeps`,
    ],
    ["kept for gradients", memory.saved, checkpoints === undefined ? "of values" : "without checkpoints"],
    [
      "values at once",
      memory.activations,
      checkpoints === undefined ? "with their gradients" : `with their gradients; ${again}`,
    ],
    ["total", memory.total, "parameters to optimizer, and values at once"],
  ];
}

/** Where each value lies, in the order of its first step. */
function planTable(network: Network, { plan }: InferenceMemory): string {
  const rows = [...plan]
    .sort((a, b) => a.from - b.from || a.node - b.node)
    .map(({ node, offset, bytes, from, to }) => [
      nodeOf(network, node).name,
      groupDigits(offset),
      groupDigits(bytes),
      from < 0 ? "input" : String(from + 1),
      String(to + 1),
    ]);
  return alignedTable([["value", "offset", "bytes", "from step", "to step"], ...rows]);
}
