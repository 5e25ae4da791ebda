/**
 * What walking the body of a block gave, to be played again for a further call with the same arguments and the same size
 * arriving: a network of a hundred equal units is walked once. What is played is what walking would give: the same layers
 * under the names of the new call, the same messages, the same links observed.
 */
import type { Diagnostic } from "../base/diagnostics.js";
import type { Node, NodeId, Step, TensorType } from "../ir/network.js";
import type { Observation } from "./net-request.js";
import type { Parameter } from "../syntax/ast.js";
import type { Declared } from "./modules.js";
import { isLabel, isSymbolic, isUnit, UNKNOWN, type Flow, type Scope, type Value } from "./values.js";

/** A message with the calls that led to it, before they are told in it. */
export interface Told {
  readonly diagnostic: Diagnostic;
  readonly trail: readonly Step[];
}

/** What a net was found to be made of, in order. */
export interface Lists {
  readonly nodes: readonly Node[];
  readonly told: readonly Told[];
  readonly observations: readonly Observation[];
  readonly calls: readonly Declared[];
}

type Positions = Readonly<Record<keyof Lists, number>>;

/** One walk of a body: a stretch of the lists of the net that it was walked for. */
export interface Tape {
  readonly lists: Lists;
  readonly start: Positions;
  readonly end: Positions;
  /** What the names of its layers start with. */
  readonly prefix: string;
  readonly trail: readonly Step[];
  readonly depth: number;
  readonly value: Flow | undefined;
  /** Calls that were made. */
  readonly steps: number;
  /** Blocks within each other in it, and bodies. */
  readonly deepest: { readonly depth: number; readonly open: number };
  readonly sawInput: boolean;
}

/** What is called on a tape, each once. */
export function usedOn({ lists, start, end }: Tape): ReadonlySet<Declared> {
  return new Set(lists.calls.slice(start.calls, end.calls));
}

/** Bodies with more layers are not kept: what they call is. */
export const MOST_ON_TAPE = 4_096;

/** The tapes of one program. */
export class Tapes {
  private readonly known = new Map<Declared, Map<string, Tape>>();

  find(declared: Declared, key: string): Tape | undefined {
    return this.known.get(declared)?.get(key);
  }

  keep(declared: Declared, key: string, tape: Tape): void {
    const tapes = this.known.get(declared);
    if (tapes) tapes.set(key, tape);
    else this.known.set(declared, new Map([[key, tape]]));
  }
}

/** All that the walk of a body depends on; undefined where that is more than can be compared. */
export function keyOfCall(
  parameters: readonly Parameter[],
  scope: Scope,
  arriving: Flow | undefined,
  first: TensorType | undefined,
  flags: number,
): string | undefined {
  if (arriving?.annotated) return undefined;
  // Where it is not known what arrives, layers go by how many axes the net's input has.
  let key = arriving ? String(flags) : `${flags}?${first?.shape.length ?? 0}`;
  for (const side of arriving?.type.shape ?? []) {
    if (typeof side !== "number") return undefined;
    key += `x${side}`;
  }
  for (const { kind, name } of parameters) {
    const text = kind === "label" ? undefined : textOfValue(scope.get(name.text));
    if (text === undefined) return undefined;
    key += ` ${text}`;
  }
  return key;
}

function textOfValue(value: Value | undefined): string | undefined {
  if (value === UNKNOWN) return "?";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === undefined || isSymbolic(value) || isLabel(value) || !isUnit(value)) return undefined;
  const { target, given } = value;
  if (target.kind === "declared") {
    const name = `${target.declared.module.source.path}#${target.declared.declaration.name.text}`;
    // Messages tell where an argument was given.
    const texts = given.map(({ name: parameter, value: one, span }) => {
      const text = textOfValue(one);
      return text && `${parameter?.text ?? ""}=${text}@${span.source.path}:${span.start}`;
    });
    return texts.includes(undefined) ? undefined : `${name}(${texts.join()})`;
  }
  // The layer that it stands for has the places of what was given.
  if (given.length > 0) return undefined;
  const { layer } = target;
  return layer.parts.length > 0 || layer.count ? undefined : layer.head.text;
}

/** Whether a message says nothing that another call would say in other words. */
export function isOwn({ diagnostic }: Told, prefix: string, producer: Node | undefined): boolean {
  const { args, notes, fixes, related } = diagnostic;
  const written = fixes.flatMap(({ title, edits }) => [title, ...edits.map(({ text }) => text)]);
  const texts = [...Object.values(args).flat(), ...notes, ...written];
  return !(
    texts.some((text) => String(text).includes(prefix)) ||
    related.some(({ span, text }) => text.includes(prefix) || (producer !== undefined && span === producer.span))
  );
}

/** Where a tape is played. */
export interface Player {
  readonly nodes: Node[];
  readonly prefix: string;
  readonly trail: readonly Step[];
  readonly arriving: NodeId | undefined;
  readonly depth: number;
  readonly net: string;
  tell(told: Told): void;
  observe?(observation: Observation): void;
}

/** Adds what the tape holds, and gives what goes on from it. */
export function play(tape: Tape, player: Player): Flow | undefined {
  const { lists, start, end } = tape;
  const { nodes, arriving } = player;
  const shift = nodes.length - start.nodes;
  const moved = (id: NodeId): NodeId => (id >= start.nodes ? id + shift : arriving!);
  const renamed = (name: string): string => player.prefix + name.slice(tape.prefix.length);
  const trailOf = trailsOf(tape, player, renamed);
  for (let id = start.nodes; id < end.nodes; id++) {
    const { name, labelled, op, args, inputs, type, span, trail, claims, argSpans } = lists.nodes[id]!;
    nodes.push({
      id: id + shift,
      name: renamed(name),
      labelled,
      op,
      args,
      inputs: inputs.length === 1 ? [moved(inputs[0]!)] : inputs.map(moved),
      type,
      span,
      trail: trailOf(trail),
      claims,
      argSpans,
    });
  }
  for (let at = start.told; at < end.told; at++) {
    const { diagnostic, trail } = lists.told[at]!;
    player.tell({ diagnostic, trail: trailOf(trail) });
  }
  if (player.observe) observeAgain(tape, player, shift);
  return tape.value && { ...tape.value, node: moved(tape.value.node) };
}

/** The calls that lead to what is played: those on the tape, under the names of this call, within those around it. */
function trailsOf(
  tape: Tape,
  player: Player,
  renamed: (name: string) => string,
): (trail: readonly Step[]) => readonly Step[] {
  const known = new Map<readonly Step[], readonly Step[]>([[tape.trail, player.trail]]);
  const stepOf = (step: Step): Step =>
    step.call ? { ...step, call: { block: step.call.block, name: renamed(step.call.name) } } : step;
  return (trail) => {
    let found = known.get(trail);
    if (!found) {
      const within = trail.slice(0, trail.length - tape.trail.length);
      found = [...within.map(stepOf), ...player.trail];
      known.set(trail, found);
    }
    return found;
  };
}

function observeAgain({ lists, start, end, depth }: Tape, player: Player, shift: number): void {
  const deeper = player.depth - depth;
  for (let at = start.observations; at < end.observations; at++) {
    const one = lists.observations[at]!;
    player.observe?.({
      net: player.net,
      element: one.element,
      depth: one.depth + deeper,
      arriving: one.arriving,
      result: one.result,
      nodes: player.nodes,
      start: one.start + shift,
      end: one.end + shift,
    });
  }
}
