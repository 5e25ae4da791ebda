// The checks that take too long for `npm test`, or need Python: for every net of the lecture and one of each file of the zoo,
// its ONNX file with weights against Python's onnx package, and `cnnc verify`. Needs a Python with .ci/requirements.txt as the
// argument.
//
//   node scripts/check-examples.mjs .venv/bin/python
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "examples/lecture14");
const [python = "python3"] = process.argv.slice(2);

/** Chains that use what the lecture does not: groups, dilation, uneven padding, ceil, averages, flattening, batch norm. */
const more = {
  windows:
    "INPUT 31x29x4 - CONV5x3-8/2x1 pad (0, 1, 2, 3) groups 2 - BN - RELU - POOL3/2 pad 1 ceil - CONV3-6/2 dilation 2 pad same - AVGPOOL3/2 ceil countpad pad 1 - FLATTEN - TANH - FC-9 - SOFTMAX",
  maps: "INPUT 16x12x3 - CONV3-8 no bias - LRN size 3 - SIGMOID - AVGPOOL2 - DROPOUT 0.2 - ID - POOL2/1 pad same",
  vectors: "INPUT 20 - FC-8 no bias - BN - TANH - FLATTEN - FC-4 - SOFTMAX",
  pooled: "INPUT 9x9x5 - GAP - FLATTEN",
  flattened: "INPUT 6x5x4 - FLATTEN - BN - FC-3",
};

/** Of each file of the zoo the net that is run: one that a small machine has done in a minute. */
const zoo = {
  alexnet: "AlexNet",
  audio: "M5Speech",
  c3d: "C3D",
  convnext: "ConvNeXtTiny",
  darknet19: "Darknet19",
  densenet: "DenseNet121",
  efficientnet: "EfficientNetB0",
  efficientnet_v2: "EfficientNetV2S",
  googlenet: "GoogLeNetAux",
  inception: "InceptionV3Aux",
  lenet5: "LeNet5_1998",
  mnasnet: "MnasNet0_5",
  mobilenet_v2: "MobileNetV2",
  mobilenet_v3: "MobileNetV3Small",
  regnet: "RegNetY_400MF",
  resnet: "ResNet50",
  shufflenet_v2: "ShuffleNetV2_x0_5",
  squeezenet: "SqueezeNet1_1",
  unet: "UNet",
  vgg: "VGG11BN",
  vit: "ViTTiny16",
  yolov3: "YoloV3",
  zfnet: "ZFNet",
};

/** Numbers for the letters of a net, and smaller ones than a model was made for. */
const sizes = { UNet: ["--size", "H=64", "--size", "W=48"] };

function cnnc(args, input) {
  return spawnSync(process.execPath, [join(root, "bin/cnnc.js"), ...args], {
    encoding: "utf8",
    input,
    maxBuffer: 1 << 28,
  });
}

let passed = 0;
let failed = 0;
function record(ok, text) {
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? "ok  " : "FAIL"} ${text}`);
}

const work = mkdtempSync(join(tmpdir(), "cnnc-check-"));
try {
  const programs = readdirSync(folder)
    .filter((name) => name.endsWith(".cnn") && name !== "sketch.cnn")
    .map((name) => join(folder, name));
  for (const [name, text] of Object.entries(more)) {
    const path = join(work, `${name}.cnn`);
    writeFileSync(path, `${text}\n`);
    programs.push(path);
  }
  const jobs = programs.map((program) => ({ program }));
  for (const name of readdirSync(join(root, "examples/zoo"))) {
    const net = zoo[name.replace(/\.cnn$/, "")];
    record(net !== undefined, `${name}: a net of it is run`);
    if (net) jobs.push({ program: join(root, "examples/zoo", name), net });
  }
  for (const { program, net: chosen } of jobs) {
    const choice = chosen ? ["--net", chosen, ...(sizes[chosen] ?? [])] : [];
    const which = chosen ? choice : ["--all"];
    // A report of one net is printed over many lines.
    const text = cnnc(["report", program, ...which, "--format", "json"]).stdout.trim();
    const reports = chosen ? [text] : text.split("\n");
    for (const report of reports) {
      const { net } = JSON.parse(report);
      const model = join(work, "model.onnx");
      writeFileSync(join(work, "report.json"), report);
      const built = cnnc(["build", program, "--net", net, ...(sizes[net] ?? []), "--target", "onnx", "-o", model]);
      record(built.status === 0, `${net}: built${built.status === 0 ? "" : `: ${built.stderr}`}`);
      const oracle = spawnSync(python, [join(root, "test/oracles/onnx_check.py"), model, join(work, "report.json")], {
        encoding: "utf8",
      });
      for (const line of oracle.stdout.trim().split("\n")) {
        if (/^(ok|FAIL)/.test(line)) record(line.startsWith("ok"), line.replace(/^\S+\s+/, ""));
      }
      if (!/passed/.test(oracle.stdout))
        record(false, `${net}: the oracle did not run: ${oracle.stderr.trim().split("\n").at(-1)}`);
    }
    const verified = cnnc(["verify", program, ...choice]);
    // Two lines a net: the verdict, and its figures.
    const verdicts = verified.stdout.trim().split(/\n(?! )/);
    for (const verdict of verdicts) record(verified.status === 0, verdict.replace(/\n\s*/, ": ") || verified.stderr);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
