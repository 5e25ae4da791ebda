/** Every operator computes in PyTorch and in Keras what it computes in onnxruntime, and weights come back as they went. */
import { beforeAll, describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { emitSafetensors } from "../../src/emit/safetensors/emit.js";
import { liveNodes } from "../../src/emit/live.js";
import { noiseInputs } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import { runAllPython, type PythonResult } from "../../src/run/python/run.js";
import { difference, TOLERANCE } from "../../src/run/verify.js";
import { networkOf } from "../harness.js";
import { smallNets } from "../run/nets.js";
import { operatorNets } from "../run/operator-nets.js";

/** Names and texts that Python reads otherwise, and what else is easily got wrong. */
const awkward = [
  `net X {
    class: INPUT 8x8x3
    import: CONV3-4 - eval: RELU - forward: CONV3-4 - self: RELU - x: CONV3-4 - y: ADD { ID | lambda: CONV3-4 } - None: FC-3
  }`,
  `## Says """ and ''' and \\ and \${1} and */ and {braces}.
   net Sequential { INPUT 8x8x3 - CONV3-4 - GAP - FC-2 }`,
  `block nn1(c) { CONV3-c - RELU }
   block F(c) { ADD { CONV3-c | CONV1-c } }
   block Scale(c) { CONV1-c - SCALE }
   net torch { INPUT 8x8x3 - F(4) - F(4)*3 - Scale(5) - layers: FC-3 }`.replace("nn1", "Nn1"),
  `block Unit(c, s) { ADD { CONV3-c/s - BN - RELU - CONV3-c - BN | CONV1-c/s - BN } - RELU }
   block Stage(c, n, s) { Unit(c, s) - Unit(c, 1)*n }
   net X { INPUT 16x16x3 - Stage(4, 1, 1) - Stage(8, 2, 2) - Stage(12, 4, 2) - GAP - FC-3 }`,
  `block Dense(k) { CONCAT { ID | BN - RELU - CONV3-k } }
   net X { INPUT 8x8x4 - Dense(3)*5 - again: [CONV3-4 - RELU]*3 - GAP - FC-2 }`,
  `block Two(@skip) { ADD { @skip | CONV3-4 } }
   net X { a: INPUT 8x8x4
     b: INPUT 8x8x4
     output one = ADD { @a | @b } - Two(@a) - c: Two(@b)
     output two = @c - GAP - FC-3 }`,
];

const nets = [...smallNets, ...Object.values(operatorNets).flat(), ...awkward];

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
