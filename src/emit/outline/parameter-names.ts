/** What the parameters of a template are called. */
import type { Dimension } from "../../ir/dimension.js";
import type { Literal } from "./pieces.js";

interface Varying {
  /** What the number is in the first place where it stands: `out_channels`. */
  readonly role: string;
  /** Its values in all calls. */
  readonly column: readonly Literal[];
}

/** Numbers of channels within a block are neither those that come in nor those that go out. */
const CHANNELS = new Set(["in_channels", "out_channels", "channels", "filters", "units"]);

/**
 * A name for each: what equals the channels that come in, or that go out, in every call is called so; anything else after
 * where it first stands. Names are told apart by a number.
 */
export function parameterNames(
  parameters: readonly Varying[],
  inputs: readonly (Dimension | undefined)[],
  outputs: readonly (Dimension | undefined)[],
): string[] {
  const taken = new Set<string>();
  const isSame = (column: readonly Literal[], sizes: readonly (Dimension | undefined)[]) =>
    column.every((value, index) => value === sizes[index]);
  const named = (name: string) => !taken.has(name) && Boolean(taken.add(name));
  return parameters.map(({ role, column }) => {
    const isChannels = CHANNELS.has(role.replace(/\d+$/, ""));
    if (isChannels && isSame(column, inputs) && named("in_channels")) return "in_channels";
    if (isChannels && isSame(column, outputs) && named("out_channels")) return "out_channels";
    const base = (isChannels ? "channels" : role).replace(/\d+$/, "");
    let name = base;
    for (let number = 2; !named(name); number++) name = `${base}${number}`;
    return name;
  });
}
