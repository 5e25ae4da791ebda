/** `default` lines. */
import type * as ast from "../syntax/ast.js";
import { canonicalLayer, lookUpLayer } from "./look-up-layer.js";
import type { LayerMemo } from "./layer-memo.js";
import type { Report } from "./place.js";
import { readLayer } from "./read-parts.js";
import type { Defaults } from "./state.js";
import type { Scope } from "./values.js";

/** Adds a `default` line to those in force. What its expressions mean is decided by where it stands. */
export function extendDefaults(
  defaults: Defaults,
  item: ast.DefaultDeclaration,
  scope: Scope,
  report: Report,
  memo?: LayerMemo,
): Defaults {
  const found = lookUpLayer(canonicalLayer(item.layer), scope, report);
  if (!found) return defaults;
  const { operator, layer } = found;
  const outer = defaults.get(operator.name);
  const read = (tell: Report) => {
    const written = readLayer(layer, operator, false, scope, tell);
    for (const [name, value] of written) written.set(name, { ...value, scope });
    return new Map([...(outer ?? []), ...written]);
  };
  return new Map([...defaults, [operator.name, memo ? memo.extend(item, outer, scope, report, read) : read(report)]]);
}
