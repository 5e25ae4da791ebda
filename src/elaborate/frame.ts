/** One body that is being walked: of the net itself, or of a block for one of its calls. It gives layers their names. */
import type { Span } from "../base/source.js";
import type { Step } from "../ir/network.js";
import type * as ast from "../syntax/ast.js";
import { labelsIn } from "./labels.js";
import type { Scope } from "./values.js";

export interface FrameRequest {
  /** What goes before the names of its layers: `Stage1.Bottleneck2`, empty for the net. */
  readonly prefix: string;
  readonly items: readonly ast.Item[];
  readonly scope: Scope;
  /** The calls that led here, innermost first. */
  readonly trail: readonly Step[];
  readonly depth: number;
  /** Whether what arrives takes the place of its INPUT. */
  readonly isFed: boolean;
  /** Labels that changes bring into the body. */
  readonly reserved?: ReadonlySet<string>;
  /** For a chain that a change puts beside a layer: the body that the layer is part of. Its labels are that body's. */
  readonly host?: Frame;
}

export class Frame {
  private declaredLabels: Map<string, Span> | undefined;
  /** Positions in the repeats around the current layer, for the names of labelled layers. */
  readonly rounds: number[];
  /** Inputs that what arrives took the place of. */
  fedInputs = 0;
  /** Whether something else arrives than its INPUT says, so that annotations are about other sizes. */
  isResized = false;
  private readonly counters = new Map<string, number>();
  private readonly takenNames: ReadonlySet<string>;
  /** The chains that changes put beside layers, by the name of the layer. */
  private guests: Map<string, Frame> | undefined;

  constructor(private readonly request: FrameRequest) {
    const { items, reserved, host } = request;
    const labels = labelsIn(items);
    this.takenNames = host ? host.takenNames : reserved?.size ? new Set([...labels, ...reserved]) : labels;
    this.rounds = host ? host.rounds : [];
  }

  /**
   * For what a change puts beside the layer of a name: its layers are called after that layer, so that those of the body
   * keep their names.
   */
  guestAt(name: string): Frame {
    this.guests ??= new Map();
    const known =
      this.guests.get(name) ?? new Frame({ ...this.request, prefix: name, host: this.request.host ?? this });
    this.guests.set(name, known);
    return known;
  }

  /** Labels with the place where they were declared. Most bodies have none. */
  get labels(): Map<string, Span> {
    return this.request.host?.labels ?? (this.declaredLabels ??= new Map<string, Span>());
  }

  get scope(): Scope {
    return this.request.scope;
  }

  get trail(): readonly Step[] {
    return this.request.trail;
  }

  get depth(): number {
    return this.request.depth;
  }

  get isFed(): boolean {
    return this.request.isFed;
  }

  /** Whether a label stands somewhere in the body. */
  declares(label: string): boolean {
    return this.takenNames.has(label);
  }

  labelledName(label: string): string {
    const { host } = this.request;
    if (host) return host.labelledName(label);
    return this.inside([label, ...this.rounds].join("."));
  }

  /**
   * `conv1`, `conv2` ...: counted for each operator or block, so that a further layer of another kind changes no name.
   * The first input is `input` alone.
   */
  freshName(kind: string): string {
    const base = kind === "identity" ? "id" : kind;
    // A number behind a digit would be read as one with it.
    const separator = /\d$/.test(base) ? "_" : "";
    let name: string;
    do {
      const next = (this.counters.get(base) ?? 0) + 1;
      this.counters.set(base, next);
      name = base === "input" && next === 1 ? base : `${base}${separator}${next}`;
    } while (this.takenNames.has(name));
    return this.inside(name);
  }

  private inside(name: string): string {
    return this.request.prefix ? `${this.request.prefix}.${name}` : name;
  }
}
