/** The columns of a report, with what each figure is: what `--explain` prints. */

export interface ColumnDefinition {
  readonly title: string;
  readonly doc: string;
  /** Whether it is shown where nothing else is asked for. */
  readonly isUsual?: true;
}

export const columnDefinitions = {
  name: {
    title: "name",
    doc: "The label of a layer, or <operator><number>; in a block behind the name of its call.",
    isUsual: true,
  },
  layer: { title: "layer", doc: "The layer as it is written, with what is not its default.", isUsual: true },
  output: { title: "output", doc: "Size of its result: height x width x channels, without the batch.", isUsual: true },
  params: { title: "params", doc: "Numbers that are trained: weights and biases.", isUsual: true },
  weights: { title: "weights", doc: "Numbers that are trained, without biases: how slides count." },
  buffers: {
    title: "buffers",
    doc: "Running statistics of batch normalisation, which are not trained.",
    isUsual: true,
  },
  macs: {
    title: "macs",
    doc: "Multiply-accumulates of convolutions and dense layers for one image, without biases and element-wise work; ResNet-50 has 4,089,184,256. A layer that runs several times is counted each time.",
    isUsual: true,
  },
  flops: {
    title: "flops",
    doc: "Floating-point operations for one image: two for each multiply-accumulate, and one for each result of an activation, a normalisation or element-wise merging.",
  },
  activations: {
    title: "activations",
    doc: "Values in a layer's result, for one image: what slides call memory.",
    isUsual: true,
  },
  bytes: {
    title: "bytes",
    doc: "Bytes that a layer moves for one image: what it reads, what it gives, its parameters and buffers, each once, at the precision that is asked for.",
  },
  intensity: {
    title: "intensity",
    doc: "Arithmetic intensity: flops for each of these bytes. Where it is below a device's peak operations by its bandwidth, the memory is what the layer waits for.",
  },
  field: {
    title: "field",
    doc: "Receptive field: positions of the input that one position of the result is made of, padding included, along all paths. * where some path sees all of the input beside, ! where the paths have different centres.",
  },
  stride: { title: "stride", doc: "Effective stride: positions of the input between the fields of neighbours." },
  padding: {
    title: "padding",
    doc: "Effective padding: how far the field of the first position lies before the input.",
  },
  line: { title: "line", doc: "Line of the source." },
} as const satisfies Record<string, ColumnDefinition>;

export type ColumnName = keyof typeof columnDefinitions;
