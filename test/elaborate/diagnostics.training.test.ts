/** What is said about assertions and training. */
import { describe, test } from "vitest";
import { expectMistake } from "../harness.js";

describe("assertions", () => {
  const BEFORE = "net A { INPUT 8x8x3 - FC-3 }\n";

  test.each([
    ["assert params < 10", 'CNN2125 at "params < 10": A does not hold params < 10: params is 579'],
    [
      "assert param < 10",
      'CNN2053 at "param": param is no figure of a network; there are params, weights, biases, buffers, macs, flops, activations, layers, peak.memory and params.memory',
      "assert params < 10",
    ],
    ["assert params", 'CNN2031 at "params": a condition is true or false, but params is a number'],
    ["assert params = 10", 'CNN1002 at "=": expected == to compare, found =', "assert params == 10"],
    ["assert params < 10MB", 'CNN2126 at "10MB": params is a count, 10MB are bytes', "assert params < 10M"],
    [
      "assert peak.memory < 10M",
      'CNN2126 at "10M": peak.memory is in bytes, 10M is not: write 10MB',
      "assert peak.memory < 10MB",
    ],
    [
      "assert peak.memory < 1KB at batch 8",
      'CNN2125 at "peak.memory < 1KB": A does not hold peak.memory < 1KB: peak.memory is 6,240 bytes',
    ],
    [
      "assert peak_memory < 10KB",
      'CNN2053 at "peak_memory": peak_memory is no figure of a network; there are params, weights, biases, buffers, macs, flops, activations, layers, peak.memory and params.memory',
      "assert peak.memory < 10KB",
    ],
    [
      "assert memory < 10KB",
      'CNN2053 at "memory": memory is no figure of a network; there are params, weights, biases, buffers, macs, flops, activations, layers, peak.memory and params.memory',
      "assert peak.memory < 10KB",
    ],
    [
      "assert parameters < 5M",
      'CNN2053 at "parameters": parameters is no figure of a network; there are params, weights, biases, buffers, macs, flops, activations, layers, peak.memory and params.memory',
      "assert params < 5M",
    ],
    [
      "assert peak.memory < 10KB at bach 1",
      'CNN1002 at "bach": expected batch, found bach',
      "assert peak.memory < 10KB at batch 1",
    ],
    [
      "assert peak.memory < 10KB at batch",
      'CNN1002 at "h": expected a number, a variable or an expression in parentheses, found the end of the file',
    ],
    [
      "assert peak.memory < 10KB batch 1",
      'CNN1002 at "batch": expected at batch, found batch',
      "assert peak.memory < 10KB at batch 1",
    ],
    ["assert peak.memory < 10KB at batch 0", 'CNN2006 at "0": the batch has to be a whole number from 1, not 0'],
    [
      "assert params < 5 M",
      'CNN1006 at "M": 5 and M stand side by side: write a dash or a new line between them',
      "assert params < 5M",
    ],
    ["assert params << 5M", 'CNN1002 at "<": expected a number, a variable or an expression in parentheses, found <'],
    ["assert params: 5M", 'CNN1002 at "params:": expected a comparison such as params < 5M, found params:'],
    ["assert (params < 5M", 'CNN1003 at "(": this ( is never closed: a ) is missing', "assert (params < 5M)"],
    [
      "assert params < 1,000",
      'CNN1002 at "1,000": expected 1000, without a comma, found 1,000',
      "assert params < 1000",
    ],
    [
      "asert params < 1000",
      'CNN1014 at "asert": asert is no word of the language: did you mean assert?',
      "assert params < 1000",
    ],
    ["assert H % 8 == 0", 'CNN2053 at "H": no INPUT has a side called H'],
    [
      "assert params < 5M and",
      'CNN1002 at "d": expected a number, a variable or an expression in parentheses, found the end of the file',
    ],
    ["assert 3 + true < 4", 'CNN2125 at "3 + true < 4": A does not hold 3 + true < 4'],
    [
      "assert RELU < 4",
      'CNN2053 at "RELU": RELU is no figure of a network; there are params, weights, biases, buffers, macs, flops, activations, layers, peak.memory and params.memory',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("assertions", () => {
  test.each([
    [
      "net A { INPUT HxWx3 - CONV3-3 }\nassert H % 8",
      'CNN2031 at "H % 8": a condition is true or false, but H % 8 is a number',
    ],
    [
      "net A { INPUT HxWx3 - CONV3-3 }\nassert macs < 1M",
      'CNN3006 at "macs < 1M": whether macs < 1M depends on the input: macs is 81*H*W',
    ],
    [
      "block U { CONV3-3\nassert params < 3 }\nnet A { INPUT 8x8x3 - U }",
      'CNN1012 at "assert params < 3": assert cannot stand inside of a block: write it in the net or beside it',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("training", () => {
  const BEFORE = "net A { INPUT 8x8x3 - FC-3 }\n";

  test.each([
    [
      "train { los crossentropy }",
      'CNN2056 at "los": train has no los; there are loss, optimizer, schedule, batch and epochs',
      "train { loss crossentropy }",
    ],
    [
      "train { loss crosentropy }",
      'CNN2056 at "crosentropy": loss has no crosentropy; there are crossentropy, binarycrossentropy, mse and mae',
      "train { loss crossentropy }",
    ],
    [
      "train { loss cross-entropy }",
      'CNN2056 at "cross-entropy": loss has no cross-entropy; there are crossentropy, binarycrossentropy, mse and mae',
      "train { loss crossentropy }",
    ],
    [
      "train { loss CrossEntropy }",
      'CNN2056 at "CrossEntropy": loss has no CrossEntropy; there are crossentropy, binarycrossentropy, mse and mae',
      "train { loss crossentropy }",
    ],
    ["train { loss }", 'CNN2055 at "loss": loss needs crossentropy, binarycrossentropy, mse or mae behind it'],
    [
      "train { loss = crossentropy }",
      'CNN2024 at "=": settings are written without an equals sign: batch 128',
      "train { loss crossentropy }",
    ],
    [
      "train { loss: crossentropy }",
      'CNN2024 at ":": settings are written without a colon: batch 128',
      "train { loss crossentropy }",
    ],
    ["train { loss mse 3 }", 'CNN1002 at "3": expected nothing more behind mse, found 3'],
    [
      "train { optimizer SGD lr 0.1 }",
      'CNN2056 at "SGD": optimizer has no SGD; there are sgd, adam, adamw and rmsprop',
      "train { optimizer sgd lr 0.1 }",
    ],
    [
      "train { optimizer Adam }",
      'CNN2056 at "Adam": optimizer has no Adam; there are sgd, adam, adamw and rmsprop',
      "train { optimizer adam }",
    ],
    [
      "train { optimizer sgd(lr = 0.1) }",
      'CNN1002 at "(lr = 0.1)": expected no parentheses, found (lr = 0.1)',
      "train { optimizer sgd lr 0.1 }",
    ],
    ["train { optimizer sgd lr }", 'CNN2055 at "lr": lr needs a number behind it'],
    [
      "train { optimizer sgd lr = 0.1 }",
      'CNN2024 at "=": settings are written without an equals sign: batch 128',
      "train { optimizer sgd lr 0.1 }",
    ],
    [
      "train { optimizer sgd lr 0.1 momentun 0.9 }",
      'CNN2056 at "momentun": sgd has no momentun; there are lr, momentum, decay and nesterov',
      "train { optimizer sgd lr 0.1 momentum 0.9 }",
    ],
    [
      "train { optimizer sgd 0.1 }",
      'CNN1002 at "0.1": expected lr, momentum, decay or nesterov before its number, found 0.1',
      "train { optimizer sgd lr 0.1 }",
    ],
    [
      "train { optimizer sgd lr 0.1, momentum 0.9 }",
      'CNN2056 at "momentum": train has no momentum; there are loss, optimizer, schedule, batch and epochs',
    ],
    [
      "train { optimizer adam momentum 0.9 }",
      'CNN2056 at "momentum": adam has no momentum; there are lr, beta1, beta2, eps and decay',
    ],
    ["train { optimizer sgd momentum 1.5 }", 'CNN2006 at "1.5": momentum has to be below 1, not 1.5'],
    ["train { batch 0 }", 'CNN2006 at "0": batch has to be a whole number from 1, not 0'],
    ["train { batch 1.5 }", 'CNN2006 at "1.5": batch has to be a whole number, not 1.5'],
    ["train { batch -1 }", 'CNN2006 at "-1": batch has to be a whole number from 1, not -1'],
    ["train { batch many }", 'CNN2055 at "many": batch needs a number behind it'],
    [
      "train { batch 128 epochs 64 }",
      'CNN1002 at "epochs": expected a comma or a new line, found epochs',
      "train { batch 128, epochs 64 }",
    ],
    [
      "train { loss mse batch 64 }",
      'CNN1002 at "batch": expected a comma or a new line, found batch',
      "train { loss mse, batch 64 }",
    ],
    ["train { batch 128\nbatch 64 }", 'CNN2054 at "batch": train has its batch twice'],
    ["train { epochs 10 20 }", 'CNN1002 at "20": expected nothing more behind epochs, found 20'],
    ["train { lr 0.1 }", 'CNN2056 at "lr": train has no lr; there are loss, optimizer, schedule, batch and epochs'],
    [
      "train { learning_rate 0.1 }",
      'CNN2056 at "learning_rate": train has no learning_rate; there are loss, optimizer, schedule, batch and epochs',
    ],
    [
      "train { batch_size 32 }",
      'CNN2056 at "batch_size": train has no batch_size; there are loss, optimizer, schedule, batch and epochs',
      "train { batch 32 }",
    ],
    ["train { schedule step every 0 factor 0.1 }", 'CNN2006 at "0": every has to be a whole number from 1, not 0'],
    [
      "train { schedule step factor 0.1 }",
      'CNN2055 at "step": step needs every, the epochs between two steps behind it',
    ],
    [
      "train { schedule steps every 3 }",
      'CNN2056 at "steps": schedule has no steps; there are constant, step, plateau, cosine and exponential',
      "train { schedule step every 3 }",
    ],
    ["train loss crossentropy", 'CNN1002 at "loss": expected {, found loss'],
    [
      "train { loss crossentropy",
      'CNN1003 at "{": this { is never closed: a } is missing',
      "train { loss crossentropy }",
    ],
    [
      "train { batch 8 }\ntrain { batch 9 }",
      'CNN1012 at "train": a second train cannot stand here: a net is trained in one way',
    ],
    [
      "trian { batch 8 }",
      'CNN1014 at "trian": trian is no word of the language: did you mean train?',
      "train { batch 8 }",
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});
