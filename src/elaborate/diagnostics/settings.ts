/** What the elaborator reports about `train`, `assert` and their settings. */
import { defineDiagnostic } from "../../base/diagnostics.js";
import { thereIs } from "../../base/suggest.js";

export const unknownFigure = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2053",
  severity: "error",
  title: "a figure that does not exist",
  message: ({ name, known }) =>
    /^[A-Z]$/.test(name)
      ? `no INPUT has a side called ${name}`
      : `${name} is no figure of a network; ${thereIs(known)}`,
  explanation: `An assertion compares figures of the network, or the letters of its INPUT. params, weights, biases, buffers, macs,
flops, activations and layers are counts; peak.memory and params.memory are bytes.`,
  example: {
    wrong: `INPUT 32x32x3 - CONV3-16
assert parameters < 1M`,
    right: `INPUT 32x32x3 - CONV3-16
assert params < 1M`,
  },
});

export const settingTwice = defineDiagnostic<{ name: string }>({
  code: "CNN2054",
  severity: "error",
  title: "a setting that is given twice",
  message: ({ name }) => `train has its ${name} twice`,
  explanation: `Each setting of a train block stands there once.`,
  example: {
    wrong: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train {
  batch 128
  batch 64
}`,
    right: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train {
  batch 128
  epochs 10
}`,
  },
});

export const settingWithoutValue = defineDiagnostic<{ name: string; wanted: string }>({
  code: "CNN2055",
  severity: "error",
  title: "a setting without its value",
  message: ({ name, wanted }) => `${name} needs ${wanted} behind it`,
  explanation: `A setting is a word with what it is behind it: loss crossentropy, optimizer sgd lr 1e-2, batch 128.`,
  example: {
    wrong: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train { optimizer sgd lr }`,
    right: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train { optimizer sgd lr 0.1 }`,
  },
});

export const unknownSetting = defineDiagnostic<{ name: string; of: string; known: readonly string[] }>({
  code: "CNN2056",
  severity: "error",
  title: "a setting that does not exist",
  message: ({ name, of, known }) => `${of} has no ${name}` + (known.length > 0 ? `; ${thereIs(known)}` : ""),
  explanation: `A train block sets loss, optimizer, schedule, batch and epochs; docs/language.md lists what each can be.`,
  example: {
    wrong: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train { optimizer sdg lr 0.1 }`,
    right: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train { optimizer sgd lr 0.1 }`,
  },
});
