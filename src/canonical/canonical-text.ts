/**
 * Slide notation in the language's canonical form: `[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0` is
 * `CONV1: CONV11-96/4 pad 0 [55x55x96]`. What is not understood without running the program stays as it is.
 */
import { hasErrors, type Edit } from "../base/diagnostics.js";
import { SourceText, textOf, type Span } from "../base/source.js";
import type { Annotation, Element, Layer } from "../syntax/ast.js";
import { parse } from "../syntax/parse.js";
import { canonicalLayerText } from "./canonical-layer.js";
import { surveyOf, type Survey } from "./survey.js";

/** A stretch of the text. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** The text with its layers in canonical form, but for those in `kept` places; as it is where it has syntax errors. */
export function canonicalText(text: string, kept: readonly Place[] = []): string {
  const { program, diagnostics } = parse(new SourceText("program.cnn", text));
  if (hasErrors(diagnostics)) return text;
  const survey = surveyOf(program);
  const isKept = ({ span }: Edit) => kept.some(({ start, end }) => span.start < end && start < span.end);
  return applied(
    text,
    survey.elements.flatMap((element) => {
      const edits = editsOf(element, survey);
      // A size that moves is two edits: both are made, or none.
      return edits.some(isKept) ? [] : edits;
    }),
  );
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = "";
  let from = 0;
  for (const { span, text: written } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    result += text.slice(from, span.start) + written;
    from = span.end;
  }
  return result + text.slice(from);
}

/** How a layer is written again, and which sizes before it move behind it. */
function editsOf(element: Element, survey: Survey): Edit[] {
  const { core } = element;
  if (core.kind === "check" || core.kind === "conditional") return [];
  const leading = element.annotations.filter(({ span }) => span.end <= core.span.start);
  const behind = element.annotations.filter(({ span }) => span.start >= core.span.end);
  const layer = core.kind === "layer" ? canonicalLayerText(element, core, survey) : undefined;
  if (core.kind === "layer" && core.colon && !layer) return [];
  const region = core.kind === "layer" ? headSpan(core) : undefined;
  if (region && survey.hasComment(region)) return [];

  const within = element.annotations.filter(({ span }) => span.start >= core.span.start && span.end <= core.span.end);
  const isPlain = core.kind === "layer" && !core.branches && element.repeats.length === 0;
  // Sizes of a repeat belong behind it, where those among the parts of the layer do not stand.
  if (!isPlain && leading.length > 0 && within.length > 0) return [];
  const moved = leading.map(textOfAnnotation);
  const inRegion = [...(isPlain ? moved : []), ...within.map(textOfAnnotation)];
  const edits = leading.map((annotation): Edit => ({ span: withBlanks(annotation.span), text: "" }));
  if (region && (layer !== undefined || isPlain)) {
    const written = [layer ?? textOf(region).trimEnd(), ...(layer ? inRegion : moved)].join(" ");
    edits.push({ span: region, text: core.kind === "layer" && core.branches ? `${written} ` : written });
  }
  if (!isPlain && moved.length > 0) edits.push(insertion(element, behind, moved.join(" ")));
  return edits;
}

const textOfAnnotation = ({ span }: Annotation) => textOf(span);

/** A layer without its branches. */
function headSpan({ span, branches }: Layer): Span {
  return branches ? { ...span, end: branches.span.start } : span;
}

function insertion(element: Element, behind: readonly Annotation[], text: string): Edit {
  const next = [...behind, ...element.claims].map(({ span }) => span.start);
  if (next.length === 0) return { span: { ...element.span, start: element.span.end }, text: ` ${text}` };
  const at = Math.min(...next);
  return { span: { ...element.span, start: at, end: at }, text: `${text} ` };
}

/** A place and the blanks behind it. */
function withBlanks(span: Span): Span {
  const blanks = /^[ \t]*/.exec(span.source.text.slice(span.end, span.end + 200))![0].length;
  return { ...span, end: span.end + blanks };
}
