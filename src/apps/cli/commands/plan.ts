/** `cnnc plan FILE --devices 8`: ways to train a net on several devices, and how to start the one that is to be preferred. */
import {
  bytesText,
  cheapestOf,
  defaultTraining,
  groupDigits,
  listWords,
  nodeOf,
  planOf,
  plural,
  toJson,
  trainsOnImages,
  visible,
  type Candidate,
  type Cluster,
  type Network,
  type Pipeline,
} from "../../../index.js";
import { alignedTable } from "../aligned-table.js";
import { deviceOf } from "../device-file.js";
import { launchLines } from "../launch.js";
import { bindOne, type Sizes } from "../sizes.js";
import { chooseNetwork, compiledOf } from "../sources.js";
import { EXIT, paintFor, print, ProgramError, UsageError } from "../terminal.js";
import { timeText } from "../time.js";
import { trainingFor, type TrainingChoices } from "../training-choices.js";

export interface PlanCommandOptions extends Omit<TrainingChoices, "checkpoint"> {
  net?: string;
  size?: Sizes;
  devices: number;
  /** Of each device; without it that of the device. */
  memory?: bigint;
  device: string;
  /** Bytes a second between devices; without it that of the device. */
  link?: bigint;
  /** Devices of one machine. */
  perMachine: number;
  batch?: number;
  precision: "float32" | "bfloat16";
  format: "text" | "json";
}

export async function plan(path: string, options: PlanCommandOptions): Promise<number> {
  const cluster = await clusterOf(options);
  const { networks, isOverBudget } = await compiledOf(path, options.format, options.net);
  if (isOverBudget) throw new ProgramError();
  const network = bindOne(chooseNetwork(path, networks, options.net), options.size);
  const batch = options.batch ?? (network.training ?? defaultTraining(network.span)).batch;
  const { optimizer } = trainingFor(network, options);
  const candidates = planOf(network, cluster, { ...options, batch, optimizer });
  if (!candidates) {
    const formats = listWords(Object.keys(cluster.device.operations));
    throw new UsageError(
      `of ${visible(cluster.device.name)} no peak in ${options.precision} is known; there is ${formats}`,
    );
  }
  if (candidates.length === 0)
    throw new UsageError(
      `a batch of ${batch} has no image for each of ${options.devices} devices: --batch is too small`,
    );
  const chosen = cheapestOf(candidates);
  const launch = chosen && trainsOnImages(network) ? launchLines(path, network, chosen, { ...options, batch }) : [];
  if (options.format === "json") {
    print(toJson(documentOf(network, cluster, { ...options, batch }, optimizer.name, candidates, chosen, launch)));
  } else {
    print(titleOf(network, cluster, { ...options, batch }, optimizer.name));
    print(`\n${tableOf(candidates, chosen)}\n`);
    print(chosen ? choiceText(network, chosen, launch) : noneText(candidates));
  }
  return chosen ? EXIT.fine : EXIT.program;
}

async function clusterOf({ device: name, devices, memory, link }: PlanCommandOptions): Promise<Cluster> {
  const device = await deviceOf(name);
  const given = memory ?? (device.memory === undefined ? undefined : BigInt(Math.round(device.memory)));
  const rate = link === undefined ? device.link : Number(link);
  if (given === undefined) throw new UsageError(`${visible(device.name)} has no memory that is known: say --memory`);
  if (rate === undefined && devices > 1)
    throw new UsageError(
      `what ${visible(device.name)} moves to others is not known: say --link, as 10GB for ten gigabytes a second`,
    );
  return { devices, memory: given, device, link: rate ?? Infinity };
}

function documentOf(
  network: Network,
  { device, memory, link }: Cluster,
  { devices, batch, precision }: PlanCommandOptions,
  optimizer: string,
  candidates: readonly Candidate[],
  chosen: Candidate | undefined,
  launch: readonly string[],
) {
  const shown = ({ pipeline, total, memory: parts, ...candidate }: Candidate) => ({
    name: nameOf({ pipeline, ...candidate }),
    ...candidate,
    memory: { ...parts, total },
    ...(pipeline
      ? {
          microBatches: pipeline.microBatches,
          stages: pipeline.stages.map(({ start, ...stage }) => ({ from: nodeOf(network, start).name, ...stage })),
        }
      : {}),
  });
  return {
    schema: "cnnc-plan/1",
    net: network.name,
    device,
    devices,
    memory,
    ...(Number.isFinite(link) ? { link } : {}),
    batch,
    optimizer,
    precision,
    candidates: candidates.map(shown),
    ...(chosen ? { chosen: nameOf(chosen) } : {}),
    commands: launch,
  };
}

function titleOf(
  network: Network,
  { device, memory, link }: Cluster,
  { devices, batch, precision }: PlanCommandOptions,
  optimizer: string,
): string {
  const name = paintFor(process.stdout).strong(network.name);
  const between = devices > 1 ? `, ${bytesText(Math.round(link))}/s between them` : "";
  return [
    `${name} on ${plural(devices, "device")} of ${bytesText(memory)}${between} (${visible(device.doc)})`,
    `batch ${groupDigits(batch!)}, ${optimizer}, ${precision}`,
  ].join("\n");
}

/** `zero 1`, or `2 stages, 4 times`. */
function nameOf({ strategy, replicas, pipeline }: Pick<Candidate, "strategy" | "replicas" | "pipeline">): string {
  if (!pipeline) return replicas === 1 ? "one device" : strategy;
  return `${pipeline.stages.length} stages${replicas > 1 ? `, ${replicas} times` : ""}`;
}

function tableOf(candidates: readonly Candidate[], chosen: Candidate | undefined): string {
  const head = ["", "memory", "parameters", "gradients", "optimizer", "activations", "moved", "a step", ""];
  const rows = candidates.map((candidate) => {
    const { weights, gathered, buffers, casts, gradients, optimizer, activations } = candidate.memory;
    const parts = [weights + gathered + buffers + casts, gradients, optimizer, activations];
    const remark = candidate === chosen ? "<" : candidate.fits ? "" : "too large";
    return [
      nameOf(candidate),
      ...[candidate.total, ...parts, candidate.moved].map((bytes) => (bytes === 0n ? "-" : bytesText(bytes))),
      timeText(candidate.seconds),
      remark,
    ];
  });
  return alignedTable([head, ...rows]);
}

function choiceText(network: Network, chosen: Candidate, launch: readonly string[]): string {
  const { time, seconds } = chosen;
  const parts = (
    [
      ["computing", time.compute],
      ["waiting for other stages", time.idle],
      ["moving", time.moving],
      ["the optimizer", time.update],
    ] as const
  ).flatMap(([what, part]) => (part > 0 ? [`${what} ${timeText(part)}`] : []));
  const lines = [
    `fastest that fits: ${nameOf(chosen)}, at least ${timeText(seconds)} a step: ${parts.join(", ")}`,
    ...(chosen.pipeline ? [stagesText(network, chosen.pipeline)] : []),
  ];
  if (launch.length === 0) {
    return [
      ...lines,
      "no script is written that trains it: it does not find a class of one image of a fixed size",
    ].join("\n");
  }
  return [...lines, "", ...launch].join("\n");
}

function stagesText(network: Network, { stages, microBatches }: Pipeline): string {
  const rows = stages.map(({ start, params, memory, seconds, given }, index) => [
    String(index + 1),
    nodeOf(network, start).name,
    groupDigits(params),
    bytesText(memory),
    timeText(seconds),
    given > 0n ? bytesText(given) : "",
  ]);
  const head = ["stage", "from", "params", "memory", "a part", "gives"];
  return `the batch goes through in ${microBatches} parts\n\n${alignedTable([head, ...rows])}`;
}

function noneText(candidates: readonly Candidate[]): string {
  const least = candidates.reduce((a, b) => (b.total < a.total ? b : a));
  return `none fits: the least is ${bytesText(least.total)} (${nameOf(least)}). More devices, a smaller --batch or --precision bfloat16 need less.`;
}
