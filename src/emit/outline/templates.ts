/**
 * Classes or functions from the calls of a network's blocks: calls that are made alike share a template, whose parameters
 * are the numbers in which they differ. Like calls in a row become a repeat.
 *
 * What is not alike becomes another template of the same block: `if` in a block makes layers of other kinds.
 */
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import { allGroups, givenBy, readBy, type Group, type Member } from "./groups.js";
import { isValue, type LayerCode, type Literal, type Piece, type Value } from "./pieces.js";
import { foldRepeats, type DraftItem, type Entry } from "./repeats.js";
import { parameterNames } from "./parameter-names.js";

/** A number in a template: always the same, or a parameter, by its position. */
export type Slot = ({ readonly literal: Literal } | { readonly parameter: number }) & Pick<Value, "keyword">;

/** Code with slots for its numbers. */
export type TemplatePiece = Exclude<Piece, Value> | Slot;

/** Where a value comes from, in a template: what is given to it, or the result of an item. */
export type Reference = { readonly given: number } | { readonly item: number; readonly result: number };

export interface LayerItem {
  readonly kind: "layer";
  readonly name: string;
  readonly make?: readonly TemplatePiece[];
  readonly apply: readonly TemplatePiece[];
  readonly reads: readonly Reference[];
}

/** A call of a template, or several in a row of which each reads the one before. */
export interface CallItem {
  readonly kind: "call";
  /** Calls are named `base1`, `base2` ... from `first` on; a call whose name ends in no number is named `base`. */
  readonly base: string;
  readonly first?: number;
  /** How many there are in a row. */
  readonly count: Slot;
  readonly template: Template;
  /** What the first call is given, and how much more each further one. */
  readonly args: readonly { readonly start: Slot; readonly step?: Slot }[];
  readonly reads: readonly Reference[];
}

export type Item = LayerItem | CallItem;

export interface Template {
  readonly block: string;
  /** Which of the templates of its block it is, from 1. */
  readonly variant: number;
  /** Names of its parameters. */
  readonly parameters: readonly string[];
  /** What each parameter is in the calls that share it; in a row of calls, in the first. */
  readonly columns: readonly (readonly Literal[])[];
  /** How many values are given to it. */
  readonly given: number;
  readonly items: readonly Item[];
  readonly results: readonly Reference[];
}

export interface Outline {
  /** Each after those that it uses; the last is the network itself. */
  readonly templates: readonly Template[];
  readonly root: Template;
}

/** A group with its numbers still in it. */
interface Draft {
  readonly group: Group;
  readonly entries: readonly Entry[];
  readonly reads: readonly (readonly Reference[])[];
  readonly results: readonly Reference[];
  readonly key: string;
  readonly values: readonly Value[];
}

interface Call {
  readonly template: Template;
  readonly args: readonly Literal[];
}

/** What a target makes of a network, by the calls of its blocks. `lower` gives the code of a layer. */
export function outlineOf(network: Network, root: Group, lower: (id: NodeId) => LayerCode): Outline {
  const calls = new Map<Group, Call>();
  const templates: Template[] = [];
  const variants = new Map<string, number>();
  const groups = allGroups(root);
  // What is nested is known before what it is nested in.
  for (let height = 0; height <= root.height; height++) {
    const alike = new Map<string, Draft[]>();
    for (const group of groups) {
      if (group.height !== height) continue;
      const draft = draftOf(group, calls, templates, lower);
      const known = alike.get(draft.key);
      if (known) known.push(draft);
      else alike.set(draft.key, [draft]);
    }
    for (const drafts of alike.values()) {
      const { block } = drafts[0]!.group;
      const isRoot = drafts[0]!.group === root;
      const variant = (variants.get(block) ?? 0) + 1;
      if (!isRoot) variants.set(block, variant);
      const made = templateOf(drafts, variant, network);
      templates.push(made.template);
      drafts.forEach(({ group }, index) => calls.set(group, { template: made.template, args: made.args[index]! }));
    }
  }
  return { templates, root: calls.get(root)!.template };
}

function draftOf(
  group: Group,
  calls: ReadonlyMap<Group, Call>,
  templates: readonly Template[],
  lower: (id: NodeId) => LayerCode,
): Draft {
  const members = group.members.map((member): Entry => ({
    item: itemOf(member, group, calls, lower),
    reads: readBy(member),
    gives: givenBy(member),
  }));
  const entries = foldRepeats(members, group.results);
  const places = new Map<NodeId, Reference>(group.reads.map((id, given) => [id, { given }]));
  entries.forEach(({ gives }, item) => gives.forEach((id, result) => places.set(id, { item, result })));
  const reads = entries.map((entry) => entry.reads.map((id) => places.get(id)!));
  const results = group.results.map((id) => places.get(id)!);
  const keys = entries.map(({ item }, index) => [keyOf(item, templates), reads[index]]);
  return {
    group,
    entries,
    reads,
    results,
    key: JSON.stringify([group.block, group.name === "", group.reads.length, keys, results]),
    values: entries.flatMap(({ item }) => valuesOf(item)),
  };
}

function itemOf(
  member: Member,
  group: Group,
  calls: ReadonlyMap<Group, Call>,
  lower: (id: NodeId) => LayerCode,
): DraftItem {
  const local = (name: string) => (group.name === "" ? name : name.slice(group.name.length + 1));
  if ("node" in member) return { kind: "layer", name: local(member.node.name), code: lower(member.node.id) };
  const { template, args } = calls.get(member.group)!;
  const name = local(member.group.name);
  const [, base = name, number] = /^(.*?)([1-9]\d*)$/.exec(name) ?? [];
  const first = number === undefined ? undefined : Number(number);
  return { kind: "repeat", base, first, count: 1, template, args: args.map((start) => ({ start })) };
}

/** What an item is, without its numbers. */
function keyOf(item: DraftItem, templates: readonly Template[]): unknown {
  if (item.kind === "layer") {
    const bare = (pieces: readonly Piece[]) => pieces.map((piece) => (isValue(piece) ? { role: piece.role } : piece));
    return [item.name, item.code.make && bare(item.code.make), bare(item.code.apply)];
  }
  const steps = item.args.map(({ step }) => step !== undefined);
  return [item.base, item.first, templates.indexOf(item.template), steps];
}

/** The numbers of an item, in the order in which `Filler` takes them. */
function valuesOf(item: DraftItem): Value[] {
  if (item.kind === "layer") return [...(item.code.make ?? []), ...item.code.apply].filter(isValue);
  return [
    { role: "count", value: item.count },
    ...item.args.flatMap(({ start, step }, index) => {
      const role = item.template.parameters[index]!;
      return [{ role, value: start }, ...(step === undefined ? [] : [{ role: "growth", value: step }])];
    }),
  ];
}

/** The template of drafts that are made alike, and what it is given for each. */
function templateOf(
  drafts: readonly Draft[],
  variant: number,
  network: Network,
): { template: Template; args: readonly (readonly Literal[])[] } {
  const [first] = drafts;
  /** What differs, by the values that it has in each of the drafts; equal columns are one parameter. */
  const parameters = new Map<string, { position: number; role: string; column: readonly Literal[] }>();
  const slots = first!.values.map(({ role, value: literal, keyword }, index): Slot => {
    const column = drafts.map(({ values }) => values[index]!.value);
    const keys = column.map((entry) => JSON.stringify(entry));
    if (keys.every((key) => key === keys[0])) return { literal, keyword };
    const key = keys.join("|");
    const known = parameters.get(key) ?? { position: parameters.size, role, column };
    parameters.set(key, known);
    return { parameter: known.position, keyword };
  });
  const varying = [...parameters.values()];
  const channels = (ids: (group: Group) => readonly NodeId[]) =>
    drafts.map(({ group }) => {
      const [id] = ids(group);
      return id === undefined ? undefined : nodeOf(network, id).type.shape.at(-1);
    });
  const names = parameterNames(
    varying,
    channels(({ reads }) => reads),
    channels(({ results }) => results),
  );
  let next = 0;
  const slot = () => slots[next++]!;
  const fill = (pieces: readonly Piece[]) => pieces.map((piece): TemplatePiece => (isValue(piece) ? slot() : piece));
  const items = first!.entries.map(({ item }, index): Item => {
    const reads = first!.reads[index]!;
    if (item.kind === "layer") {
      const make = item.code.make && fill(item.code.make);
      return { kind: "layer", name: item.name, make, apply: fill(item.code.apply), reads };
    }
    const count = slot();
    const args = item.args.map(({ step }) => ({ start: slot(), ...(step === undefined ? {} : { step: slot() }) }));
    return { kind: "call", base: item.base, first: item.first, count, template: item.template, args, reads };
  });
  return {
    template: {
      block: first!.group.block,
      variant,
      parameters: names,
      columns: varying.map(({ column }) => column),
      given: first!.group.reads.length,
      items,
      results: first!.results,
    },
    args: drafts.map((_, index) => varying.map(({ column }) => column[index]!)),
  };
}
