// Every net of the zoo computes the same in onnxruntime, TensorFlow.js, PyTorch and Keras, on the smallest pictures that it
// takes. Python's targets are left out where CNNC_PYTHON names none, which is said.
//
//   node scripts/verify-zoo.mjs [NET...]
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "examples/zoo");

/** Sides of pictures, and lengths of sequences, that are tried. */
const SIDES = [32, 48, 64, 96, 128, 160, 192, 224, 256, 299, 320, 384];

async function compiled(file) {
  const { compile } = await import("../dist/compile.js");
  return compile(join(folder, file), readFileSync(join(folder, file), "utf8")).networks;
}

/** The net on the smallest square pictures (or cubes, or as it is written) that it takes. */
async function smallest(network) {
  const { networkAt } = await import("../dist/analysis/bind.js");
  const [input] = network.inputs;
  const { shape } = network.nodes[input].type;
  for (const side of SIDES) {
    // Sides differ in sequences and volumes: those stay in proportion.
    const first = shape[0];
    if (typeof first === "number" && side >= first) break;
    const scaled = shape
      .slice(0, -1)
      .map((length) => (typeof length === "number" ? Math.max(1, Math.round((length * side) / first)) : side));
    const found = networkAt(network, new Map([[input, [...scaled, shape.at(-1)]]]));
    if (!("fault" in found)) return found.network;
  }
  return network;
}

async function verifyOne(file, name) {
  const { verify } = await import("../dist/run/index.js");
  const { formatDimensions } = await import("../dist/ir/shape.js");
  const network = await smallest((await compiled(file)).find((one) => one.name === name));
  const started = performance.now();
  const { comparisons, skipped, agrees } = await verify(network, 0);
  const size = formatDimensions(network.nodes[network.inputs[0]].type.shape);
  const worst = new Map();
  for (const { target, relative } of comparisons) worst.set(target, Math.max(relative, worst.get(target) ?? 0));
  const figures = [...worst].map(([target, relative]) => `${target} ${relative.toExponential(1)}`);
  const missing = skipped.map(({ target }) => `${target} left out`);
  const isWhole = skipped.length === 0 || !process.env.CNNC_PYTHON;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `${agrees && isWhole ? "ok  " : "FAIL"} ${name} at ${size}: ${[...figures, ...missing].join(", ")} (${seconds} s)`,
  );
}

/** Runs one net in a process of its own, so that what a runtime keeps ends with it. */
function apart(file, name) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [import.meta.filename, "--one", file, name], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let error = "";
    child.stdout.on("data", (part) => (out += part));
    child.stderr.on("data", (part) => (error += part));
    child.on("close", () => {
      const line = out.split("\n").find((text) => /^(ok {2}|FAIL)/.test(text));
      done(line ?? `FAIL ${name}: ${error.trim().split("\n").at(-1)}`);
    });
  });
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === "--one") await verifyOne(...rest);
else {
  const wanted = process.argv.slice(2);
  const jobs = [];
  for (const file of readdirSync(folder)) {
    for (const { name } of await compiled(file)) {
      if (wanted.length === 0 || wanted.includes(name)) jobs.push([file, name]);
    }
  }
  let failed = 0;
  const total = jobs.length;
  const work = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const line = await apart(...job);
      if (line.startsWith("FAIL")) failed++;
      console.log(line);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  console.log(`${total - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && total > 0 ? 0 : 1;
}
