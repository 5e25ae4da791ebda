/** The parameters of a block or function, above the call whose arguments are being written. */
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, showTooltip, ViewPlugin, type Tooltip, type ViewUpdate } from "@codemirror/view";
import { signatureAt, type Signature } from "../../service/index.js";
import { renderMarkdown } from "./markdown.js";
import { analysisOf } from "./session.js";
import { textTheme } from "./theme.js";

const setTooltip = StateEffect.define<Tooltip | null>();

const tooltip = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, { changes, effects }) {
    const moved = value && { ...value, pos: changes.mapPos(value.pos) };
    return effects.reduce((shown, effect) => (effect.is(setTooltip) ? effect.value : shown), moved);
  },
  provide: (field) => showTooltip.from(field),
});

export interface CnnSignatureOptions {
  /** Milliseconds after the last key. */
  readonly delay?: number;
}

/** Shown while somebody types within the parentheses of a call, and gone when the cursor leaves them. */
export function cnnSignature({ delay = 60 }: CnnSignatureOptions = {}): Extension {
  return [tooltip, ViewPlugin.define((view) => new Signatures(view, delay)), textTheme, theme];
}

class Signatures {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly view: EditorView,
    private readonly delay: number,
  ) {}

  update({ transactions, selectionSet, state }: ViewUpdate): void {
    const isTyped = transactions.some((one) => one.isUserEvent("input") || one.isUserEvent("delete"));
    // Who only passes by with the cursor is shown nothing.
    if (!isTyped && !(selectionSet && state.field(tooltip))) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), this.delay);
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  private show(): void {
    const { state } = this.view;
    const { head, empty } = state.selection.main;
    const found = empty ? signatureAt(analysisOf(state), head) : undefined;
    if (!found && !state.field(tooltip)) return;
    const shown = found ? { pos: head, above: true, create: () => ({ dom: render(found) }) } : null;
    this.view.dispatch({ effects: setTooltip.of(shown) });
  }
}

function render({ label, documentation, parameters, active }: Signature): HTMLElement {
  const root = renderMarkdown(documentation ?? "");
  root.classList.add("cm-cnn-signature");
  const line = document.createElement("code");
  const [start, end] = parameters[active] ?? [label.length, label.length];
  const current = document.createElement("strong");
  current.textContent = label.slice(start, end);
  line.append(label.slice(0, start), current, label.slice(end));
  root.prepend(line);
  return root;
}

const theme = EditorView.baseTheme({ ".cm-cnn-signature strong": { textDecoration: "underline" } });
