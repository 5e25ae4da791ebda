// The way from the slide to a running model, in a minute: npm run demo
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const out = mkdtempSync(join(tmpdir(), "cnnc-demo-"));

function show(title, ...commands) {
  console.log(`\n== ${title}`);
  for (const args of commands) {
    console.log(`\n$ cnnc ${args.map((arg) => arg.replace(out, "out")).join(" ")}`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/cnnc.js"), ...args], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Findings of a command come on its standard error; the demo shows them once, where they are the subject.
    process.stdout.write(stdout.replaceAll(out, "out"));
    if (status !== 0) {
      process.stderr.write(stderr);
      process.exitCode = 1;
    }
  }
}

const example = (name) => `examples/lecture14/${name}`;
const started = performance.now();
try {
  show("The table of slides 21 to 23 is a program; this is what it describes", [
    "report",
    example("vgg16.slide.cnn"),
    "--format",
    "slide",
  ]);
  show("Its figures are checked: one of them does not hold", ["check", example("vgg16.slide.cnn")]);
  show(
    "Blocks and branches carry the notation to today's networks, and sizes may stay open",
    ["report", "examples/zoo/unet.cnn", "--net", "UNet"],
    ["sizes", "examples/zoo/unet.cnn"],
  );
  show(
    "Two targets of one network",
    ["build", example("alexnet.cnn"), "--target", "onnx", "-o", join(out, "alexnet.onnx")],
    ["build", example("alexnet.cnn"), "--target", "tfjs", "-o", join(out, "alexnet.js")],
  );
  show(
    "Both run, and compute the same function",
    ["verify", example("lenet5.cnn")],
    ["verify", example("alexnet.cnn")],
    ["verify", example("vgg16.slide.cnn")],
    ["verify", "examples/zoo/shufflenet_v2.cnn", "--net", "ShuffleNetV2_x1_0"],
  );
} finally {
  rmSync(out, { recursive: true, force: true });
}
console.log(`\nDone in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
