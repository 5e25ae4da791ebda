/** Rows and columns of the input that no output ever sees. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { typesAt } from "../analysis/bind.js";
import { fullMasks, missing, positionsOf, readBy, seenOfInput, spatial, type Masks } from "../analysis/seen-pixels.js";
import { formatShape, plural } from "../base/integers.js";
import { listWords } from "../base/suggest.js";
import { nodeOf, type Network, type Node } from "../ir/network.js";
import { fixedShape } from "../ir/shape.js";
import { operatorNamed } from "../ops/registry.js";
import { kindsOf, type Rule } from "./rule.js";

export const unseen = defineDiagnostic<{ what: string; several: number; layer: string; direct: number }>({
  code: "CNN3001",
  severity: "warning",
  title: "input pixels that no output sees",
  message: ({ what, several, layer, direct }) =>
    direct
      ? `${what} of the input never ${several ? "reach" : "reaches"} ${layer}`
      : `${what} of the input ${several ? "reach" : "reaches"} no output: ${layer} drops what its window does not cover`,
  explanation: `A window that steps over its input leaves the last rows and columns out when (input - window + padding) is
not a multiple of the stride. AlexNet does so with 224x224 pixels: (224 - 11)/4 is not whole; 227x227 fits. Choose an
input size that fits, or a padding.`,
  example: {
    wrong: `INPUT 224x224x3
CONV 96 11x11 stride 4 pad 0`,
    right: `INPUT 227x227x3
CONV 96 11x11 stride 4 pad 0`,
  },
});

/** Positions that are looked at, at most: larger networks than any that is published are passed over. */
const MOST_WORK = 50_000_000;
const FARTHEST_SIZE = 64;

/** The nearest larger input, or else smaller one, of which every pixel is seen. */
function fittingInput(network: Network, input: Node, lost: readonly number[]): number[] | undefined {
  if (positionsOf(network) * 2 * FARTHEST_SIZE > MOST_WORK) return undefined;
  for (const direction of [1, -1]) {
    for (let step = 1; step <= FARTHEST_SIZE; step++) {
      const shape = fixedShape(input.type).map((size, axis) => (lost[axis] ? size + direction * step : size));
      // An image of less than half its sides is another one.
      if (shape.some((size, axis) => 2 * size < fixedShape(input.type)[axis]!)) break;
      const found = typesAt(network, new Map([[input.id, shape]]));
      if ("types" in found && missing(seenOfInput(network, input.id, found.types)).every((count) => count === 0))
        return shape;
    }
  }
  return undefined;
}

/** What one position of each axis is called, by how many axes there are. */
const AXES: Record<number, readonly string[]> = {
  1: ["step"],
  2: ["row", "column"],
  3: ["slice", "row", "column"],
};

/** `the last row and column`, `the last 3 rows`, `12 rows and columns`. */
function describe(masks: Masks): string {
  const counts = missing(masks);
  const parts = counts.flatMap((count, axis) =>
    count > 0 ? [{ count, noun: AXES[masks.length]?.[axis] ?? "position" }] : [],
  );
  const last = masks.every(
    (mask, axis) => counts[axis] === 0 || mask.lastIndexOf(1) === mask.length - counts[axis]! - 1,
  );
  const [first] = parts;
  const same = parts.every(({ count }) => count === first!.count);
  if (same) {
    const nouns = listWords(parts.map(({ noun }) => (first!.count === 1 ? noun : `${noun}s`)));
    if (first!.count === 1) return `the ${last ? "last " : ""}${nouns}`;
    return `${last ? "the last " : ""}${first!.count} ${nouns}`;
  }
  return (last ? "the last " : "") + listWords(parts.map(({ count, noun }) => plural(count, noun)));
}

export const unseenPixels: Rule = {
  name: "unseen-pixels",
  kinds: kindsOf(unseen),
  runs: "compile",
  doc: {
    why: "A window that does not come out even drops the last rows and columns: work to load and resize that nothing reads.",
    source:
      "CS231n, Convolutional Networks: the AlexNet paper says 224x224, which does not come out even; 227x227 does",
    told: "AlexNet's first layer, 11x11 at stride 4, on 224x224 pixels without padding",
    fine: "the same on 227x227 pixels",
  },
  checkNetwork(network) {
    if (network.symbols.length > 0 || positionsOf(network) > MOST_WORK) return [];
    const types = network.nodes.map((node) => node.type);
    return network.inputs.flatMap((id) => {
      const masks = seenOfInput(network, id, types);
      const lost = missing(masks);
      if (lost.every((count) => count === 0)) return [];
      const input = nodeOf(network, id);
      const culprit = network.nodes.find(
        (node) =>
          node.inputs.length > 0 &&
          missing(readBy(node, types[node.inputs[0]!]!, fullMasks(node.type))).some((count) => count > 0),
      );
      if (!culprit) return [];
      const arriving = types[culprit.inputs[0]!]!;
      // What lies between may look at a pixel from the side: only without windows are lost positions lost pixels.
      const between = network.nodes.slice(id + 1, culprit.id);
      const direct = between.every((node) => !operatorNamed(node.op).reach);
      const own = readBy(culprit, arriving, fullMasks(culprit.type));
      const notes = (operatorNamed(culprit.op).formula?.(culprit.args, [arriving]) ?? []).map(
        (line) => `${culprit.name}: ${line}`,
      );
      if (direct && missing(own).join() !== lost.join()) {
        notes.push(`layers further on drop more: in all ${describe(masks)} of the input reach no output`);
      }
      const fitting = fittingInput(network, input, lost);
      const place = input.argSpans["shape"];
      const fits = fitting && `${formatShape(spatial({ shape: fitting }))} fits`;
      const fixes =
        fitting && place
          ? [{ title: `${fits}: write ${formatShape(fitting)}`, edits: [{ span: place, text: formatShape(fitting) }] }]
          : [];
      if (fits && !place) notes.push(fits);
      const related = [{ span: culprit.span, text: "" }];
      const told = direct ? own : masks;
      const several = missing(told).reduce((sum, count) => sum + count, 0) > 1 ? 1 : 0;
      const args = { what: describe(told), several, layer: culprit.name, direct: direct ? 1 : 0 };
      return [diagnose(unseen, place ?? input.span, args, { related, notes, fixes })];
    });
  },
};
