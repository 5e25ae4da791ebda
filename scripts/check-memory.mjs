// Builds VGG-16, 553 MB of weights, as an ONNX file in several ways and tells the most memory that each took. Fails where one
// takes 300 MB or more: files are streams, and no model has to fit into memory.
//
//   node scripts/check-memory.mjs
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const MOST_MEGABYTES = 300;
const root = resolve(import.meta.dirname, "..");
const program = join(root, "examples/zoo/vgg.cnn");
const work = mkdtempSync(join(tmpdir(), "cnnc-memory-"));
let passed = 0;
let failed = 0;

// Says on standard error what the process took at most, when it ends.
const meter = join(work, "meter.mjs");
writeFileSync(
  meter,
  'process.on("exit", () => process.stderr.write(`\\nmaxRSS ${process.resourceUsage().maxRSS * 1024}\\n`));\n',
);

/** Builds into a folder of its own, which is gone afterwards where it is not to be kept. */
function build(what, net, args, keep = false) {
  const output = mkdtempSync(join(work, "out-"));
  const cli = [join(root, "bin/cnnc.js"), "build", program, "--net", net, "-o", output, ...args];
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", pathToFileURL(meter).href, ...cli], {
    encoding: "utf8",
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const megabytes = Math.round(Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1e6);
  const ok = status === 0 && megabytes < MOST_MEGABYTES;
  if (ok) passed++;
  else failed++;
  console.log(
    `${ok ? "ok  " : "FAIL"} ${what}: ${megabytes} MB of memory, ${seconds} s${status === 0 ? "" : `: ${stderr}`}`,
  );
  if (!keep) rmSync(output, { recursive: true });
  return output;
}

try {
  const onnx = ["--target", "onnx"];
  build("VGG16, weights of a seed", "VGG16", onnx);
  build("VGG16, weights in a file of their own", "VGG16", [...onnx, "--external-data"]);
  const file = join(
    build("VGG16BN as safetensors", "VGG16BN", ["--target", "safetensors"], true),
    "VGG16BN.safetensors",
  );
  build("VGG16BN, weights of that file, normalisations folded", "VGG16BN", [...onnx, "--fold-bn", "--weights", file]);
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
