/** INPUT lines: what comes in, and the letters of its size. */
import { diagnose } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import { variable, variablesOf } from "../ir/dimension.js";
import type { NodeId, TensorType } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import type * as ast from "../syntax/ast.js";
import type { Letters } from "./arguments.js";
import { readSizeConditions } from "./budgets.js";
import { severalInputsInChain, channelsOfBlock, reservedLetter, secondInput } from "./diagnostics.js";
import type { WrittenArguments } from "./read-parts.js";
import type { Resolved } from "./resolve-layer.js";
import { isSymbolic, type Scope } from "./values.js";
import { NetWalk } from "./net-walk.js";

/** Letters for sides, by how many there are. */
const OPEN_SIDES: Record<number, readonly string[]> = { 1: ["L"], 2: ["H", "W"], 3: ["D", "H", "W"] };

export abstract class InputWalk extends NetWalk {
  /** Letters for the sides of an input that are numbers. */
  protected openInput(resolved: Resolved): void {
    const { shape } = resolved.type!;
    const names = OPEN_SIDES[shape.length - 1] ?? [];
    // No letter of the program has a number behind it.
    const index = String(this.inputs.length + 1);
    const open = shape.map((side, axis) => {
      const isSide = axis < shape.length - 1 && typeof side === "number";
      return isSide ? variable(`${names[axis] ?? "S"}${index}`) : side;
    });
    resolved.type = { shape: open };
    resolved.args = { ...resolved.args, shape: open };
  }

  /** Whether an INPUT may stand here. In a net that is used as a block, what arrives takes its place. */
  protected startInput(layer: ast.Layer, label: ast.Identifier | undefined): boolean {
    if (this.frame.isFed) {
      this.checkFed(layer);
      return false;
    }
    const isSecond = this.inputs.length > 0;
    const first = isSecond ? "has an INPUT already" : "starts with another layer";
    const args = { net: this.request.name, first };
    // Several inputs are told apart by their labels.
    if (isSecond ? !label : this.sawLayer) this.state.report(diagnose(secondInput, layer.head.span, args));
    this.sawInput = true;
    this.value = undefined;
    return true;
  }

  /** A net that is used in a chain: its INPUT says how many channels it takes, and its letters are what arrives. */
  private checkFed(layer: ast.Layer): void {
    const { report } = this.state;
    const place = this.frame.trail[0]?.span ?? layer.head.span;
    if (this.frame.fedInputs++ > 0) {
      const net = this.frame.trail[0]?.text.replace(/\(.*/, "") ?? "this net";
      if (this.frame.fedInputs === 2) report(diagnose(severalInputsInChain, place, { net }));
      this.value = undefined;
      return;
    }
    const size = layer.parts.find((part) => part.kind === "size");
    if (size?.kind !== "size" || !this.value) return;
    const { dimensions } = size.size;
    const { shape } = this.value.type;
    const channels = dimensions.at(-1);
    if (typeof channels === "number" && shape.at(-1) !== channels) {
      const args = { channels, arrives: formatDimensions(shape) };
      const related = [{ span: size.span, text: "its INPUT" }];
      report(diagnose(channelsOfBlock, place, args, { related }));
      this.value = undefined;
      return;
    }
    // Annotations are about the size that is written.
    const isSame = dimensions.length === shape.length && dimensions.every((side, axis) => side === shape[axis]);
    this.frame.isResized = !isSame;
    dimensions.forEach((side, axis) => {
      if (typeof side === "string" && shape[axis] !== undefined) this.frame.scope.set(side, shape[axis]);
    });
  }

  /** The letters of an input stand for sizes that stay open, or for parameters that have a number. */
  protected newLetters(scope: Scope, span: Span): Letters {
    return (letter) => {
      const known = scope.get(letter);
      if (typeof known === "number" || isSymbolic(known)) return known;
      if (letter === "N") {
        this.state.report(diagnose(reservedLetter, span, { letter }));
      }
      return variable(letter);
    };
  }

  protected addInput(id: NodeId, { shape }: TensorType, scope: Scope, written: WrittenArguments, span: Span): void {
    this.inputs.push(id);
    this.inputSpans.push(written.get("shape")?.valueSpan ?? span);
    const { symbols } = this.state;
    const before = symbols.length;
    for (const side of shape) {
      if (!isSymbolic(side)) continue;
      for (const letter of variablesOf(side)) if (!symbols.includes(letter)) symbols.push(letter);
    }
    if (symbols.length === before) return;
    // In expressions a letter is the size that it stands for.
    for (const letter of symbols.slice(before)) scope.set(letter, variable(letter));
    const asserts = [...this.request.items, ...(this.request.shared ?? [])].filter((item) => item.kind === "assert");
    this.state.conditions = readSizeConditions(asserts, symbols, this.place(scope));
  }
}
