/** `assert` and `train`. */
import { describe, expect, test } from "vitest";
import { peakMemory } from "../../src/analysis/figures.js";
import { compileText, describe as say, expectDiagnostics, networkOf } from "../harness.js";

// 3*3*3*8 + 8 = 224 parameters, 216*64 = 13,824 multiply-accumulates, 192 + 512 + 512 values
const net = (line: string) => `net N {\nINPUT 8x8x3 - CONV3-8 - RELU\n${line}\n}`;

describe("assert", () => {
  test.each([
    "params < 225",
    "params == 224 and macs == 13_824",
    "224 <= params < 1K",
    "weights == 216 and biases == 8 and buffers == 0",
    "macs < 13.9K",
    "flops == 2*macs + 512",
    "activations == 8*8*3 + 2*8*8*8",
    "layers == 2",
    "params.memory == 896B",
    // Input and convolution; the activation is computed in place.
    "peak.memory == 2816B",
    "peak.memory <= 2.9KB at batch 1",
    "peak.memory <= 5.5KiB at batch 2",
    "not params > 1M or layers == 5",
    "params / 2 == 112 and params % 10 == 4",
  ])("%s", (line) => expectDiagnostics(net(`assert ${line}`), []));

  test("a division by 0 is told, and holds for nothing", () => {
    for (const line of ["params % 0 == 5", "params / 0 > 1", "macs // 0 != 3"]) {
      expectDiagnostics(net(`assert ${line}`), ['CNN2006 at "0": a divisor has to be other than 0, not 0']);
    }
    expect(compileText(net("assert params % (params - 224) == 5")).diagnostics.map(({ code }) => code)).toEqual([
      "CNN2125",
    ]);
  });

  test("CNN2125: a budget that is exceeded is an error, with the figures", () => {
    expectDiagnostics(net("assert params < 200"), [
      'CNN2125 at "params < 200": N does not hold params < 200: params is 224',
    ]);
    expectDiagnostics(net("assert peak.memory <= 4KB at batch 3"), [
      'CNN2125 at "peak.memory <= 4KB": N does not hold peak.memory <= 4KB: peak.memory is 8,448 bytes',
    ]);
  });

  test("beside the nets of a file it holds for all of them", () => {
    const text = "assert params < 50\nnet A { INPUT 8 - FC-5 }\nnet B { INPUT 8 - FC-6 }\nblock C { RELU }";
    expectDiagnostics(text, ['CNN2125 at "params < 50": B does not hold params < 50: params is 54']);
  });

  test("CNN2126: bytes are no count", () => {
    expectDiagnostics(net("assert params < 5MB"), ['CNN2126 at "5MB": params is a count, 5MB are bytes']);
    expectDiagnostics(net("assert peak.memory < 5M"), [
      'CNN2126 at "5M": peak.memory is in bytes, 5M is not: write 5MB',
    ]);
  });

  test("CNN2053: a figure that there is not", () => {
    expectDiagnostics(net("assert parms < 5M"), [
      'CNN2053 at "parms": parms is no figure of a network; there are params, weights, biases, buffers, macs, flops, activations, layers, peak.memory and params.memory',
    ]);
  });

  test("CNN2031: a figure alone is no condition", () => {
    expectDiagnostics(net("assert params"), [
      'CNN2031 at "params": a condition is true or false, but params is a number',
    ]);
  });

  test("CNN3006: what depends on the size of the input is not decided", () => {
    expectDiagnostics("INPUT HxWx3 - CONV3-8\nassert macs < 5M", [
      'CNN3006 at "macs < 5M": whether macs < 5M depends on the input: macs is 216*H*W',
    ]);
    expectDiagnostics("INPUT HxWx3 - CONV3-8\nassert params < 5M", []);
    // Which layer needs the most is another one for other sizes: the sum is no less.
    expectDiagnostics("INPUT HxWx3 - CONV3-8 - DROPOUT 0.5\nassert peak.memory < 5MB", [
      'CNN3006 at "peak.memory < 5MB": whether peak.memory < 5MB depends on the input: peak.memory is at most 44*H*W bytes',
    ]);
  });

  test("figures past 2^53 are exact", () => {
    // 30000^2 * 2^31 weights: 1,932,735,282,300,000,000
    const big = "INPUT 30000x30000x1000 - CONV 2147483647 1x1 no bias";
    expectDiagnostics(`${big}\nassert weights == 2147483647000`, []);
    expectDiagnostics(`${big}\nassert macs == 1932735282300000000000`, []);
  });
});

test("the peak is what has to be kept at once: a skip is kept until it is read", () => {
  // 8x8x4 floats are 1,024 bytes: input, conv1, conv2 while conv2 runs, with the skip over both.
  expect(peakMemory(networkOf("INPUT 8x8x4 - CONV3-4 - CONV3-4"))).toBe(2_048n);
  expect(peakMemory(networkOf("INPUT 8x8x4 - ADD { CONV3-4 - CONV3-4 | ID }"))).toBe(3_072n);
});

test("the peak is that of the best order, with nothing for what is computed in place or is another shape", () => {
  expect(peakMemory(networkOf("INPUT 8x8x4 - CONV3-4 - RELU - DROPOUT 0.5 - FLATTEN - FC-2"))).toBe(2_048n);
  // The branch that shrinks runs first: two maps of 16x16x8, and the 8 values that it leaves.
  const text = "net X { INPUT 16x16x8 - CONV1-8 - MUL { CONV3-8 - CONV3-8 | GAP - FC-8 } }";
  expect(peakMemory(networkOf(text), 3)).toBe(3n * 4n * (2n * 2048n + 8n));
});

describe("train", () => {
  const training = (text: string) => networkOf(`net N {\nINPUT 8 - FC-3\ntrain {\n${text}\n}\n}`).training!;

  test("takes what the lecture says", () => {
    const { loss, optimizer, schedule, batch, epochs } = training(`loss crossentropy
optimizer sgd lr 1e-2 momentum 0.9 decay 5e-4
schedule plateau factor 0.1
batch 128
epochs 90`);
    expect({ loss, optimizer, schedule, batch, epochs }).toEqual({
      loss: { name: "crossentropy", values: { smoothing: 0 } },
      optimizer: { name: "sgd", values: { lr: 0.01, momentum: 0.9, decay: 5e-4, nesterov: 0 } },
      schedule: { name: "plateau", values: { factor: 0.1, patience: 10, warmup: 0 } },
      batch: 128,
      epochs: 90,
    });
  });

  test("has defaults for what is left out, and flags", () => {
    expect(training("optimizer sgd nesterov").optimizer.values).toMatchObject({ lr: 0.01, nesterov: 1 });
    expect(training("epochs (2*3)").optimizer.name).toBe("sgd");
  });

  test.each([
    ["optimizer adamm", 'CNN2056 at "adamm": optimizer has no adamm; there are sgd, adam, adamw and rmsprop'],
    [
      "optimiser sgd",
      'CNN2056 at "optimiser": train has no optimiser; there are loss, optimizer, schedule, batch and epochs',
    ],
    [
      "optimizer sgd learning_rate 0.1",
      'CNN2056 at "learning_rate": sgd has no learning_rate; there are lr, momentum, decay and nesterov',
    ],
    ["batch", 'CNN2055 at "batch": batch needs a number behind it'],
    ["batch 0", 'CNN2006 at "0": batch has to be a whole number from 1, not 0'],
    ["batch 1.5", 'CNN2006 at "1.5": batch has to be a whole number, not 1.5'],
    ["schedule step factor 0.1", 'CNN2055 at "step": step needs every, the epochs between two steps behind it'],
    ["optimizer sgd momentum 1", 'CNN2006 at "1": momentum has to be below 1, not 1'],
    ["batch 3\nbatch 4", 'CNN2054 at "batch": train has its batch twice'],
    ["batch = 3", 'CNN2024 at "=": settings are written without an equals sign: batch 128'],
  ])("%s", (text, message) => {
    expect(compileText(`net N {\nINPUT 8 - FC-3\ntrain {\n${text}\n}\n}`).diagnostics.map(say)).toEqual([message]);
  });
});
