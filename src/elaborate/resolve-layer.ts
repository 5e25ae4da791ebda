/** One layer: written values, defaults and annotations to arguments, then its type. */
import { diagnose, type DiagnosticExtras, type Fix, type Related } from "../base/diagnostics.js";
import { afterSpan, beforeSpan, textOf, type Span } from "../base/source.js";
import { agreement } from "../ir/agreement.js";
import type { Condition } from "../ir/condition.js";
import { isFixed, type Dimension } from "../ir/dimension.js";
import type { Argument, Arguments, TensorType } from "../ir/network.js";
import { formatDimensions, isFixedShape, sameDimensions } from "../ir/shape.js";
import { defaultArgument } from "../ops/defaults.js";
import type { Fault, Inference, Operator, Parameter } from "../ops/define.js";
import { inferType } from "../ops/infer.js";
import { solvePadding, windowTooLarge, type WindowArgs } from "../ops/window.js";
import { evaluateWritten, sizeDimensions } from "./arguments.js";
import {
  holeSolved,
  noSolution,
  openHole,
  paddingChosen,
  severalSolutions,
  wrongAnnotation,
  wrongDepth,
} from "./diagnostics.js";
import { canBeHole, solveHoles } from "./solve-holes.js";
import type { Written, WrittenArguments } from "./read-parts.js";
import type { LayerRequest, NetState } from "./state.js";
import type { Flow } from "./values.js";

/** A layer's arguments and type; `type` is undefined where an error left it unknown. */
export interface Resolved {
  args?: Arguments;
  type?: TensorType;
  annotated?: TensorType;
  /** Sizes that have to agree and do so only for some values of the letters: `2*floor(H/2) vs H: ...`. */
  partly?: readonly string[];
}

/** Decides a layer. Errors are reported to the state; nothing is told that follows from an earlier error. */
export function resolveLayer(
  request: LayerRequest,
  defaults: WrittenArguments | undefined,
  flows: readonly Flow[] | undefined,
  state: NetState,
): Resolved {
  return new LayerResolver(request, defaults, flows, state).resolve();
}

class LayerResolver {
  private readonly operator: Operator;
  private readonly parameters: Record<string, Parameter>;
  private readonly args: Arguments = {};
  private readonly missing: string[] = [];
  private readonly open = new Set<string>();
  /** Parameters that are written as ?. */
  private readonly holes: string[] = [];
  private depth: { value: number; written: Written } | undefined;
  private failed = false;
  /** What arrives, of a merging layer from its first branch. */
  private readonly input: Flow | undefined;

  constructor(
    private readonly request: LayerRequest,
    private readonly defaults: WrittenArguments | undefined,
    private readonly flows: readonly Flow[] | undefined,
    private readonly state: NetState,
  ) {
    this.input = flows?.[0];
    this.operator = request.operator;
    this.parameters = request.operator.parameters as Record<string, Parameter>;
  }

  resolve(): Resolved {
    const annotations = this.annotatedShapes();
    const wanted = annotations[0]?.shape;
    for (const [name, parameter] of Object.entries(this.parameters)) this.decide(name, parameter, wanted);
    if (this.missing.length > 0) {
      const { operator, mnemonic, headSpan, faulty, times } = this.request;
      if (!faulty) this.state.incomplete.push({ operator, mnemonic, span: headSpan, missing: this.missing, times });
      this.failed = true;
    }
    // After a mistake in the layer its size is what the annotation names, or unknown: nothing that follows from the
    // mistake is told.
    if (this.failed || this.request.faulty) return wanted ? { args: this.args, type: { shape: wanted } } : {};
    if (this.operator.inputs !== 0 && !this.input) return { args: this.args };

    if (this.holes.length > 0 && !this.fillHoles(wanted))
      return wanted ? { args: this.args, type: { shape: wanted } } : {};
    if (!this.request.isResized) this.choosePadding(wanted);
    this.checkDepth();
    const inference = this.infer();
    if ("fault" in inference) {
      this.reportFault(inference.fault);
      return { args: this.args };
    }
    const { type, partly } = inference;
    if (inference.conditions) this.state.conditions = inference.conditions;
    const annotated = this.followAnnotated();
    const wrong = (this.request.isResized ? [] : annotations).find(
      ({ shape }) => !this.isSame(shape, type.shape) && !(annotated && this.isSame(shape, annotated.shape)),
    );
    if (wrong) {
      this.reportAnnotation(type, wrong.shape, wrong.span);
      return { args: this.args, partly, ...afterWrong(type, { shape: wrong.shape }) };
    }
    // An annotation that holds settles what an earlier one left in doubt.
    const settled = annotations.some(({ shape }) => this.isSame(shape, type.shape));
    return { args: this.args, type, annotated: settled ? undefined : annotated, partly };
  }

  private isSame(annotated: readonly Dimension[], shape: readonly Dimension[]): boolean {
    return sameSize(annotated, shape, this.state.conditions);
  }

  private infer(args = this.args, inputs = this.inputs()): Inference {
    return inferType(this.operator, args, inputs, this.state.conditions);
  }

  private inputs(type = this.input?.type): TensorType[] {
    if (this.operator.inputs === 0 || !type) return [];
    return [type, ...(this.flows ?? []).slice(1).map((flow) => flow.type)];
  }

  private get spatialAxes(): number {
    // Where it is not known what arrives, it is taken to be of the kind that the net's input is.
    const shape = (this.input?.type ?? this.state.nodes[0]?.type)?.shape ?? [];
    return shape.length > 1 ? shape.length - 1 : 2;
  }

  private annotatedShapes(): { shape: Dimension[]; span: Span }[] {
    if (this.state.inherited) return [];
    return this.request.annotations.flatMap(({ size, span }) => {
      const shape = sizeDimensions(size, 1, this.request.letters, this.state.report);
      return shape ? [{ shape, span }] : [];
    });
  }

  /** One parameter: written, by a `default` line, inherited, by the operator, or by an annotation. */
  private decide(name: string, parameter: Parameter, wanted: readonly Dimension[] | undefined): void {
    const written = this.request.written.get(name);
    const source = written ?? this.defaults?.get(name);
    if (source && !isHole(source)) {
      const what = `the ${nounOf(name, parameter)} of ${this.request.mnemonic}`;
      const place = source.scope ? { ...this.request.place, scope: source.scope } : this.request.place;
      const evaluated = evaluateWritten(source, parameter, what, this.spatialAxes, place, this.request.letters);
      if (!evaluated) {
        this.failed = true;
        return;
      }
      this.args[name] = evaluated.argument;
      if (evaluated.depth !== undefined) this.depth = { value: evaluated.depth, written: source };
      return;
    }
    const inherited = this.state.inherited?.get(this.request.name)?.[name];
    if (inherited !== undefined) {
      this.args[name] = inherited;
      this.remember(name, inherited);
      return;
    }
    if (source) {
      this.holes.push(name);
      return;
    }
    if (parameter.default !== undefined) {
      this.args[name] = this.defaultOf(parameter);
      if (parameter.kind === "padding") this.open.add(name);
      return;
    }
    const fromAnnotation = this.fillFrom(name, parameter, wanted);
    if (fromAnnotation !== undefined) {
      this.args[name] = fromAnnotation;
      this.remember(name, fromAnnotation);
      return;
    }
    this.missing.push(nounOf(name, parameter));
  }

  private defaultOf(parameter: Parameter): Argument {
    if (parameter.default === "channels") return (this.input?.type.shape.at(-1) as number | undefined) ?? 1;
    return defaultArgument(parameter, this.args, this.spatialAxes);
  }

  /** A count is the last number of the annotation, an input's size all of it. */
  private fillFrom(name: string, parameter: Parameter, wanted: readonly Dimension[] | undefined): Argument | undefined {
    if (!wanted) return undefined;
    if (parameter.kind === "shape") return wanted;
    const count = wanted.at(-1)!;
    return name === this.operator.count && isFixed(count) ? count : undefined;
  }

  private remember(name: string, argument: Argument): void {
    this.state.fills++;
    const known = this.state.filled.get(this.request.name);
    if (known) known[name] = argument;
    else this.state.filled.set(this.request.name, { [name]: argument });
  }

  /** Solves what is written as ?; false after it was told why that is not possible. */
  private fillHoles(wanted: readonly Dimension[] | undefined): boolean {
    const layer = this.spokenName();
    const names = this.holes.map((name) => nounOf(name, this.parameters[name]!));
    const span = this.request.written.get(this.holes[0]!)?.span ?? this.request.headSpan;
    const solvable = this.holes.every((name) => canBeHole(name, this.parameters[name]!, this.operator));
    if (!wanted || !solvable) {
      this.state.report(diagnose(openHole, span, { layer, holes: names }));
      return false;
    }
    const size = formatDimensions(wanted);
    const input = this.input?.type;
    const isFixedHere = input && isFixedShape(input.shape) && isFixedShape(wanted);
    const solutions = isFixedHere ? solveHoles(this.operator, this.args, this.holes, input, wanted) : [];
    const [solution] = solutions;
    if (!solution) {
      const notes = this.operator.formula && input ? [`${formatDimensions(input.shape)} arrives`] : [];
      this.state.report(diagnose(noSolution, span, { layer, holes: names, size }, { related: this.arrives(), notes }));
      return false;
    }
    if (solutions.length > 1) {
      const texts = solutions.slice(0, MOST_LISTED).map(({ text }) => text);
      const args = { layer, size, solutions: texts, more: solutions.length - texts.length };
      this.state.report(diagnose(severalSolutions, span, args, { related: this.arrives() }));
      return false;
    }
    for (const name of this.holes) {
      this.args[name] = solution.args[name]!;
      this.remember(name, solution.args[name]!);
    }
    this.state.report(diagnose(holeSolved, span, { layer, values: solution.text, size }));
    return true;
  }

  /** Where no padding is written and the default does not give the annotated size, one that does is taken. */
  private choosePadding(wanted: readonly Dimension[] | undefined): void {
    if (!wanted || !this.open.has("pad") || !this.input || wanted.length !== this.input.type.shape.length) return;
    const inference = this.infer();
    const spatial = wanted.slice(0, -1);
    if ("type" in inference && this.isSame(spatial, inference.type.shape.slice(0, -1))) return;
    if (!isFixedShape(spatial) || !isFixedShape(this.input.type.shape)) return;
    // What another padding cannot mend is told as what it is.
    if ("fault" in inference && inference.fault.kind.code !== windowTooLarge.code) return;
    const solved = solvePadding(this.args as unknown as WindowArgs, this.input.type, spatial);
    if (!solved) return;
    this.args["pad"] = solved.pad;
    this.remember("pad", solved.pad);
    const { span } = this.request;
    const args = { layer: this.spokenName(), pad: solved.text, size: formatDimensions(wanted) };
    const fixes = [
      { title: `write it down: ${solved.text}`, edits: [{ span: this.attributeEnd(), text: ` ${solved.text}` }] },
    ];
    this.state.report(diagnose(paddingChosen, this.request.headSpan ?? span, args, { fixes }));
  }

  /** Where a further attribute can be written: behind what the layer has. */
  private attributeEnd(): Span {
    const ends = [...this.request.written.values()].map((written) => written.span);
    const last = ends.sort((a, b) => a.end - b.end).at(-1) ?? this.request.headSpan;
    return afterSpan(last.end > this.request.headSpan.end ? last : this.request.headSpan);
  }

  private checkDepth(): void {
    if (!this.depth || !this.input) return;
    const groups = typeof this.args["groups"] === "number" ? this.args["groups"] : 1;
    const channels = this.input.type.shape.at(-1)!;
    const { value, written } = this.depth;
    if (!isFixed(channels) || value * groups === channels) return;
    const window = `${formatDimensions(this.args["window"] as number[])}x${value}`;
    const right = `${formatDimensions(this.args["window"] as number[])}x${channels / groups}`;
    const fixes = Number.isInteger(channels / groups)
      ? [{ title: `write ${right}`, edits: [{ span: written.valueSpan, text: right }] }]
      : [];
    const args = { layer: this.request.mnemonic, window, depth: value, channels };
    this.state.report(diagnose(wrongDepth, written.valueSpan, args, { related: this.arrives(), fixes }));
  }

  /** `227x227x3 arrives from here`, on the layer before. */
  private arrives(): Related[] {
    if (!this.input) return [];
    const { branchSpans } = this.request;
    if (branchSpans) {
      return branchSpans.map((span, index) => ({ span, text: shortSize(this.flows![index]!.type.shape) }));
    }
    const producer = this.state.nodes[this.input.node];
    return producer ? [{ span: producer.span, text: `${shortSize(this.input.type.shape)} arrives from here` }] : [];
  }

  private reportFault(fault: Fault): void {
    const written = this.request.written.get(fault.at) ?? this.defaults?.get(fault.at);
    const span = written?.span ?? this.request.headSpan;
    const fixes: Fix[] = [];
    if (fault.before && !this.request.labelled && this.request.annotations.length === 0) {
      const edits = [{ span: beforeSpan(this.request.headSpan), text: `${fault.before} - ` }];
      fixes.push({ title: `write ${fault.before} before it`, edits });
    }
    if (fault.replacement && written) {
      fixes.push({
        title: fault.replacement.title,
        edits: [{ span: written.valueSpan, text: fault.replacement.text }],
      });
    }
    const extras: DiagnosticExtras = { related: this.arrives(), notes: [...(fault.notes ?? [])], fixes };
    this.state.report(diagnose(fault.kind, span, { ...fault.args, layer: this.request.mnemonic }, extras));
  }

  /** What follows for this layer if an earlier annotation was right after all. */
  private followAnnotated(): TensorType | undefined {
    if (!this.flows?.some(({ annotated }) => annotated)) return undefined;
    const inference = this.infer(
      this.args,
      this.flows.map(({ annotated, type }) => annotated ?? type),
    );
    return "type" in inference ? inference.type : undefined;
  }

  private reportAnnotation(type: TensorType, shape: readonly Dimension[], span: Span): void {
    const found = formatDimensions(type.shape);
    const annotated = formatDimensions(shape);
    const inputs = this.inputs();
    const related: Related[] = [
      ...this.arrives(),
      ...["window", "stride", "pad", this.operator.count ?? ""].flatMap((name) => {
        const written = this.request.written.get(name);
        return written ? [{ span: written.span, text: "" }] : [];
      }),
    ];
    const fixes = annotationFixes(found, span);
    const sameChannels = shape.at(-1) === type.shape.at(-1);
    if (sameChannels) {
      for (const alternative of isFixedShape(shape) && inputs.every((input) => isFixedShape(input.shape))
        ? (this.operator.alternatives?.(this.args, inputs, { shape }) ?? [])
        : []) {
        fixes.push({
          title: `or ${alternative.text}, which gives ${annotated}`,
          edits: [this.attributeEdit(alternative.parameter, alternative.text)],
        });
      }
    } else if (this.operator.count && sameDimensions(shape.slice(0, -1), type.shape.slice(0, -1))) {
      const count = this.request.written.get(this.operator.count);
      const unit = this.operator.count;
      if (count)
        fixes.push({
          title: `or ${String(shape.at(-1))} ${unit}`,
          edits: [{ span: count.valueSpan, text: String(shape.at(-1)) }],
        });
    }
    const spatialDiffers = !sameDimensions(shape.slice(0, -1), type.shape.slice(0, -1));
    const notes = spatialDiffers ? (this.operator.formula?.(this.args, inputs) ?? []) : [];
    const args = { layer: this.spokenName(), found, annotated };
    this.state.report(diagnose(wrongAnnotation, span, args, { related, notes, fixes }));
  }

  /** The label that the user gave, else the kind of layer. */
  private spokenName(): string {
    return this.request.labelled ? this.request.name : this.request.mnemonic;
  }

  private attributeEdit(parameter: string, text: string): { span: Span; text: string } {
    const written = this.request.written.get(parameter);
    if (!written) return { span: this.attributeEnd(), text: ` ${text}` };
    // A stride written as /2 stays so.
    const isSlash = textOf(written.span).startsWith("/");
    return { span: written.span, text: isSlash ? text.replace(/^stride /, "/") : text };
  }
}

/** A size as a mark in the text says it: sizes with letters may be long. */
function shortSize(shape: readonly Dimension[]): string {
  const text = formatDimensions(shape);
  return text.length > LONGEST_SIZE ? `${text.slice(0, LONGEST_SIZE)}...` : text;
}

const LONGEST_SIZE = 80;

/** The size that was found in place of an annotation, where it can be written as one. */
export function annotationFixes(found: string, span: Span): Fix[] {
  const canBeWritten = /^(\d+|[A-Z])(x(\d+|[A-Z]))*$/.test(found);
  return canBeWritten ? [{ title: `write [${found}]`, edits: [{ span, text: `[${found}]` }] }] : [];
}

/** How many solutions of a ? are listed. */
const MOST_LISTED = 8;

/** What a parameter is called in a sentence: `window`, `number of filters`. */
export function nounOf(name: string, parameter: Parameter): string {
  return parameter.noun ?? (parameter.kind === "integer" && name.endsWith("s") ? `number of ${name}` : name);
}

function isHole({ value }: Written): boolean {
  return value.kind === "expression" && value.expression.kind === "hole";
}

/**
 * What is known behind a wrong annotation. A map with other axes than are annotated is taken for what the annotation says:
 * all that follows is written for that.
 */
export function afterWrong(type: TensorType, annotated: TensorType): { type: TensorType; annotated?: TensorType } {
  const [axes, wanted] = [type.shape.length, annotated.shape.length];
  return axes > 1 && wanted > 1 && axes !== wanted ? { type: annotated } : { type, annotated };
}

/** Whether an annotation names a size, given what is known of its letters. `[1x1x4096]` and `[4096]` name one vector. */
export function sameSize(
  annotated: readonly Dimension[],
  shape: readonly Dimension[],
  given: readonly Condition[] = [],
): boolean {
  const agrees = (a: Dimension, b: Dimension) => agreement(a, b, given).kind === "always";
  if (annotated.length === shape.length) return annotated.every((size, axis) => agrees(size, shape[axis]!));
  return (
    shape.length === 1 &&
    annotated.length > 1 &&
    agrees(annotated.at(-1)!, shape[0]!) &&
    annotated.slice(0, -1).every((size) => size === 1)
  );
}
