/** Capitalised names: the blocks and nets of a file and of those it uses, and layers as values. */
import { operatorOf } from "../ops/registry.js";
import type { Identifier, Layer } from "../syntax/ast.js";
import { splitHead } from "../syntax/build-ast.js";
import { canonicalLayer, unknownUnitDiagnostic } from "./look-up-layer.js";
import type { Report } from "./place.js";
import { isUnit, type Scope, type UnitValue } from "./values.js";

/** The block, net or layer that a name stands for; undefined after it was told that it stands for none. */
export function unitOf(name: Identifier, scope: Scope, report: Report): UnitValue | undefined {
  const found = findUnit(name, scope);
  if (!found && !scope.module.isTold(name.text)) report(unknownUnitDiagnostic(name, scope));
  return found;
}

/** The same without a message. */
export function findUnit(name: Identifier, scope: Scope): UnitValue | undefined {
  const value = scope.get(name.text);
  if (isUnit(value)) return value;
  const declared = scope.module.units.get(name.text);
  if (declared) return { kind: "unit", target: { kind: "declared", declared }, given: [] };
  const layer = layerOf(name);
  const operator = operatorOf(layer.mnemonic);
  return operator && { kind: "unit", target: { kind: "layer", operator, layer }, given: [] };
}

/** `RELU6` as the layer that it is when it stands in a chain. */
function layerOf(name: Identifier): Layer {
  const { mnemonic, digits } = splitHead(name.text);
  const { span } = name;
  return canonicalLayer({ kind: "layer", head: name, mnemonic, digits, capitals: true, colon: false, parts: [], span });
}
