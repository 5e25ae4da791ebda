/** `cnnc build FILE --target onnx|tfjs -o PATH`: files that other tools run. */
import { stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import {
  emitOnnx,
  emitTfjs,
  LARGEST_FILE,
  toJson,
  weightBytes,
  type EmittedFile,
  type Network,
} from "../../../index.js";
import { RunError, writeFiles } from "../../../run/index.js";
import { withProgress } from "../progress.js";
import { bindOne, type Sizes } from "../sizes.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { EXIT, print, UsageError } from "../terminal.js";

export interface BuildOptions {
  target: "onnx" | "tfjs";
  output: string;
  net?: string;
  size?: Sizes;
  seed: number;
  weights: "init" | "none";
  format: "text" | "json";
}

export async function build(path: string, options: BuildOptions): Promise<number> {
  const chosen = chooseNetwork(path, await networksOf(path, options.format, options.net), options.net);
  const network = bindOne(chosen, options.size);
  const { folder, stem, ending } = await placeFor(options, network);
  const files = await emit(network, options, stem, ending);
  if (files.some((file) => resolve(folder, file.path) === resolve(path))) {
    throw new UsageError(`${path} is the program itself and would be overwritten: choose another output`);
  }
  const total = files.reduce((sum, { data }) => sum + data.byteLength, 0);
  try {
    await withProgress(`building ${network.name}`, total, (progress) => writeFiles(folder, files, progress));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${options.output} cannot be written (${describeCode(code)})`);
  }
  report(network, options, folder, files, total);
  return EXIT.fine;
}

async function emit(network: Network, options: BuildOptions, stem: string, ending: string): Promise<EmittedFile[]> {
  const { seed, weights, target } = options;
  const bytes = weightBytes(network);
  const most = target === "onnx" ? LARGEST_FILE : LARGEST_TFJS;
  if (weights !== "none" && bytes > most) {
    const holder = target === "onnx" ? "one ONNX file holds" : "a tfjs model holds";
    const [size, limit] = [bytes, most].map((count) => (Number(count) / 1e9).toFixed(2));
    throw new RunError(
      `${network.name} has weights of ${size} GB; ${holder} at most ${limit} GB: build it with --weights none`,
    );
  }
  if (target === "tfjs") return emitTfjs(network, { seed, weights, stem, ending: ending as ".js" | ".mjs" });
  return [{ path: stem + ending, data: emitOnnx(network, { seed, weights }) }];
}

/** More than any browser addresses. */
const LARGEST_TFJS = 2n ** 32n;

/** A path with an ending is the main file; any other is the folder that it goes into, named as the net. */
async function placeFor(
  { target, output }: BuildOptions,
  network: Network,
): Promise<{ folder: string; stem: string; ending: string }> {
  const endings = target === "onnx" ? [".onnx"] : [".js", ".mjs"];
  const ending = extname(output);
  const isFolder =
    output.endsWith("/") ||
    (await stat(output).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  if (!isFolder && endings.includes(ending)) return { folder: dirname(output), stem: basename(output, ending), ending };
  if (!isFolder && (ending !== "" || output === "-" || (await exists(output)))) {
    throw new UsageError(`${output}: the ${target} target writes ${endings.join(" or ")} files, or into a folder`);
  }
  return { folder: output, stem: network.name.replace(/[^A-Za-z0-9._-]/g, "_"), ending: endings[0]! };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function describeCode(code: string): string {
  const words: Record<string, string> = {
    EACCES: "it may not be written",
    ENOENT: "there is no such folder",
    ENOTDIR: "a part of its path is a file",
    EEXIST: "a file stands where its folder should be",
    ENOSPC: "the disk is full",
    EROFS: "the disk is read-only",
  };
  return words[code] ?? code;
}

/** Shards are told as one line. */
function report(
  network: Network,
  options: BuildOptions,
  folder: string,
  files: readonly EmittedFile[],
  total: number,
): void {
  if (options.format === "json") {
    const list = files.map(({ path, data }) => ({ path: join(folder, path), bytes: data.byteLength }));
    print(
      toJson({
        schema: "cnnc-build/1",
        net: network.name,
        target: options.target,
        seed: options.seed,
        weights: options.weights,
        files: list,
        bytes: total,
      }),
    );
    return;
  }
  const shards = files.filter(({ path }) => path.endsWith(".bin"));
  const rest = files.filter((file) => !shards.includes(file));
  for (const { path, data } of [...rest].reverse()) print(`${join(folder, path)}  ${bytesText(data.byteLength)}`);
  if (shards.length === 0) return;
  const bytes = shards.reduce((sum, { data }) => sum + data.byteLength, 0);
  const name = shards.length === 1 ? shards[0]!.path : `${shards[0]!.path} and ${shards.length - 1} more`;
  print(`${join(folder, name)}  ${bytesText(bytes)}`);
}

export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
