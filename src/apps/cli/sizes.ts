/** `--size H=224`: numbers for the letters of an input. */
import { InvalidArgumentError } from "commander";
import { bindNetwork, LARGEST_SIZE, lint, listWords, type BindFault, type Network } from "../../index.js";
import { ProgramError, showDiagnostics, UsageError } from "./terminal.js";

export type Sizes = ReadonlyMap<string, number>;

/** One `--size` more. Errors: `InvalidArgumentError`, which commander tells. */
export function addSize(text: string, before: Sizes = new Map()): Sizes {
  const [, letter, digits] = /^([A-Z])=(\d+)$/.exec(text) ?? [];
  const size = Number(digits);
  if (letter === undefined || size < 1 || size > LARGEST_SIZE)
    throw new InvalidArgumentError(`A size is a letter and a whole number from 1 to ${LARGEST_SIZE}: H=224.`);
  if (before.has(letter)) throw new InvalidArgumentError(`${letter} has a size already.`);
  return new Map([...before, [letter, size]]);
}

/**
 * The networks with numbers for the letters that they have. Errors: `UsageError` for a letter that none of them has, and
 * for a size that a layer does not take.
 */
export function bindAll(networks: readonly Network[], sizes: Sizes = new Map()): Network[] {
  const letters = [...new Set(networks.flatMap(({ symbols }) => symbols))];
  const unknown = [...sizes.keys()].filter((letter) => !letters.includes(letter));
  if (unknown.length > 0) {
    const there = letters.length > 0 ? `there is ${listWords(letters)}` : "all sizes are numbers";
    throw new UsageError(`no input has the letter ${listWords(unknown)}: ${there}`);
  }
  return networks.map((network) => {
    if (!network.symbols.some((letter) => sizes.has(letter))) return network;
    const bound = bindNetwork(network, sizes);
    if ("fault" in bound) throw new UsageError(faultText(network, sizes, bound));
    return bound.network;
  });
}

/** What depended on the size can be held to its budget now: tells what does not hold, and whether there is such. */
export function tellBudgets(networks: readonly Network[]): boolean {
  const failed = networks.flatMap(lint).filter(({ severity }) => severity === "error");
  showDiagnostics(failed);
  return failed.length > 0;
}

/**
 * The same with every letter given. Errors: as `bindAll`, `UsageError` that names the letters that are left open, and
 * `ProgramError` after it was told that a budget does not hold.
 */
export function bindFixed(networks: readonly Network[], sizes: Sizes = new Map()): Network[] {
  const bound = bindAll(networks, sizes);
  for (const { name, symbols } of bound) {
    if (symbols.length === 0) continue;
    const options = symbols.map((letter) => `--size ${letter}=224`).join(" ");
    throw new UsageError(`${name} leaves ${listWords(symbols)} open: give numbers, as ${options}`);
  }
  if (sizes.size > 0 && tellBudgets(bound)) throw new ProgramError();
  return bound;
}

/** The network with the numbers that are given; other letters stay open. Errors: as `bindFixed`, but for those letters. */
export function bindSome(network: Network, sizes: Sizes = new Map()): Network {
  const bound = bindAll([network], sizes);
  if (sizes.size > 0 && tellBudgets(bound)) throw new ProgramError();
  return bound[0]!;
}

export function bindOne(network: Network, sizes?: Sizes): Network {
  return bindFixed([network], sizes)[0]!;
}

/** `with H = 3 and W = 8 in UNet, at pool2: ...`. */
function faultText({ name, symbols }: Network, sizes: Sizes, { fault, node }: BindFault): string {
  const given = symbols.filter((letter) => sizes.has(letter)).map((letter) => `${letter} = ${sizes.get(letter)!}`);
  return `with ${listWords(given)} in ${name}, at ${node.name}: ${fault.kind.message(fault.args)}`;
}
