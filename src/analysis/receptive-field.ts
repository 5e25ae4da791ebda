/**
 * Receptive fields: how much of the input a position of a layer's result is made of, how far apart those of neighbours lie, and
 * how far the first one reaches into the padding (Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural
 * Networks", Distill 2019), along all paths and axis by axis.
 */
import { inputTypes, nodeOf, type Network, type Node, type NodeId, type TensorType } from "../ir/network.js";
import { fixedShape } from "../ir/shape.js";
import { readsOf, type AxisRead } from "./positions.js";

export interface ReceptiveField {
  /** Positions of the input along each of its axes. More than it has where the field reaches into the padding. */
  readonly size: readonly number[];
  /** Positions of the input from one position to the next; undefined for a vector, and where it is not the same everywhere. */
  readonly stride?: readonly number[];
  /** How far the first position's field lies before the input. */
  readonly padding: readonly number[];
  /** Whether the fields of all paths have one centre at every position. */
  readonly aligned: boolean;
  /** Whether some path reads all of the input beside, as squeeze-and-excite and attention do; `size` is without it. */
  readonly global: boolean;
}

/** The first and the last position of the input for each position of a result, along one axis of the input. */
interface Line {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly stride?: number;
}

interface Field {
  readonly lines: readonly Line[];
  readonly isVector: boolean;
  readonly aligned: boolean;
  readonly global: boolean;
}

/**
 * For each layer its field in an input, the first one where none is named; undefined for what does not read it. Errors: throws
 * where a size has letters.
 */
export function receptiveFields(
  network: Network,
  input: NodeId = network.inputs[0]!,
): readonly (ReceptiveField | undefined)[] {
  const fields: (Field | undefined)[] = [];
  const lastReader = new Map<NodeId, NodeId>();
  for (const { id, inputs } of network.nodes) for (const source of inputs) lastReader.set(source, id);
  return network.nodes.map((node) => {
    const field = node.id === input ? start(node) : fieldOf(network, node, fields);
    fields[node.id] = field;
    // A field has an entry for each position: it is let go of when nobody reads it any more.
    for (const source of node.inputs) if (lastReader.get(source) === node.id) fields[source] = undefined;
    return field && summary(field);
  });
}

function start({ type }: Node): Field {
  const sides = fixedShape(type).slice(0, -1);
  // A vector is one position.
  const lines = (sides.length > 0 ? sides : [1]).map((size): Line => {
    const positions = Array.from({ length: size }, (_, index) => index);
    return { first: positions, last: positions, stride: 1 };
  });
  return { lines, isVector: sides.length === 0, aligned: true, global: false };
}

function fieldOf(network: Network, node: Node, fields: readonly (Field | undefined)[]): Field | undefined {
  const types = inputTypes(network, node);
  const read = node.inputs.flatMap((source, index) => {
    const field = fields[source];
    return field ? [through(node, types[index]!, field)] : [];
  });
  if (read.length === 0) return undefined;
  // What weighs the channels of maps, a vector, is of all positions: it does not widen what a position sees around it.
  const maps = read.filter(({ isVector }) => !isVector);
  const isWeighed = maps.length > 0 && maps.length < read.length;
  const met = meet(isWeighed ? maps : read);
  return isWeighed ? { ...met, global: true } : met;
}

/** The field of a result in what one of its inputs is made of. */
function through(node: Node, type: TensorType, field: Field): Field {
  if (field.isVector) return field;
  const isVector = node.type.shape.length === 1;
  const reads = isVector ? undefined : readsOf(node, type);
  if (reads) return { ...field, lines: reads.map((read, axis) => along(read, field, fixedShape(node.type)[axis]!)) };
  const all = field.lines.map((line): Line => ({ first: [least(line.first)], last: [most(line.last)] }));
  if (isVector) return { ...field, lines: all, isVector };
  // Every position is made of all: attention, another shape.
  const positions = fixedShape(node.type).slice(0, -1);
  const whole = all.map(({ first, last }, axis): Line => {
    const count = positions[axis] ?? 1;
    return { first: Array<number>(count).fill(first[0]!), last: Array<number>(count).fill(last[0]!) };
  });
  return { ...field, lines: whole, global: true };
}

function along({ axis, step, positions }: AxisRead, { lines }: Field, count: number): Line {
  const line = lines[axis]!;
  const first: number[] = [];
  const last: number[] = [];
  for (let index = 0; index < count; index++) {
    const [from, to] = positions(index);
    first.push(at(line.first, from, line.stride));
    last.push(at(line.last, to, line.stride));
  }
  return { first, last, stride: line.stride === undefined ? undefined : line.stride * step };
}

/** The entry of a position; beyond the ends as the stride goes on. */
function at(entries: readonly number[], position: number, stride = 0): number {
  if (position < 0) return entries[0]! + Math.floor(position * stride);
  const end = entries.length - 1;
  return position > end ? entries[end]! + Math.floor((position - end) * stride) : entries[position]!;
}

/** Fields of several paths as one. */
function meet(fields: readonly Field[]): Field {
  const [head, ...rest] = fields;
  return rest.reduce<Field>((field, other) => {
    const lines = field.lines.map((line, axis) => union(line, other.lines[axis]!));
    const isAligned = field.lines.every((line, axis) => hasSameCentres(line, other.lines[axis]!));
    return {
      lines,
      isVector: field.isVector,
      aligned: field.aligned && other.aligned && isAligned,
      global: field.global || other.global,
    };
  }, head!);
}

function union(a: Line, b: Line): Line {
  return {
    first: a.first.map((position, index) => Math.min(position, b.first[index]!)),
    last: a.last.map((position, index) => Math.max(position, b.last[index]!)),
    stride: a.stride === b.stride ? a.stride : undefined,
  };
}

/** Whether the middles of two lines are the same at every position. */
function hasSameCentres(a: Line, b: Line): boolean {
  const middles = ({ first, last }: Line) => first.map((position, index) => position + last[index]!);
  const others = middles(b);
  return middles(a).every((middle, index) => middle === others[index]);
}

function summary({ lines, isVector, aligned, global }: Field): ReceptiveField {
  const strides = lines.map((line) => (isEven(line) ? line.stride : undefined));
  return {
    size: lines.map(({ first, last }) => most(last.map((position, index) => position - first[index]! + 1))),
    ...(isVector || strides.includes(undefined) ? {} : { stride: strides as number[] }),
    padding: lines.map(({ first }) => -first[0]!),
    aligned,
    global,
  };
}

/** Whether the fields of neighbours are as far apart everywhere: those of a map that was made larger are not. */
function isEven({ first, last, stride }: Line): boolean {
  const steps = (positions: readonly number[]) =>
    positions.slice(1).every((position, index) => position - positions[index]! - (stride ?? NaN) === 0);
  return steps(first) && steps(last);
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));

/** Names of the layers whose paths do not have one centre. */
export function misaligned(network: Network, fields: readonly (ReceptiveField | undefined)[]): string[] {
  return network.nodes
    .filter(
      ({ id, inputs }) => fields[id]?.aligned === false && inputs.every((source) => fields[source]?.aligned !== false),
    )
    .map(({ id }) => nodeOf(network, id).name);
}
