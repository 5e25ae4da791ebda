/** Rows and columns of the input that no output ever sees. */
import { defineDiagnostic, diagnose, type DiagnosticKind } from "../base/diagnostics.js";
import { typesAt } from "../analysis/bind.js";
import { formatShape, plural } from "../base/integers.js";
import { listWords } from "../base/suggest.js";
import { nodeOf, type Network, type Node, type NodeId, type TensorType } from "../ir/network.js";
import { fixedShape } from "../ir/shape.js";
import type { AxisReach } from "../ops/define.js";
import { operatorNamed } from "../ops/registry.js";
import type { Rule } from "./rule.js";

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
});

/** For each spatial axis which positions are read: 1 where they are. */
type Masks = readonly Uint8Array[];

/** Networks with letters are passed over. */
const spatial = (type: TensorType) => fixedShape(type).slice(0, -1);
const full = (type: TensorType): Masks => spatial(type).map((size) => new Uint8Array(size).fill(1));
const missing = (masks: Masks): number[] => masks.map((mask) => mask.length - mask.reduce((sum, bit) => sum + bit, 0));

/** The positions of a node's input that are read, when those of its output in `needed` are. Linear in both sizes. */
function readBy(node: Node, input: TensorType, needed: Masks): Masks {
  const reach = operatorNamed(node.op).reach?.(node.args, [input]);
  if (!reach) return needed.length === spatial(input).length ? needed : full(input);
  return reach.map((axis, index) => readAlong(axis, fixedShape(input)[index]!, needed[index]!));
}

function readAlong(
  { window, stride, dilation, padBefore = 0 }: AxisReach,
  size: number,
  needed: Uint8Array,
): Uint8Array {
  const mask = new Uint8Array(size);
  if (dilation > 1) {
    // The taps of a dilated window leave gaps: each is marked by itself, of a window no longer than the input.
    for (let output = 0; output < needed.length; output++) {
      if (!needed[output]) continue;
      for (let tap = 0; tap < window; tap++) {
        const position = output * stride - padBefore + tap * dilation;
        if (position >= size) break;
        if (position >= 0) mask[position] = 1;
      }
    }
    return mask;
  }
  // Windows come in order: nothing before `done` has to be marked again.
  let done = 0;
  for (let output = 0; output < needed.length; output++) {
    if (!needed[output]) continue;
    const start = Math.max(done, output * stride - padBefore);
    const end = Math.min(size, output * stride - padBefore + window);
    for (let position = start; position < end; position++) mask[position] = 1;
    done = Math.max(done, end);
    if (done >= size) break;
  }
  return mask;
}

/** What is read of the input, from the outputs backwards. `types` are those of the nodes. */
function seenOfInput(network: Network, input: NodeId, types: readonly TensorType[]): Masks {
  const pending = new Map<NodeId, Masks>(network.outputs.map((id) => [id, full(types[id]!)]));
  for (let id = network.nodes.length - 1; id > input; id--) {
    const node = network.nodes[id]!;
    const needed = pending.get(id);
    // Each mask is let go of when it has been used: a deep network needs no more memory than a wide layer.
    pending.delete(id);
    if (!needed) continue;
    for (const source of node.inputs) {
      const read = readBy(node, types[source]!, needed);
      const known = pending.get(source);
      pending.set(source, known ? union(known, read) : read);
    }
  }
  return pending.get(input) ?? spatial(types[input]!).map((size) => new Uint8Array(size));
}

function union(a: Masks, b: Masks): Masks {
  return a.map((mask, axis) => mask.map((bit, position) => bit | b[axis]![position]!));
}

/** Positions that are looked at, at most: larger networks than any that is published are passed over. */
const MOST_WORK = 50_000_000;
const FARTHEST_SIZE = 64;

function workOf(network: Network): number {
  return network.nodes.reduce((sum, { type, args }) => {
    const dilated = Array.isArray(args["dilation"]) && args["dilation"].some((size) => size > 1);
    const taps = dilated ? Math.max(...(args["window"] as number[])) : 1;
    return sum + spatial(type).reduce((positions, size) => positions + size * taps, 0);
  }, 0);
}

/** The nearest larger input, or else smaller one, of which every pixel is seen. */
function fittingInput(network: Network, input: Node, lost: readonly number[]): number[] | undefined {
  if (workOf(network) * 2 * FARTHEST_SIZE > MOST_WORK) return undefined;
  for (const direction of [1, -1]) {
    for (let step = 1; step <= FARTHEST_SIZE; step++) {
      const shape = fixedShape(input.type).map((size, axis) => (lost[axis] ? size + direction * step : size));
      if (shape.some((size) => size < 1)) continue;
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
  kinds: [unseen as unknown as DiagnosticKind],
  check(network) {
    const types = network.nodes.map((node) => node.type);
    if (network.symbols.length > 0 || workOf(network) > MOST_WORK) return [];
    return network.inputs.flatMap((id) => {
      const masks = seenOfInput(network, id, types);
      const lost = missing(masks);
      if (lost.every((count) => count === 0)) return [];
      const input = nodeOf(network, id);
      const culprit = network.nodes.find(
        (node) =>
          node.inputs.length > 0 &&
          missing(readBy(node, types[node.inputs[0]!]!, full(node.type))).some((count) => count > 0),
      );
      if (!culprit) return [];
      const arriving = types[culprit.inputs[0]!]!;
      // What lies between may look at a pixel from the side: only without windows are lost positions lost pixels.
      const between = network.nodes.slice(id + 1, culprit.id);
      const direct = between.every((node) => !operatorNamed(node.op).reach);
      const own = readBy(culprit, arriving, full(culprit.type));
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
