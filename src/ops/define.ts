/** What an operator is: one declaration, from which checking, reports, docs and targets are derived. */
import type { DiagnosticArgs, DiagnosticKind } from "../base/diagnostics.js";
import type { Condition } from "../ir/condition.js";
import type { Count } from "../ir/dimension.js";
import type { Arguments, TensorType } from "../ir/network.js";

/** How a parameter is written and what it may be. */
export type ParameterKind =
  /** A whole number: filters, groups. */
  | "integer"
  /** A decimal number: a rate, an epsilon. */
  | "number"
  /** One whole number or one per axis: a window, a stride. */
  | "axes"
  /** `pad`: a number, `HxW`, `(top, left, bottom, right)`, `half` or `same`. */
  | "padding"
  /** A word alone, `no` before it turns it off. */
  | "flag"
  /** A whole size with its channels: `227x227x3`. */
  | "shape";

export interface Parameter {
  readonly kind: ParameterKind;
  readonly doc: string;
  /** Smallest allowed value; 1 for whole numbers where it is not given. */
  readonly minimum?: number;
  /** Values from here on are refused (a dropout rate of 1). */
  readonly below?: number;
  /**
   * The value where nothing is written, one number for all axes; `"window"` takes that of the window, `"channels"` the
   * channels that arrive. A parameter without one must be given.
   */
  readonly default?: Arguments[string];
  readonly defaultsTo?: string;
  /** How the parameter is called in sentences where its name does not do: `a window`. */
  readonly noun?: string;
  /** A size that may depend on the letters of the input: `CROP (in.h//2)x(in.w//2)`. */
  readonly symbolic?: boolean;
  /** A value to offer where a sketch leaves it open. */
  readonly sketch?: string;
}

export type OperatorGroup =
  | "input"
  | "convolution"
  | "pooling"
  | "dense"
  | "normalisation"
  | "activation"
  | "regularisation"
  | "rearranging"
  | "merging"
  | "other";

/** One tensor that a layer learns or keeps. */
export interface WeightSpec {
  /** `weight`, `bias`, `scale`, `mean`, `variance`: behind the layer's name in every target. */
  readonly name: string;
  /** Canonical order: convolutions height, width, in, out; dense layers in, out; vectors channels. */
  readonly shape: readonly number[];
  /** `weight` and `bias` are trained; a `buffer` is a running statistic. */
  readonly role: "weight" | "bias" | "buffer";
  readonly initial: Initial;
}

/** How a tensor starts: a constant, or uniform by the fan (He before ReLU, Glorot otherwise). */
export type Initial =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "fan"; readonly fanIn: number; readonly fanOut: number };

/** Why sizes do not work out: which parameter or input is at fault, and the message. */
export interface Fault {
  /** A parameter's name, or `input`. */
  readonly at: string;
  readonly kind: DiagnosticKind;
  readonly args: DiagnosticArgs;
  readonly notes?: readonly string[];
  /** Text that the parameter can be replaced with. */
  readonly replacement?: { readonly title: string; readonly text: string };
  /** A layer that makes it fit when it stands before this one: `GAP`. */
  readonly before?: string;
}

/** The replacement of a parameter by another value. */
export function replacementWith(value: number | string): Fault["replacement"] {
  return { title: `write ${value}`, text: String(value) };
}

/**
 * The type of a result, or why there is none. Where sizes agree only for some values of the input's letters, `conditions`
 * is all that is then known of the letters, and `partly` says what was compared.
 */
export type Inference =
  | {
      readonly type: TensorType;
      readonly conditions?: readonly Condition[];
      readonly partly?: readonly string[];
    }
  | { readonly fault: Fault };

/** A change of one parameter that gives the annotated size. */
export interface Alternative {
  readonly parameter: string;
  readonly text: string;
}

/**
 * What is kept from the way forward until the gradient is made of it. Parameters are there in any case. For one image, but for
 * the statistics of a batch.
 */
export interface Kept {
  /** All values that it reads. */
  readonly inputs?: true;
  readonly output?: true;
  /** Values that it makes on the way: as many bytes each as activations have. */
  readonly values?: Count;
  /** Bytes that do not go by the precision: positions of maxima, masks. */
  readonly bytes?: Count;
  /** Values for the whole batch, in float32. */
  readonly statistics?: Count;
}

export interface OperatorDefinition<A extends object> {
  readonly name: string;
  /** The spellings in capitals; the first is the canonical one. */
  readonly mnemonics: readonly string[];
  readonly group: OperatorGroup;
  readonly doc: string;
  /** A chain that uses it, compiled by the registry test. */
  readonly example: string;
  readonly parameters: { readonly [K in keyof A]: Parameter };
  /** The parameter that a bare number fills: `filters` for `CONV3-64`. */
  readonly count?: keyof A & string;
  /** The parameter that a bare size, or digits stuck to the mnemonic, fill: `window` for `CONV3`. */
  readonly size?: keyof A & string;
  /** Whether the size is also taken from digits stuck to the mnemonic. */
  readonly digits?: boolean;
  /** Words of slides that say no more than the mnemonic: `max pooling`, `Normalization`. */
  readonly phrases?: readonly string[];
  /** How many values it reads; 0 for `INPUT`, `many` for what merges branches. */
  readonly inputs: 0 | 1 | "many";
  /** Whether each value of the result costs one floating-point operation. */
  readonly isElementWise?: true;
  /** What of its inputs must be a number: `weights` may rely on it. Nothing where it is left out. */
  readonly needs?: "channels" | "size";
  /**
   * Type of the result. Inputs are of any rank the language has; an operator refuses what it does not take. `given` is what
   * is known of the letters in sizes.
   */
  infer(args: A, inputs: readonly TensorType[], given?: readonly Condition[]): Inference;
  /** Tensors it learns or keeps; none where it is left out. */
  weights?(args: A, inputs: readonly TensorType[]): WeightSpec[];
  /** Multiply-accumulates for one image, without biases; 0 where it is left out. */
  macs?(args: A, inputs: readonly TensorType[], output: TensorType): Count;
  /** The arithmetic of the result with this layer's numbers, one line for each thing to say. */
  formula?(args: A, inputs: readonly TensorType[]): string[];
  /** Changes of one parameter each that would give the wanted size. */
  alternatives?(args: A, inputs: readonly TensorType[], wanted: TensorType): Alternative[];
  /**
   * How the result can be kept while a model runs. `view`: they are the values that came in, in their order, and nothing is
   * done. `in place`: each group of values that is read together is only read before its results are written, so that these
   * can take its place. `part`: they are some of those that came in, which frameworks that train leave where they are.
   */
  readonly storage?: "view" | "in place" | "part";
  /** What its gradient is made of, as PyTorch keeps it; nothing where it is left out. */
  keeps?(args: A, inputs: readonly TensorType[], output: TensorType): Kept;
  /** Whether a position of the result may depend on any position of the input. */
  readonly readsAll?: true;
  /** For operators that slide a window: which inputs an output is made of, one entry for each spatial axis. */
  reach?(args: A, inputs: readonly TensorType[]): AxisReach[] | undefined;
}

/** How one output position of a windowed operator reads its input along an axis. */
export interface AxisReach {
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  /** Undefined where it depends on a size that is open. */
  readonly padBefore: number | undefined;
}

/** An operator with its argument type forgotten, as the registry keeps it. */
export type Operator = OperatorDefinition<Arguments>;

/** Declares an operator. Its methods receive checked arguments, complete by its parameters. */
export function defineOp<A extends object>(definition: OperatorDefinition<A>): Operator {
  // The elaborator fills `A` by `parameters`, whose keys are those of `A`: the one place where that is taken on trust.
  return definition as unknown as Operator;
}
