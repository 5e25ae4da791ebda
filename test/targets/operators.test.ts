/** Every operator computes in PyTorch and in Keras what it computes in onnxruntime, and weights come back as they went. */
import { beforeAll, describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { emitSafetensors } from "../../src/emit/safetensors/emit.js";
import { liveNodes } from "../../src/ir/live.js";
import { noiseInputs } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import { runAllPython, type PythonResult } from "../../src/run/python/run.js";
import { difference, TOLERANCE } from "../../src/run/verify.js";
import { networkOf } from "../harness.js";
import { awkwardNets } from "../run/awkward-nets.js";
import { smallNets } from "../run/nets.js";
import { operatorNets } from "../run/operator-nets.js";

const nets = [...smallNets, ...Object.values(operatorNets).flat(), ...awkwardNets];

describe.each(["pytorch", "keras"] as const)("%s", (target) => {
  let results: PythonResult[];
  const jobs = nets.map((text) => {
    const network = networkOf(text);
    return { network, inputs: noiseInputs(network, 3), weights: seededWeights(3, "probe"), savesWeights: true };
  });

  beforeAll(async () => {
    results = await runAllPython(target, jobs);
  });

  test.each(nets.map((text, index) => [text.replace(/\s+/g, " "), index] as const))("%s", async (_text, index) => {
    const result = results[index]!;
    if ("error" in result) throw new Error(result.error);
    const { network, inputs, weights } = jobs[index]!;
    const expected = await runOnnx(network, inputs, { weights });
    expect(result.outputs.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    result.outputs.forEach((output, place) => {
      expect(difference(output, expected[place]!).relative).toBeLessThanOrEqual(TOLERANCE);
    });
    const isWhole = liveNodes(network).size === network.nodes.length;
    if (result.saved && isWhole) expect(tensorsOf(result.saved)).toEqual(tensorsOf(bytesOf(network)));
  });
});

function bytesOf(network: Parameters<typeof emitSafetensors>[0]): Uint8Array {
  return Buffer.concat([...emitSafetensors(network, seededWeights(3, "probe")).chunks()]);
}

/** Each tensor of a safetensors file, by name: its shape and its bytes. */
function tensorsOf(bytes: Uint8Array): Record<string, unknown> {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
    string,
    { shape: number[]; data_offsets: [number, number] }
  >;
  return Object.fromEntries(
    Object.entries(header)
      .filter(([name]) => name !== "__metadata__")
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([
          name,
          {
            shape,
            data_offsets: [from, to],
          },
        ]) => {
          const values = Buffer.from(bytes.subarray(8 + length + from, 8 + length + to)).toString("base64");
          return [name, { shape, values }];
        },
      ),
  );
}
