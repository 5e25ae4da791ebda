/** `cnnc plan`, and `cnnc build --train`, as users have them. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "../command-line.js";

const folder = mkdtempSync(join(tmpdir(), "cnnc-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

const RESNET = ["examples/zoo/resnet.cnn", "--net", "ResNet50"];
const cnnc = (...args: string[]) => runCommand(args);
const plan = (...args: string[]) => cnnc("plan", ...RESNET, "--train", "adam", ...args);

test("data parallel where it fits, with the lines that build and start it", async () => {
  const { code, out } = await plan("--devices", "8", "--memory", "80GB", "--batch", "1024");
  expect(code).toBe(0);
  expect(out).toMatch(/^data parallel .* <$/m);
  expect(out.trimEnd().split("\n").slice(-2)).toEqual([
    "cnnc build examples/zoo/resnet.cnn --net ResNet50 --target pytorch --train adam -o ResNet50.py",
    "torchrun --nproc_per_node 8 ResNet50_train.py --data FOLDER --batch 1024",
  ]);
});

test("a pipeline where only that fits: each stage with its first layer, and machines of eight", async () => {
  const { code, out } = await plan("--devices", "16", "--memory", "3GB", "--batch", "512");
  expect(code).toBe(0);
  expect(out).toMatch(/^data parallel .* too large$|^2 stages, 8 times .* <$/m);
  const [, start] = out.trimEnd().split("\n").slice(-2);
  expect(start).toMatch(/^torchrun --nnodes 2 --node_rank 0 --master_addr HOST --nproc_per_node 8 ResNet50_train.py /);
});

test("none fits: what needs least is told, and the exit code says so", async () => {
  const { code, out } = await plan("--devices", "2", "--memory", "100MB", "--batch", "512");
  expect(code).toBe(1);
  expect(out).toMatch(/none fits: the least is [\d.]+ [MG]B \(/);
});

test("JSON has exact figures, and the commands", async () => {
  const options = ["--devices", "4", "--batch", "64", "--format", "json"];
  const found = JSON.parse((await plan(...options)).out);
  expect(found).toMatchObject({ schema: "cnnc-plan/1", net: "ResNet50", devices: 4, batch: 64, optimizer: "adam" });
  const [whole] = found.candidates;
  const { total, ...parts } = whole.memory as Record<string, number>;
  expect(Object.values(parts).reduce((sum, bytes) => sum + bytes, 0)).toBe(total);
  // 25,557,032 gradients of 4 bytes and 53,120 running statistics, 3/4 of them twice and once.
  expect(whole.moved).toBe(2 * 25_557_032 * 3 + 53_120 * 3);
  expect(found.commands).toHaveLength(2);
});

test("mistakes are told in a sentence", async () => {
  const err = async (...args: string[]) => (await plan(...args)).err;
  expect(await err()).toContain("'--devices <number>' not specified");
  expect(await err("--devices", "0")).toContain("a whole number from 1 to 65536");
  expect(await err("--devices", "8", "--device", "laptop")).toContain("say --link");
  expect(await err("--devices", "8", "--device", "t4", "--precision", "bfloat16")).toContain(
    "float32, float16 and int8",
  );
  const few = await cnnc("plan", "examples/lecture14/lenet5.cnn", "--devices", "64", "--batch", "4");
  expect(few).toMatchObject({
    code: 2,
    err: expect.stringContaining("a batch of 4 has no image for each of 64 devices"),
  });
});

test("a net that no script trains has a plan all the same", async () => {
  const sizes = ["--size", "H=512", "--size", "W=512"];
  const { code, out } = await cnnc("plan", "examples/zoo/unet.cnn", "--net", "UNet", ...sizes, "--devices", "2");
  expect(code).toBe(0);
  expect(out).toContain("no script is written that trains it");
});

test("build --train writes the script where the program has no recipe", async () => {
  const out = join(folder, "net.py");
  const build = (...args: string[]) => cnnc("build", ...RESNET, "--weights", "none", "-o", out, ...args);
  expect((await build("--target", "pytorch")).code).toBe(0);
  expect(existsSync(join(folder, "net_train.py"))).toBe(false);
  expect((await build("--target", "pytorch", "--train", "adamw")).code).toBe(0);
  expect(readFileSync(join(folder, "net_train.py"), "utf8")).toContain("OPTIMIZER = (torch.optim.AdamW, ");
  expect(await build("--target", "keras", "--train")).toMatchObject({
    code: 2,
    err: expect.stringContaining("--train is for --target tfjs and pytorch, not for keras"),
  });
});

test("build --train is refused where no script could train the net", async () => {
  const program = join(folder, "two.cnn");
  writeFileSync(program, "net Map {\n  INPUT 8x8x3 - CONV3-4\n}\n");
  expect(await cnnc("build", program, "--target", "pytorch", "--train", "-o", join(folder, "map.py"))).toMatchObject({
    code: 2,
    err: expect.stringContaining("Map does not find a class of one image of a fixed size"),
  });
});
