/** Weights of other tools: tensors that belong together, with what each of them is. */

/** A tensor of another tool. Values are in its own order. */
export interface ForeignTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** All values. */
  read(): Float32Array;
}

/** What a tensor is to its layer. */
export type Role = "weight" | "bias" | "mean" | "variance";

/** The tensors of one layer. */
export interface ForeignUnit {
  /** What the other tool calls the layer. */
  readonly path: string;
  readonly tensors: ReadonlyMap<Role, ForeignTensor>;
  /** Whether a matrix is stored in, out, as ONNX's products have it; else out, in, as PyTorch has it. */
  readonly isTransposed?: boolean;
}

/** Units, and modules of them, as the dots in names say. */
export interface ForeignModule {
  readonly path: string;
  readonly unit?: ForeignUnit;
  /** Modules of one kind of name, `layer1`, `layer2` ..., by their numbers. Kinds may stand among each other in any order. */
  readonly families: readonly (readonly ForeignModule[])[];
}

const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/^(running_mean|moving_mean|mean)$/, "mean"],
  [/^(running_var|moving_variance|variance|var)$/, "variance"],
  [/^(bias|beta|in_proj_bias|qkvbias)$/, "bias"],
  [/^(weight|gamma|kernel|scale|slope|alpha|in_proj_weight|qkv)$/, "weight"],
];

/** Counters and the like, which are no weights. */
const IGNORED = /(^|\.)(num_batches_tracked|step|attn_mask|relative_position_index)$/;

interface OpenModule {
  readonly path: string;
  readonly tensors: Map<Role, ForeignTensor>;
  readonly children: Map<string, OpenModule>;
}

/** The modules that named tensors are of. */
export function modulesOf(tensors: Iterable<ForeignTensor>): ForeignModule {
  const root: OpenModule = { path: "", tensors: new Map(), children: new Map() };
  for (const tensor of tensors) {
    if (IGNORED.test(tensor.name)) continue;
    const segments = tensor.name.split(".");
    const last = segments.at(-1)!;
    const role = ROLES.find(([pattern]) => pattern.test(last))?.[1];
    // A parameter with a name of its own is a unit: `pos_embedding`, `layer_scale`.
    const path = role === undefined ? segments : segments.slice(0, -1);
    let module = root;
    for (const [index, segment] of path.entries()) {
      const known = module.children.get(segment);
      const child = known ?? { path: path.slice(0, index + 1).join("."), tensors: new Map(), children: new Map() };
      module.children.set(segment, child);
      module = child;
    }
    module.tensors.set(role ?? "weight", tensor);
  }
  return closed(root);
}

function closed(open: OpenModule): ForeignModule {
  const families = new Map<string, { number: number; module: ForeignModule }[]>();
  for (const [segment, child] of open.children) {
    const [, stem = segment, number = "0"] = /^(.*?)(\d+)$/.exec(segment) ?? [];
    const family = families.get(stem) ?? [];
    family.push({ number: Number(number), module: closed(child) });
    families.set(stem, family);
  }
  const unit = open.tensors.size > 0 ? { path: open.path, tensors: open.tensors } : undefined;
  return {
    path: open.path,
    unit,
    families: [...families.values()].map((family) =>
      family.sort((a, b) => a.number - b.number).map(({ module }) => module),
    ),
  };
}
