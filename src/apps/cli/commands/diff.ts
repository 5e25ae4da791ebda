/** `cnnc diff A.cnn B.cnn`: two nets layer by layer. */
import {
  diffOf,
  formatCount,
  groupDigits,
  plural,
  toJson,
  type Cost,
  type Count,
  type DiffRow,
  type Network,
  type NetworkDiff,
} from "../../../index.js";
import { alignedTable } from "../aligned-table.js";
import { bindAll, type Sizes } from "../sizes.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { EXIT, paintFor, print } from "../terminal.js";

export interface DiffOptions {
  net?: string;
  other?: string;
  size?: Sizes;
  all?: boolean;
  format: "text" | "json";
}

export async function diff(first: string, second: string, options: DiffOptions): Promise<number> {
  const [a, b] = [
    await chosen(first, options.net, options),
    // The same name is meant where none is given and the file has it.
    await chosen(second, options.other ?? options.net, options),
  ];
  const found = diffOf(a, b);
  if (options.format === "json") print(toJson({ schema: "cnnc-diff/1", ...found }));
  else print(textOf(found, options.all === true));
  return found.isSame ? EXIT.fine : EXIT.program;
}

async function chosen(path: string, name: string | undefined, { size, format }: DiffOptions): Promise<Network> {
  const networks = await networksOf(path, format, name);
  return bindAll([chooseNetwork(path, networks, name)], size)[0]!;
}

const MARKS = { same: " ", resized: " ", changed: "~", added: "+", removed: "-" } as const;

function textOf(found: NetworkDiff, isWhole: boolean): string {
  const paint = paintFor(process.stdout);
  const title = paint.strong(`${found.before} -> ${found.after}`);
  const shown = found.rows.filter(({ status }) => isWhole || (status !== "same" && status !== "resized"));
  const rows = shown.map(({ status, before, after }) => {
    const layer = either(before?.layer, after?.layer);
    return [
      MARKS[status],
      (after ?? before)!.name,
      layer,
      either(before?.output, after?.output),
      ...deltas(before?.cost, after?.cost),
    ];
  });
  const table = rows.length > 0 ? [alignedTable([["", "name", "layer", "output", "params", "macs"], ...rows])] : [];
  return [title, "", ...table, ...(rows.length > 0 ? [""] : []), summary(found.rows), ...totals(found)].join("\n");
}

/** `CONV11-96/4 -> CONV7-96/2`, or what is there on one side, or on both. */
function either(before: string | undefined, after: string | undefined): string {
  if (before === undefined || after === undefined || before === after) return (after ?? before)!;
  return `${before} -> ${after}`;
}

function deltas(before: Cost | undefined, after: Cost | undefined): string[] {
  return [deltaText(before?.params ?? 0n, after?.params ?? 0n), deltaText(before?.macs ?? 0n, after?.macs ?? 0n)];
}

/** `+884,736`; sizes with letters are told as they are. */
function deltaText(before: Count, after: Count): string {
  if (typeof before !== "bigint" || typeof after !== "bigint") return either(formatCount(before), formatCount(after));
  const change = after - before;
  return change === 0n ? "" : `${change > 0n ? "+" : ""}${groupDigits(change)}`;
}

function summary(rows: readonly DiffRow[]): string {
  const count = (status: DiffRow["status"]) => rows.filter((row) => row.status === status).length;
  const parts = (["changed", "added", "removed"] as const).filter((status) => count(status) > 0);
  if (parts.length === 0 && count("resized") === 0) return "no layer differs";
  const told = parts.map((status, index) =>
    index === 0 ? `${plural(count(status), "layer")} ${status}` : `${count(status)} ${status}`,
  );
  const resized =
    count("resized") > 0
      ? [`${told.length > 0 ? "" : "layers "}${count("resized")} of another size because of that`]
      : [];
  return [...told, ...resized].join(", ");
}

function totals({ totals: { before, after } }: NetworkDiff): string[] {
  return (["params", "macs", "activations"] as const).map((name) => {
    const [from, to] = [before[name], after[name]];
    const both = `${name}: ${either(formatCount(from), formatCount(to))}`;
    if (typeof from !== "bigint" || typeof to !== "bigint" || from === to || from === 0n) return both;
    const percent = (Number(to - from) / Number(from)) * 100;
    return `${both} (${percent > 0 ? "+" : ""}${percent.toFixed(1)} %)`;
  });
}
