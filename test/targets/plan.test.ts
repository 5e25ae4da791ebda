/** What `cnnc plan` says, against processes of PyTorch that train so: what each keeps, and what it gives to others. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { devices } from "../../src/analysis/devices.js";
import type { Candidate } from "../../src/analysis/plan/cluster.js";
import { planOf } from "../../src/analysis/plan/plan.js";
import { emitPyTorch } from "../../src/emit/pytorch/emit.js";
import { defaultTraining, optimizerNamed } from "../../src/ir/default-training.js";
import { nodeOf } from "../../src/ir/network.js";
import { writeFiles } from "../../src/run/files.js";
import { exampleNet } from "../example-nets.js";
import { torchrun } from "./torchrun.js";

const oracle = resolve(import.meta.dirname, "../oracles/plan.py");
const folder = mkdtempSync(join(tmpdir(), "cnnc-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Rank {
  readonly parameters: number;
  readonly state: number;
  readonly sent: number;
}

const BATCH = 8;
const PROCESSES = 4;
const optimizer = optimizerNamed("adam");

describe.each([
  ["zoo/resnet.cnn", "ResNet18"],
  ["zoo/vit.cnn", "ViTTiny16"],
  ["zoo/squeezenet.cnn", "SqueezeNet1_1"],
])("%s %s", (file, name) => {
  const network = exampleNet(file, name);
  const device = devices["a100"]!;
  const cluster = { devices: PROCESSES, memory: 10n ** 12n, device, link: device.link! };
  const candidates = planOf(network, cluster, { batch: BATCH, optimizer })!;

  async function ranks(...how: string[]): Promise<Rank[]> {
    const training = { ...defaultTraining(network.span), optimizer };
    await writeFiles(folder, emitPyTorch({ ...network, training }, { stem: "model" }));
    const lines = await torchrun(folder, PROCESSES, oracle, "model_train", String(BATCH), ...how);
    return JSON.parse(lines.find((line) => line.includes("RANKS"))!.split("RANKS ")[1]!) as Rank[];
  }

  test("the state of the optimizer, shared out", async () => {
    const found = candidates.find(({ strategy }) => strategy === "zero 1")!;
    const most = Math.max(...(await ranks("--zero", "1")).map(({ state }) => state));
    expect(found.memory.optimizer).toBe(BigInt(most) * 4n);
  });

  const pipelines = candidates.flatMap(({ pipeline, ...rest }) => (pipeline ? [{ ...rest, pipeline }] : []));
  test.each(pipelines.map((found) => [found.pipeline.stages.length, found] as const))("%d stages", async (_, found) => {
    const { stages, microBatches } = found.pipeline;
    const layers = stages.slice(1).map(({ start }) => nodeOf(network, start).name);
    const all = await ranks("--stages", ...layers, "--micro-batches", String(microBatches));
    expect(all.map(({ parameters }) => BigInt(parameters))).toEqual(
      Array.from({ length: found.replicas }, () => stages.map(({ params }) => params)).flat(),
    );
    expect(all.map(({ sent }) => BigInt(sent))).toEqual(sentBy(found));
  });
});

/** What each process gives to its neighbours: what is computed forward, and the gradients of what it was given. */
function sentBy({ replicas, pipeline }: Candidate): bigint[] {
  const { stages, microBatches } = pipeline!;
  const given = stages.map((stage) => stage.given * BigInt(microBatches));
  return Array.from({ length: replicas }, () => given.map((bytes, stage) => bytes + (given[stage - 1] ?? 0n))).flat();
}
