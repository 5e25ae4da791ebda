/** Scripts in several processes of PyTorch on one machine. */
import { execFile } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { promisify } from "node:util";
import { interpreterFor } from "../../src/run/python/interpreter.js";

const execute = promisify(execFile);

/** A port that nobody listens at: the usual one may be another training's. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "localhost", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

/** What the processes print, line by line. */
export async function torchrun(folder: string, processes: number, ...script: string[]): Promise<string[]> {
  const python = (await interpreterFor("pytorch"))!;
  const port = String(await freePort());
  const start = ["-m", "torch.distributed.run", "--nproc_per_node", String(processes), "--master_port", port];
  // PyTorch 1.13 fails without these in Python 3.11; they write and tell the output of each process.
  const told = ["-r", "1", "-t", "1", "--log_dir", "logs"];
  const env = { ...process.env, OMP_NUM_THREADS: "1" };
  const { stdout } = await execute(python, [...start, ...told, ...script], { cwd: folder, env });
  return stdout.split("\n");
}
