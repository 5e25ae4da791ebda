/** `cnnc memory` and `cnnc fit`, as users have them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, runCommand } from "../command-line.js";
import { networkAt } from "../../src/analysis/bind.js";
import { inferenceMemory } from "../../src/analysis/memory/inference.js";
import { compile } from "../../src/compile.js";
import { optimizers } from "../../src/ir/training-options.js";
import { TRAINED_WITH } from "../../src/apps/cli/option-values.js";

const cnnc = (...args: string[]) => runCommand(args);

const resnet = ["examples/zoo/resnet.cnn", "--net", "ResNet50"];

describe("memory", () => {
  test("JSON has exact bytes, each layer that computes, and a place for each value", async () => {
    const { code, out } = await cnnc("memory", ...resnet, "--batch", "32", "--train", "adam", "--format", "json");
    expect(code).toBe(0);
    const { schema, inference, training } = JSON.parse(out);
    expect(schema).toBe("cnnc-memory/1");
    // 25,557,032 parameters, as torchvision has them.
    expect(inference.weights).toBe(25_557_032 * 4);
    expect(training.optimizer).toMatchObject({ name: "adam", bytes: 2 * 25_557_032 * 4 });
    expect(inference.steps[0].layer).toBe("conv1");
    expect(inference.plan.map(({ layer }: { layer: string }) => layer)).toContain("fc1");
    expect(Math.max(...inference.steps.map(({ live }: { live: number }) => live))).toBe(inference.peak);
  });

  test("the text says what each figure is, and --plan where values lie", async () => {
    const { out } = await cnnc("memory", "examples/lecture14/lenet5.cnn", "--plan");
    expect(out).toContain("LeNet5, batch 1, float32");
    expect(out).toMatch(/needed at once +23\.5 kB {2}in the order of the text, most at pool1; no order needs less/);
    // Its recipe is that of the program.
    expect(out).toContain("training with sgd");
    expect(out).toMatch(/^pool1 +18,816 +4,704 +3 +4$/m);
  });

  test("checkpoints need less, and say what is computed again", async () => {
    const bytes = async (...more: string[]) =>
      JSON.parse((await cnnc("memory", ...resnet, "--batch", "8", ...more, "--format", "json")).out).training;
    expect((await bytes("--checkpoint", "sqrt")).activations * 2).toBeLessThan((await bytes()).activations);
    expect(await bytes("--checkpoint", "4")).toMatchObject({ pieces: 4 });
  });

  test("mistakes are told in a sentence", async () => {
    expect((await cnnc("memory", ...resnet, "--precision", "int8", "--train")).err).toContain(
      "nothing is trained in int8",
    );
    expect((await cnnc("memory", ...resnet, "--precision", "int8")).out).not.toContain("training");
    expect((await cnnc("memory", "examples/zoo/unet.cnn", "--net", "UNet")).err).toContain("leaves H and W open");
    expect((await cnnc("memory", ...resnet, "--checkpoint", "1")).err).toContain("It is sqrt, or into how many pieces");
    expect((await cnnc("memory", ...resnet, "--batch", "0")).err).toContain("whole number from 1");
  });

  test("--train takes every optimizer of the language", () => {
    for (const name of Object.keys(optimizers)) expect(TRAINED_WITH).toContain(name);
  });
});

describe("assert peak.memory holds a net to what is needed at once", () => {
  // Chains, inverted residuals, residuals, dense blocks, inceptions, channels that are shuffled.
  test.each(["vgg", "mobilenet_v2", "resnet", "densenet", "googlenet", "shufflenet_v2"])("%s", async (name) => {
    const path = join(root, `examples/zoo/${name}.cnn`);
    const text = `${readFileSync(path, "utf8")}\nassert peak.memory < 1B at batch 4\n`;
    const { out } = await runCommand(["check", "-"], { input: text });
    const told = [...out.matchAll(/(\w+) does not hold peak\.memory < 1B: peak\.memory is ([\d,]+) bytes/g)];
    expect(told.length).toBeGreaterThan(0);
    for (const [, net, bytes] of told) {
      const { out: json } = await cnnc("memory", path, "--net", net!, "--batch", "4", "--format", "json");
      expect([net, Number(bytes!.replaceAll(",", ""))]).toEqual([net, JSON.parse(json).inference.peak]);
    }
  });

  test("with letters, where their numbers are given", async () => {
    const text = readFileSync(join(root, "examples/zoo/unet.cnn"), "utf8");
    const sizes = ["--net", "UNet", "--size", "H=96", "--size", "W=64"];
    const { out } = await runCommand(["memory", "-", ...sizes, "--format", "json"], { input: text });
    const { peak } = JSON.parse(out).inference;
    const report = (bytes: number) =>
      runCommand(["report", "-", ...sizes], { input: `${text}\nassert peak.memory <= ${bytes}B\n` });
    expect((await report(peak)).code).toBe(0);
    expect(await report(peak - 1)).toMatchObject({ code: 1, err: expect.stringContaining("CNN2125") });
  });
});

describe("fit", () => {
  test("the largest batch: one more does not fit", async () => {
    const fitted = JSON.parse(
      (await cnnc("fit", ...resnet, "--memory", "8GB", "--train", "adam", "--format", "json")).out,
    );
    const needs = async (batch: number) =>
      JSON.parse((await cnnc("memory", ...resnet, "--train", "adam", "--batch", String(batch), "--format", "json")).out)
        .training.total;
    expect(await needs(fitted.batch)).toBe(fitted.needed);
    expect(await needs(fitted.batch)).toBeLessThanOrEqual(8e9);
    expect(await needs(fitted.batch + 1)).toBeGreaterThan(8e9);
  });

  test("the largest input is one that works, and the next one does not fit", async () => {
    const { largest } = JSON.parse(
      (await cnnc("fit", "examples/zoo/yolov3.cnn", "--net", "YoloV3", "--memory", "1GB", "--format", "json")).out,
    );
    const path = join(root, "examples/zoo/yolov3.cnn");
    const network = compile(path, readFileSync(path, "utf8")).networks.find(({ name }) => name === "YoloV3")!;
    const totalAt = (side: number) => {
      const found = networkAt(network, new Map([[0, [side, side, 3]]]));
      return "fault" in found ? undefined : inferenceMemory(found.network).total;
    };
    expect(largest).toEqual([largest[0], largest[0]]);
    expect(totalAt(largest[0])).toBeLessThanOrEqual(1_000_000_000n);
    const further = Array.from({ length: 64 }, (_, more) => totalAt(largest[0] + 1 + more)).filter((bytes) => bytes);
    expect(further.length).toBeGreaterThan(0);
    for (const bytes of further) expect(bytes).toBeGreaterThan(1_000_000_000n);
  });

  test("not even one image: it says what one needs, and exits with 1", async () => {
    const { code, out } = await cnnc("fit", "examples/zoo/vgg.cnn", "--net", "VGG16", "--memory", "100MB");
    expect([code, out]).toEqual([1, expect.stringContaining("not even one image fits: one image needs 579 MB")]);
  });

  test("amounts have units", async () => {
    for (const amount of ["8", "8XB", "GB", "-1GB", "0GB"]) {
      expect(await cnnc("fit", ...resnet, `--memory=${amount}`)).toMatchObject({ code: 2 });
    }
    const memory = async (amount: string) =>
      JSON.parse((await cnnc("fit", ...resnet, "--memory", amount, "--format", "json")).out).memory;
    expect([await memory("1.5GiB"), await memory("1500 MB")]).toEqual([1_610_612_736, 1_500_000_000]);
  });
});
