/** Batch normalisation over a handful of images. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { plural } from "../base/integers.js";
import { kindsOf, type Rule } from "./rule.js";
import { whereTrained } from "./training-rule.js";

export const smallBatchNorm = defineDiagnostic<{ batch: number; norm: string }>({
  code: "CNN3136",
  severity: "warning",
  title: "batch normalisation of a small batch",
  message: ({ batch, norm }) =>
    `${norm} takes its statistics of ${plural(batch, "image")}: they say little of all images`,
  explanation: `The mean and the variance of two or four images are others in each step, and the running ones that are used
afterwards are others again. Take larger batches, or group normalisation (GN-8, GN-32), which needs no batch.`,
  example: {
    wrong: `INPUT 32x32x3 - CONV3-16 no bias - BN - RELU - GAP - FC-10
train { batch 2 }`,
    right: `INPUT 32x32x3 - CONV3-16 no bias - BN - RELU - GAP - FC-10
train { batch 32 }`,
    lint: {},
  },
});

/** From 8 images on group normalisation is hardly better (figure 1 of its paper). */
const SMALLEST = 8;

export const smallBatchNormRule: Rule = {
  name: "small-batch-norm",
  kinds: kindsOf(smallBatchNorm),
  runs: "lint",
  doc: {
    why: "ResNet-50's error rises from 23.6 % with 32 images a device to 34.7 % with two.",
    source: "Wu and He 2018 (Group Normalization), figure 1 and table 2",
    told: "a segmenter of large images trained with batch 2 and BN",
    fine: "ResNet-50 with 32 images a device; U-Net of 2015, which trains with single images and has no BN",
  },
  checkNetwork: whereTrained(({ batch, span }, { nodes }) => {
    const norm = nodes.find(({ op }) => op === "bn");
    return norm && batch < SMALLEST ? [diagnose(smallBatchNorm, span, { batch, norm: norm.name })] : [];
  }),
};
