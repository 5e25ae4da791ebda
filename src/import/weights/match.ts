/**
 * Which layer of another tool is which of ours: by order and shape.
 *
 * Files name tensors, but do not say in which order a model runs its modules. What is known is that modules with numbers run
 * by their numbers (`layer1.0`, `layer1.1`), and that a module runs as a whole. So the modules are put in an order in which
 * their shapes are those of the network, one kind of names among another.
 */
import { formatShape } from "../../base/integers.js";
import { ImportError } from "../errors.js";
import type { ForeignModule, ForeignUnit } from "./foreign.js";
import { fits, type OwnUnit } from "./own.js";

export interface Match {
  readonly own: OwnUnit;
  readonly foreign: ForeignUnit;
}

/** Steps after which no order is looked for any more. */
const MOST_STEPS = 2_000_000;

/** The order of modules in which they are the layers of a network. Errors: `ImportError` telling how far it comes. */
export function matchModules(own: readonly OwnUnit[], root: ForeignModule): Match[] {
  const matches: Match[] = [];
  let best: readonly Match[] = [];
  let steps = 0;

  /** Takes a module from a place of the network on; `next` goes on behind it. */
  function take(module: ForeignModule, next: () => boolean): boolean {
    if (++steps > MOST_STEPS)
      throw new ImportError("no order of its layers was found in which their shapes fit; there are too many");
    const { unit } = module;
    if (!unit) return among(module.families, next);
    const layer = own[matches.length];
    if (!layer || !fits(layer, unit)) return false;
    matches.push({ own: layer, foreign: unit });
    if (matches.length > best.length) best = [...matches];
    if (among(module.families, next)) return true;
    matches.pop();
    return false;
  }

  /** Takes the modules of all families, each family by its numbers. */
  function among(families: readonly (readonly ForeignModule[])[], next: () => boolean): boolean {
    const open = families.filter((family) => family.length > 0);
    if (open.length === 0) return next();
    return open.some(([first, ...rest], index) =>
      take(first!, () => among([...open.slice(0, index), rest, ...open.slice(index + 1)], next)),
    );
  }

  if (take(root, () => matches.length === own.length)) return matches;
  throw new ImportError(whereItEnds(own, best));
}

/** The same for layers that are in the order in which they run. */
export function matchInOrder(own: readonly OwnUnit[], units: readonly ForeignUnit[]): Match[] {
  const matches: Match[] = [];
  for (const unit of units) {
    const layer = own[matches.length];
    if (!layer || !fits(layer, unit)) {
      const found = `${unit.path} (${shapesOf(unit)})`;
      throw new ImportError(`${whereItEnds(own, matches)}; the file goes on with ${found}`);
    }
    matches.push({ own: layer, foreign: unit });
  }
  if (matches.length < own.length) throw new ImportError(whereItEnds(own, matches));
  return matches;
}

function whereItEnds(own: readonly OwnUnit[], matches: readonly Match[]): string {
  const layer = own[matches.length];
  const last = matches.at(-1);
  const before = last ? `after ${last.foreign.path} for ${last.own.node.name} ` : "";
  if (!layer) return `${before}the file has more layers than the network`;
  const shapes = [...layer.tensors].map(([, { name, spec }]) => `${name} ${formatShape(spec.shape)}`);
  return `${before}nothing in the file fits ${layer.node.name}: ${shapes.join(", ")} (${matches.length} of ${own.length} layers fit)`;
}

const shapesOf = ({ tensors }: ForeignUnit) => [...tensors.values()].map(({ shape }) => formatShape(shape)).join(", ");
