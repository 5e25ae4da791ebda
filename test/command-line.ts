/**
 * The command line as `npm run build` made it. Most tests ask what a command says and how it ends: those call it within
 * this process, which has loaded it already. What only a process has (signals, pipes, what native code prints) is tested
 * in one of its own.
 */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";

export const root = resolve(import.meta.dirname, "..");

/** The file that users run. */
export const program = join(root, "bin/cnnc.js");

/** How a command ended, and what it said. */
export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where a command runs; without colours and with nothing to read, where that is not said. */
export interface Surroundings {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const bundle = import(pathToFileURL(join(root, "dist/bundle/cnnc.js")).href) as Promise<{
  main(args: readonly string[]): Promise<number>;
}>;

/** Commands share the process's streams and folder: each waits for the one before it. */
let before: Promise<unknown> = Promise.resolve();

/** Runs a command within this process. */
export function runCommand(args: readonly string[], surroundings: Surroundings = {}): Promise<Result> {
  const result = before.then(() => runHere(args, surroundings));
  before = result.catch(() => undefined);
  return result;
}

/** Runs a command in a process of its own. */
export function spawnCommand(args: readonly string[], { cwd = root, input = "", env }: Surroundings = {}): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: "utf8",
    input,
    env: { ...process.env, ...COLOURLESS, ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

const COLOURLESS = { NO_COLOR: "", FORCE_COLOR: "" };

async function runHere(args: readonly string[], { cwd = root, input = "", env }: Surroundings): Promise<Result> {
  const { main } = await bundle;
  const [out, err] = [new Kept(), new Kept()];
  const streams = { stdout: out, stderr: err, stdin: Readable.from(input === "" ? [] : [Buffer.from(input)]) };
  const [folder, environment] = [process.cwd(), process.env];
  const own = Object.keys(streams).map((name) => [name, Object.getOwnPropertyDescriptor(process, name)!] as const);
  try {
    process.chdir(cwd);
    process.env = { ...environment, ...COLOURLESS, ...env };
    for (const [name, value] of Object.entries(streams)) {
      Object.defineProperty(process, name, { value, configurable: true, enumerable: true });
    }
    const code = await main(args);
    return { code, out: out.text, err: err.text };
  } finally {
    for (const [name, property] of own) Object.defineProperty(process, name, property);
    process.env = environment;
    process.chdir(folder);
  }
}

/** A stream that keeps what is written to it; no terminal. */
class Kept extends Writable {
  readonly #chunks: Buffer[] = [];

  get text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }
}
