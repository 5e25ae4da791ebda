/** Random networks over every operator with one input, and branches that meet. */
import fc from "fast-check";
import { product } from "../../src/base/integers.js";
import type { Network } from "../../src/ir/network.js";
import { fixedShape } from "../../src/ir/shape.js";

const small = (most: number) => fc.integer({ min: 1, max: most });
const optional = (text: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: 1, arbitrary: text });

/** Chains over maps with so many axes: sequences, images, volumes. */
export function chains(axes: number): fc.Arbitrary<string> {
  const each = (most: number) =>
    fc.oneof(
      small(most).map(String),
      ...(axes > 1
        ? [fc.tuple(...Array.from({ length: axes }, () => small(most))).map((sizes) => sizes.join("x"))]
        : []),
    );
  const ends = fc
    .tuple(...Array.from({ length: 2 * axes }, () => fc.integer({ min: 0, max: 2 })))
    .map((pads) => `(${pads.join(", ")})`);
  const padding = fc.oneof(fc.integer({ min: 0, max: 2 }).map(String), fc.constantFrom("half", "same"), ends);

  const conv = fc
    .tuple(
      each(5),
      small(6),
      optional(each(3).map((s) => `/${s}`)),
      optional(padding.map((p) => ` pad ${p}`)),
      optional(small(2).map((d) => ` dilation ${d}`)),
      optional(fc.constantFrom(" no bias", " groups 2")),
    )
    .map(([w, filters, s, p, d, bias]) => `CONV${w}-${filters}${s}${p}${d}${bias}`);
  const pool = fc
    .tuple(
      fc.constantFrom("POOL", "MAXPOOL", "AVGPOOL"),
      each(5),
      optional(each(3).map((s) => `/${s}`)),
      optional(padding.map((p) => ` pad ${p}`)),
      optional(fc.constant(" ceil")),
    )
    .map((parts) => parts.join(""));
  const dwconv = fc
    .tuple(
      each(4),
      optional(each(3).map((s) => `/${s}`)),
      optional(padding.map((p) => ` pad ${p}`)),
      optional(small(2).map((d) => ` dilation ${d}`)),
    )
    .map(([w, s, p, d]) => `DWCONV${w}${s}${p}${d}`);
  const upconv = fc
    .tuple(
      each(4),
      small(6),
      optional(each(2).map((s) => `/${s}`)),
      optional(padding.map((p) => ` pad ${p}`)),
      optional(small(2).map((d) => ` dilation ${d}`)),
      optional(fc.constantFrom(" no bias", " groups 2", " outpad 1")),
    )
    .map(([w, ...parts]) => `UPCONV${w}-${parts.join("")}`);
  const size = (most: number) => fc.tuple(...Array.from({ length: axes }, () => small(most))).map((s) => s.join("x"));
  const resized = fc.oneof(
    size(7).map((s) => `ADAPTIVEAVGPOOL ${s}`),
    small(2).map((f) => `UPSAMPLE ${f}`),
    fc.tuple(size(12), optional(fc.constant(" bilinear"))).map(([s, b]) => `RESIZE ${s}${b}`),
    fc.constantFrom(
      "UPSAMPLE2 bilinear",
      "PIXELSHUFFLE 2",
      "PIXELUNSHUFFLE 2",
      "PAD 1",
      "PAD 2 reflect",
      "CROP margin 1",
    ),
    size(4).map((s) => `CROP ${s}`),
    ends.map((e) => `PAD amount ${e}`),
    ends.map((e) => `CROP margin ${e}`),
  );
  const channels = fc.constantFrom(
    ...["LINEAR-4", "CHUNK 1 of 2", "CHUNK 2 of 2", "SHUFFLE 2", "GN-2", "ATTENTION 2", "ATTENTION", "TRANSPOSE"],
    ...(axes === 1 ? ["CLASSTOKEN"] : []),
  );
  const other = fc.constantFrom(
    ...[
      "RELU",
      "SIGMOID",
      "TANH",
      "SOFTMAX",
      "DROPOUT 0.2",
      "ID",
      "BN",
      "LRN size 3",
      "RELU6",
      "LRELU 0.2",
      "PRELU",
      "ELU",
    ],
    ...["SELU", "GELU", "SILU", "MISH", "HSIGMOID", "HSWISH", "SOFTPLUS", "LOGSOFTMAX", "DROPPATH 0.1", "LN", "IN"],
    ...["BN no affine", "LN no affine", "SCALE", "BIAS", "POSEMBED"],
  );
  const flat = ["(in.l)", "(in.h*in.w)", "(in.d*in.h*in.w)"][axes - 1]!;
  const end = fc.constantFrom(
    "",
    " - GAP",
    " - GMP",
    " - FC-7",
    " - FLATTEN",
    " - GAP - FC-3 - SOFTMAX",
    " - FLATTEN - FC-2 - TANH",
    ` - RESHAPE (in.c)x${flat}`,
  );
  const link = fc.oneof(
    { weight: 4, arbitrary: conv },
    { weight: 1, arbitrary: dwconv },
    { weight: 2, arbitrary: upconv },
    { weight: 3, arbitrary: pool },
    { weight: 3, arbitrary: resized },
    { weight: 2, arbitrary: channels },
    { weight: 3, arbitrary: other },
  );
  const sides = fc.tuple(...Array.from({ length: axes }, () => small(24)));
  return fc
    .tuple(sides, small(4), fc.array(link, { minLength: 1, maxLength: 5 }), end)
    .map(([sizes, channels, links, last]) => `INPUT ${sizes.join("x")}x${channels} - ${links.join(" - ")}${last}`);
}

/** Layers that make maps larger can make a chain that takes long to run, and attention looks at all pairs of positions. */
export function isLarge(network: Network): boolean {
  return network.nodes.some(({ op, type }) => {
    const values = product(fixedShape(type));
    return values > 100_000n || (op === "attention" && values > 4_000n);
  });
}

/**
 * Chains of which a part becomes branches: values that are read twice, and merged in every way that there is. What changes
 * the size of a map stands before or behind them.
 */
export function graphs(axes: number): fc.Arbitrary<string> {
  const kept = fc.constantFrom(
    "CONV3-6",
    "LINEAR-6",
    "RELU",
    "BN",
    "TANH",
    "DWCONV3",
    "SHUFFLE 2",
    "ATTENTION 2",
    "ID",
  );
  const branch = fc.array(kept, { minLength: 1, maxLength: 3 }).map((links) => links.join(" - "));
  const merged = fc
    .tuple(
      fc.constantFrom("ADD", "MUL", "MAX", "MEAN", "CONCAT"),
      fc.array(branch, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("", " | GAP - FC-6 - SIGMOID"),
    )
    .map(([op, branches, gate]) => `${op} { ID | ${branches.join(" | ")}${op === "MUL" ? gate : ""} }`);
  return fc.tuple(chains(axes), fc.array(merged, { minLength: 1, maxLength: 3 })).map(([chain, merges]) => {
    const [input, ...links] = chain.split(" - ");
    return [input, ...links.slice(0, 1), "LINEAR-6", merges.join(" - LINEAR-6 - "), ...links.slice(1)].join(" - ");
  });
}
