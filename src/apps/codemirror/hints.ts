/** Sizes and parameters behind layers, in the text but no part of it. */
import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  ViewPlugin,
  WidgetType,
  type Command,
  type DecorationSet,
  type ViewUpdate,
} from "@codemirror/view";
import { hintsOf } from "../../service/index.js";
import { analysisOf, session } from "./session.js";

export interface CnnHintsOptions {
  /** Milliseconds after the last change; until then hints move along with the text. */
  readonly delay?: number;
  /** Whether they are shown before anybody asks for them. */
  readonly isOn?: boolean;
}

/** Shows hints, or hides them. */
export const setCnnHints = StateEffect.define<boolean>();

const isShown = StateField.define<boolean>({
  create: () => true,
  update: (value, { effects }) =>
    effects.reduce((shown, effect) => (effect.is(setCnnHints) ? effect.value : shown), value),
});

/** Whether hints are shown. */
export function cnnHintsAreShown(state: EditorState): boolean {
  return state.field(isShown, false) ?? false;
}

export const toggleCnnHints: Command = (view) => {
  view.dispatch({ effects: setCnnHints.of(!cnnHintsAreShown(view.state)) });
  return true;
};

/** Hints behind the layers that are in view. */
export function cnnHints({ delay = 120, isOn = true }: CnnHintsOptions = {}): Extension {
  return [isShown.init(() => isOn), hintsPlugin(delay), theme];
}

class HintWidget extends WidgetType {
  constructor(readonly text: string) {
    super();
  }

  override eq(other: HintWidget): boolean {
    return other.text === this.text;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = "cm-cnn-hint";
    element.textContent = this.text;
    // It is no text of the program: who listens to the program does not hear it.
    element.setAttribute("aria-hidden", "true");
    return element;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

function hintsPlugin(delay: number): Extension {
  return ViewPlugin.define((view) => new Hints(view, delay), { decorations: ({ decorations }) => decorations });
}

class Hints {
  decorations: DecorationSet = Decoration.none;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly view: EditorView,
    private readonly delay: number,
  ) {
    this.soon(0);
  }

  update({ docChanged, viewportChanged, changes, startState, state }: ViewUpdate): void {
    if (docChanged) {
      // What is written where a hint stands is part of its layer, or another one: the hint says nothing true any more.
      const kept = this.decorations.update({ filter: (from) => changes.touchesRange(from) === false });
      this.decorations = kept.map(changes);
    }
    const isToggled = cnnHintsAreShown(startState) !== cnnHintsAreShown(state);
    const isOther = startState.field(session, false) !== state.field(session, false);
    if (docChanged || viewportChanged) this.soon(this.delay);
    else if (isToggled || isOther) this.soon(0);
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  /** What was waiting for an older text is dropped. */
  private soon(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), delay);
  }

  private show(): void {
    // What is put into a word that an input method composes would end the composition.
    if (this.view.composing) {
      this.soon(this.delay);
      return;
    }
    const { state, viewport } = this.view;
    const ranges = cnnHintsAreShown(state)
      ? hintsOf(analysisOf(state), { start: viewport.from, end: viewport.to }).map(({ offset, text }) =>
          Decoration.widget({ widget: new HintWidget(text), side: 1 }).range(offset),
        )
      : [];
    this.decorations = RangeSet.of(ranges, true);
    // The view asks for decorations when something is dispatched.
    this.view.dispatch({});
  }
}

const theme = EditorView.baseTheme({
  ".cm-cnn-hint": {
    margin: "0 0.3em",
    padding: "0 0.35em",
    borderRadius: "0.3em",
    fontSize: "0.85em",
    whiteSpace: "pre",
  },
  "&light .cm-cnn-hint": { color: "#57606a", backgroundColor: "#eef1f4" },
  "&dark .cm-cnn-hint": { color: "#a9b1bb", backgroundColor: "#2c323a" },
});
