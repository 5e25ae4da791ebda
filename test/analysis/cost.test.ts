/**
 * Parameters, buffers and multiply-accumulates against torchvision's models, each counted by running it once: the chains
 * among them.
 */
import { describe, expect, test } from "vitest";
import { costOf, totalCost } from "../../src/analysis/cost.js";
import { networkOf } from "../harness.js";

const vgg = (groups: readonly (readonly [filters: number, layers: number])[], norm = "") => `
  INPUT 224x224x3
  ${groups.map(([filters, layers]) => `[CONV3-${filters}${norm} - RELU]*${layers} - POOL2`).join("\n  ")}
  [FC-4096 - RELU - DROPOUT]*2 - FC-1000`;

const alexnet = `
  INPUT 224x224x3
  CONV11-64/4 pad 2 - RELU - POOL3/2 - CONV5-192 - RELU - POOL3/2
  CONV3-384 - RELU - [CONV3-256 - RELU]*2 - POOL3/2
  [DROPOUT - FC-4096 - RELU]*2 - FC-1000`;

const A = [
  [64, 1],
  [128, 1],
  [256, 2],
  [512, 2],
  [512, 2],
] as const;
const B = [
  [64, 2],
  [128, 2],
  [256, 2],
  [512, 2],
  [512, 2],
] as const;
const D = [
  [64, 2],
  [128, 2],
  [256, 3],
  [512, 3],
  [512, 3],
] as const;
const E = [
  [64, 2],
  [128, 2],
  [256, 4],
  [512, 4],
  [512, 4],
] as const;

describe("torchvision counts the same", () => {
  test.each([
    {
      model: "alexnet",
      text: alexnet,
      params: 61_100_840n,
      buffers: 0n,
      macs: 714_188_480n,
      convActivations: 484_992n,
    },
    {
      model: "vgg11",
      text: vgg(A),
      params: 132_863_336n,
      buffers: 0n,
      macs: 7_609_090_048n,
      convActivations: 7_426_048n,
    },
    {
      model: "vgg11_bn",
      text: vgg(A, " - BN"),
      params: 132_868_840n,
      buffers: 5_504n,
      macs: 7_609_090_048n,
      convActivations: 7_426_048n,
    },
    {
      model: "vgg13",
      text: vgg(B),
      params: 133_047_848n,
      buffers: 0n,
      macs: 11_308_466_176n,
      convActivations: 12_242_944n,
    },
    {
      model: "vgg16",
      text: vgg(D),
      params: 138_357_544n,
      buffers: 0n,
      macs: 15_470_264_320n,
      convActivations: 13_547_520n,
    },
    {
      model: "vgg16_bn",
      text: vgg(D, " - BN"),
      params: 138_365_992n,
      buffers: 8_448n,
      macs: 15_470_264_320n,
      convActivations: 13_547_520n,
    },
    {
      model: "vgg19",
      text: vgg(E),
      params: 143_667_240n,
      buffers: 0n,
      macs: 19_632_062_464n,
      convActivations: 14_852_096n,
    },
    {
      model: "vgg19_bn",
      text: vgg(E, " - BN"),
      params: 143_678_248n,
      buffers: 11_008n,
      macs: 19_632_062_464n,
      convActivations: 14_852_096n,
    },
  ])("$model", ({ text, params, buffers, macs, convActivations }) => {
    const network = networkOf(text);
    const costs = network.nodes.map((node) => costOf(network, node));
    const total = totalCost(costs);
    const ofConvolutions = totalCost(costs.filter((_, index) => network.nodes[index]!.op === "conv"));
    expect({ params: total.params, buffers: total.buffers, macs: total.macs }).toEqual({ params, buffers, macs });
    expect(ofConvolutions.activations).toBe(convActivations);
    expect(total.weights + total.biases).toBe(params);
  });
});
