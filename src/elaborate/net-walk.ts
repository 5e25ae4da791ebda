/** One net while it is walked: where the walk stands, and what was found and told so far. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import type { Claim } from "../base/quantity.js";
import type { Span } from "../base/source.js";
import type { Condition } from "../ir/condition.js";
import type { NodeId } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import type * as ast from "../syntax/ast.js";
import { misplaced } from "../syntax/diagnostics.js";
import { lettersOf, sizeDimensions, type Letters } from "./arguments.js";
import { Changes, labelsOfChanges } from "./changes.js";
import {
  duplicateLabel,
  reservedLabel,
  tooDeepNesting,
  tooManyLayers,
  tooMuchWork,
  wrongAnnotation,
} from "./diagnostics.js";
import { Frame } from "./frame.js";
import { partlyDiagnostic, type PartlyEqual } from "./partly-diagnostic.js";
import type { Place, Work } from "./place.js";
import { afterWrong, annotationFixes, sameSize } from "./resolve-layer.js";
import type { Limits, NetState } from "./state.js";
import type { Told, Unit } from "./tapes.js";
import { withTrail } from "./trail.js";
import { type Scope, labelKey, UNKNOWN, type Flow } from "./values.js";
import type { NetRequest, Observation } from "./net-request.js";

/** Beyond these nobody reads on. */
export const MOST_DIAGNOSTICS = 1_000;

export abstract class NetWalk {
  protected readonly diagnostics: Diagnostic[] = [];
  protected readonly state: NetState;
  protected readonly inputs: NodeId[] = [];
  /** The named outputs, in the order of the text. */
  protected readonly outputs: NodeId[] = [];
  /** Whether what an output line gives is unknown. */
  protected lostOutput = false;
  protected readonly changes: Changes;
  /** Changes of a lower level made what is walked now, and do not apply to it. */
  protected changeLevel = 0;
  protected frame: Frame;
  protected value: Flow | undefined;
  protected sawInput = false;
  protected sawLayer = false;
  protected full = false;
  /** Whether an error was reported. */
  protected failed = false;
  /** How often what is walked now is repeated. */
  protected multiplier = 1;
  /** Braces around what is walked now, within the body of the frame. */
  protected nesting = 0;
  /** Bodies around what is walked now, of brackets, branches, conditions and blocks. */
  protected open = 0;
  /** Comparisons of sizes that hold for some values of the letters only. */
  protected readonly partly: PartlyEqual[] = [];
  protected readonly inputSpans: Span[] = [];
  /** The messages before the calls around them are told in them, the links and the calls so far: what tapes are cut from. */
  protected readonly told: Told[] = [];
  protected readonly observations: Observation[] = [];
  protected readonly calls: Unit[] = [];
  /** The most calls and bodies around anything since a body that is taped began. */
  protected deepest = { depth: 0, open: 0 };
  /** The name that the single layer of a change takes over. */
  protected heir: string | undefined;

  constructor(
    protected readonly request: NetRequest,
    protected readonly limits: Limits,
    work: Work,
  ) {
    // The names of the body are its own: a request may be elaborated more than once.
    const { items, trail } = request;
    const scope = request.scope.inner();
    const reserved = labelsOfChanges(request.changes);
    this.frame = new Frame({ prefix: "", items, scope, trail, depth: 0, isFed: false, reserved });
    this.changes = new Changes(request.changes);
    this.sawInput = request.isBlock === true;
    this.sawLayer = this.sawInput;
    this.state = {
      name: request.name,
      nodes: [],
      work,
      symbols: [],
      conditions: [],
      limits,
      incomplete: [],
      filled: new Map(),
      fills: 0,
      inherited: request.inherited,
      report: (diagnostic) => this.tell({ diagnostic, trail: this.frame.trail }),
    };
  }

  protected tell(told: Told): void {
    if (this.diagnostics.length >= MOST_DIAGNOSTICS) return;
    this.told.push(told);
    this.diagnostics.push(withTrail(told.diagnostic, told.trail));
    if (told.diagnostic.severity === "error") this.failed = true;
  }

  protected observe(observation: Observation): void {
    this.observations.push(observation);
    this.request.observe?.(observation);
  }

  protected place(scope: Scope): Place {
    const { report, work } = this.state;
    return { scope, report, work, arriving: this.value?.type ?? (this.sawLayer ? UNKNOWN : undefined) };
  }

  protected get letters(): Letters {
    return lettersOf(this.state.symbols);
  }

  /** One more body around what is walked; false after it was told that there are too many. */
  protected enter(span: Span): boolean {
    if (this.open < this.limits.nesting) {
      this.open++;
      this.deepest.open = Math.max(this.deepest.open, this.open);
      this.deepest.depth = Math.max(this.deepest.depth, this.frame.depth);
      return true;
    }
    this.value = undefined;
    if (!this.full) this.state.report(diagnose(tooDeepNesting, span, { limit: this.limits.nesting }));
    this.full = true;
    return false;
  }

  protected refuseLayers(span: Span): void {
    if (this.full) return;
    this.full = true;
    this.state.report(diagnose(tooManyLayers, span, { limit: groupDigits(this.limits.layers) }));
  }

  /** Counts a call or a numbered round, and tells whether there were too many. */
  protected isTooMuch(): boolean {
    const { work } = this.state;
    return work.steps++ >= work.limit;
  }

  protected refuseWork(span: Span): void {
    const { report, work } = this.state;
    this.full = true;
    if (!work.told) report(diagnose(tooMuchWork, span, { limit: groupDigits(work.limit) }));
    work.told = true;
  }

  protected refuseClaim(claim: Claim): void {
    const args = { what: "a claim", where: "behind a group", mend: "write it behind a layer, or in a TOTAL line" };
    this.state.report(diagnose(misplaced, claim.span, args));
  }

  protected declareLabel(text: string, span: Span): void {
    // Runtimes keep values by name in plain objects.
    if (text === "__proto__") this.state.report(diagnose(reservedLabel, span, { label: text }));
    const { labels } = this.frame;
    const before = labels.get(text);
    if (before && before.start !== span.start) {
      const related = [{ span: before, text: "the first one" }];
      this.state.report(diagnose(duplicateLabel, span, { label: text }, { related }));
    }
    if (!before) labels.set(text, span);
  }

  protected setLabel(name: string): void {
    this.frame.scope.set(labelKey(name), { kind: "label", name, flow: this.value });
  }

  protected nextName(kind: string): string {
    const { heir } = this;
    this.heir = undefined;
    return heir ?? this.frame.freshName(kind);
  }

  /** Annotations of a group, a block, or alone between two dashes. */
  protected checkAnnotations(what: string, annotations: readonly ast.Annotation[]): void {
    if (this.request.inherited || this.frame.isResized) return;
    for (const { size, span } of annotations) {
      const shape = sizeDimensions(size, 1, this.letters, this.state.report);
      if (!shape || !this.value) continue;
      const { type, annotated } = this.value;
      if (sameSize(shape, type.shape, this.state.conditions)) {
        this.value = { ...this.value, annotated: undefined };
      } else if (!annotated || !sameSize(shape, annotated.shape, this.state.conditions)) {
        const found = formatDimensions(type.shape);
        const fixes = annotationFixes(found, span);
        const args = { layer: what, found, annotated: formatDimensions(shape) };
        this.state.report(diagnose(wrongAnnotation, span, args, { fixes }));
        this.value = { ...this.value, ...afterWrong(type, { shape }) };
      }
    }
  }

  /** Sizes that agree only for some values of the letters: told once, with all that has to hold. */
  protected reportPartly(): void {
    if (this.partly.length === 0) return;
    const { report, symbols } = this.state;
    const order = (condition: Condition) => symbols.indexOf(condition.variable);
    const conditions = [...this.state.conditions].sort((a, b) => order(a) - order(b));
    const input = this.inputSpans[0] ?? this.request.span;
    report(partlyDiagnostic(this.request.name, input, conditions, this.partly));
  }
}
