/** `let` lines. */
import { diagnose } from "../base/diagnostics.js";
import type { LetDeclaration } from "../syntax/ast.js";
import { duplicateName, lowerCaseUnit, upperCaseName, wrongValue } from "./diagnostics.js";
import { evaluate } from "./evaluate.js";
import type { Place } from "./place.js";
import { renameEdits } from "./rename.js";
import { describeValue, isLabel, isUnit, UNKNOWN, type Scope, type Value } from "./values.js";

/** Gives the name its value in the scope; what is wrong with it is told. */
export function declareVariable({ name, value }: LetDeclaration, scope: Scope, place: Place): void {
  const { text, span } = name;
  if (scope.hasOwn(text)) {
    const before = scope.placeOf(text);
    const related = before ? [{ span: before, text: "the first one" }] : [];
    place.report(diagnose(duplicateName, span, { name: text, kinds: "variables" }, { related }));
    return;
  }
  const found = evaluate(value, place, text);
  scope.set(text, found !== undefined && isNamedFor(found, name, value.span, place) ? found : UNKNOWN, span);
}

/** Blocks are capitalised, numbers in small letters; one capital letter is a side of an input. */
function isNamedFor(
  value: Value,
  { text, span }: LetDeclaration["name"],
  valueSpan: LetDeclaration["span"],
  { report, scope }: Place,
): boolean {
  const { program } = scope.module;
  if (value === UNKNOWN) return true;
  const isCapital = /^[A-Z]/.test(text);
  if (isLabel(value)) {
    const mend = { what: text, wanted: "a number, a block or a layer", found: describeValue(value) };
    report(diagnose(wrongValue, valueSpan, mend));
    return false;
  }
  if (isUnit(value) && !isCapital) {
    const written = text[0]!.toUpperCase() + text.slice(1);
    const fixes = [{ title: `write ${written}`, edits: renameEdits(program, span, written) }];
    report(diagnose(lowerCaseUnit, span, { what: "blocks and layers", name: text, written }, { fixes }));
    return false;
  }
  if (!isUnit(value) && isCapital && text.length > 1) {
    const written = text[0]!.toLowerCase() + text.slice(1);
    const fixes = [{ title: `write ${written}`, edits: renameEdits(program, span, written) }];
    report(diagnose(upperCaseName, span, { what: "variables", name: text, written }, { fixes }));
    return false;
  }
  return true;
}
