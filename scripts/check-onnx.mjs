// ONNX files of every operator in every operator set, of open sizes, with folded normalisations and with external data,
// against Python's onnx package. Needs a Python with .ci/requirements.txt as the argument.
//
//   node scripts/check-onnx.mjs .venv/bin/python
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compile, DEFAULT_OPSET, NEWEST_OPSET, operators } from "../dist/index.js";

const root = resolve(import.meta.dirname, "..");
const program = join(root, "test/oracles/every-operator.cnn");
const [python = "python3"] = process.argv.slice(2);

const { networks } = compile(program, readFileSync(program, "utf8"));
const used = new Set(networks.find(({ name }) => name === "EveryOperator").nodes.map(({ op }) => op));
const missing = Object.keys(operators).filter((name) => !used.has(name));

const work = mkdtempSync(join(tmpdir(), "cnnc-onnx-"));
const files = [];
let failed = 0;

/** Builds a net of the program; `what` is added to the name of the file. */
function build(net, what, ...options) {
  const file = join(work, `${net}-${what}.onnx`);
  const args = ["build", program, "--net", net, "--target", "onnx", "-o", file, ...options];
  const { status, stderr } = spawnSync(process.execPath, [join(root, "bin/cnnc.js"), ...args], { encoding: "utf8" });
  if (status === 0) files.push(file);
  else {
    failed++;
    console.log(`FAIL ${net} ${options.join(" ")}: ${stderr.trim()}`);
  }
}

try {
  if (missing.length > 0) {
    failed++;
    console.log(`FAIL every-operator.cnn lacks ${missing.join(", ")}`);
  }
  for (const { name } of networks) {
    for (let opset = DEFAULT_OPSET; opset <= NEWEST_OPSET; opset++) build(name, opset, "--opset", `${opset}`);
  }
  build("EveryOperator", "folded", "--fold-bn");
  build("EveryOperator", "external", "--external-data");
  build("EveryOperator", "architecture", "--weights", "none");
  build("AnyImage", "half-open", "--size", "H=32");
  const { stdout, stderr } = spawnSync(python, [join(root, "test/oracles/onnx_valid.py"), ...files], {
    encoding: "utf8",
  });
  const [, passed, wrong] = /(\d+) passed, (\d+) failed\s*$/.exec(stdout) ?? [];
  console.log(stdout.trim().split("\n").slice(0, -1).join("\n"));
  if (passed === undefined) {
    failed++;
    console.log(`FAIL the oracle did not run: ${stderr.trim().split("\n").at(-1)}`);
  }
  failed += Number(wrong ?? 0);
  console.log(`${passed ?? 0} passed, ${failed} failed`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
