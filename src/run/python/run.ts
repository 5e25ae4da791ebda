/** Runs networks as the Python modules that `cnnc build` writes. */
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emitKeras } from "../../emit/keras/emit.js";
import { emitOnnx } from "../../emit/onnx/emit.js";
import { className, emitPyTorch } from "../../emit/pytorch/emit.js";
import { encodeSafetensors } from "../../emit/safetensors/encode.js";
import { bytesOf, streamOf, type EmittedFile } from "../../emit/bytes.js";
import { readerOf } from "../../import/bytes.js";
import { readSafetensors, readValues } from "../../import/safetensors/read.js";
import { nodeOf, type Network } from "../../ir/network.js";
import { RunError } from "../errors.js";
import { withTemporaryFolder, writeTemporary } from "../files.js";
import { inputsOf, type Inputs } from "../input.js";
import { checkRunnable } from "../limits.js";
import type { RunOptions } from "../onnx.js";
import type { NamedTensor } from "../tensors.js";
import { interpreterFor } from "./interpreter.js";
import { PACKAGES, RUNNER, type PythonTarget } from "./runner.js";

/** A network to run, on inputs that have the batch as their first axis. */
export interface PythonJob extends RunOptions {
  readonly network: Network;
  readonly inputs: Inputs;
  /** Whether the target also writes the weights that it has loaded. */
  readonly savesWeights?: boolean;
}

/** What came of a job: its outputs, channels last, or what Python said. */
export type PythonResult =
  { readonly outputs: NamedTensor[]; readonly saved?: Uint8Array } | { readonly error: string };

interface Emitted {
  readonly files: readonly EmittedFile[];
  /** What of the module makes the model, where there is something to choose from. */
  readonly name?: string;
}

const emitters: Record<PythonTarget, (job: PythonJob) => Promise<Emitted>> = {
  async pytorch({ network, weights }) {
    return { files: emitPyTorch(network, { weights, stem: "model" }), name: className(network) };
  },
  async keras({ network, weights }) {
    return { files: emitKeras(network, { weights, stem: "model" }) };
  },
  async "onnx.reference"({ network, weights }) {
    return { files: [{ path: "model.onnx", data: emitOnnx(network, { weights }) }] };
  },
};

/** Outputs of a network in a Python target. Errors: `RunError`, also where no Python has the packages. */
export async function runPython(target: PythonTarget, job: PythonJob): Promise<NamedTensor[]> {
  const [result] = await runAllPython(target, [job]);
  if ("error" in result!) throw new RunError(`${job.network.name} does not run in ${target}: ${result.error}`);
  return result!.outputs;
}

/** The same for any number of networks in one process, which has to load its packages once. */
export async function runAllPython(target: PythonTarget, jobs: readonly PythonJob[]): Promise<PythonResult[]> {
  const python = await interpreterFor(target);
  if (python === undefined) {
    throw new RunError(
      `running ${target} models needs a Python that has ${PACKAGES[target].join(" and ")}: name it in CNNC_PYTHON, or pip install ${PACKAGES[target].join(" ")}`,
    );
  }
  return withTemporaryFolder(async (folder) => {
    const described: Awaited<ReturnType<typeof prepare>>[] = [];
    for (const [index, job] of jobs.entries()) described.push(await prepare(target, job, join(folder, String(index))));
    await writeFile(join(folder, "runner.py"), RUNNER);
    await writeFile(join(folder, "jobs.json"), JSON.stringify(described));
    const lines = await linesOf(python, [join(folder, "runner.py"), join(folder, "jobs.json")]);
    return Promise.all(
      jobs.map(async ({ network }, index): Promise<PythonResult> => {
        const line = lines[index];
        const answer = line === undefined ? { ok: false } : (JSON.parse(line) as { ok: boolean; error?: string });
        if (!answer.ok) return { error: answer.error ?? "Python ended before it was run" };
        const { outputs, saved } = described[index]!;
        return {
          outputs: outputsOf(network, await readFile(outputs)),
          ...(saved === null ? {} : { saved: await readFile(saved) }),
        };
      }),
    );
  });
}

async function prepare(target: PythonTarget, job: PythonJob, folder: string) {
  const { network } = job;
  checkRunnable(network);
  const values = inputsOf(network, job.inputs);
  const { files, name } = await emitters[target](job);
  await mkdir(folder);
  const inputs = values.map(({ data, ...tensor }) => ({ ...tensor, data: streamOf(bytesOf(data)) }));
  await writeTemporary(folder, [...files, { path: "inputs.safetensors", data: encodeSafetensors(inputs, {}) }]);
  const weights = files.find(({ path }) => path.endsWith(".safetensors"));
  return {
    target,
    name,
    module: join(folder, files.at(-1)!.path),
    weights: weights ? join(folder, weights.path) : null,
    inputs: join(folder, "inputs.safetensors"),
    input_names: values.map((value) => value.name),
    outputs: join(folder, "outputs.safetensors"),
    saved: job.savesWeights && weights ? join(folder, "saved.safetensors") : null,
  };
}

function outputsOf(network: Network, bytes: Uint8Array): NamedTensor[] {
  const reader = readerOf(bytes);
  const { tensors } = readSafetensors(reader);
  return network.outputs.map((id, index) => {
    const stored = tensors.get(`output${index}`)!;
    const data = new Float32Array(stored.size);
    readValues(reader, stored, 0, data);
    return { name: nodeOf(network, id).name, shape: stored.shape, data };
  });
}

/** The lines of JSON that a program prints; what else it says is only told where it fails altogether. */
async function linesOf(python: string, args: readonly string[]): Promise<string[]> {
  return new Promise((done, failed) => {
    const child = spawn(python, args, { stdio: ["ignore", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.on("error", failed);
    child.on("close", () => {
      const lines = output.split("\n").filter((line) => line.startsWith("{"));
      if (lines.length === 0) failed(new RunError(`Python failed: ${errors.trim().split("\n").at(-1) ?? ""}`));
      else done(lines);
    });
  });
}
