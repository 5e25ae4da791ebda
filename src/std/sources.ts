/** The shipped files, made from the .cnn files beside this one by `npm run std`. */
export const stdFiles: readonly { readonly path: string; readonly text: string }[] = [
  {
    path: "std/divisible.cnn",
    text: "fn nearest(v, d) = max(d, (v + d/2) // d * d)\n## The multiple of d nearest to v, but never more than a tenth below it: how MobileNets and their kin round widths.\nfn divisible(v, d = 8) = nearest(v, d) + (if nearest(v, d) < 0.9*v then d else 0)\n",
  },
  {
    path: "std/residual.cnn",
    text: "## Unit(c, s), with its input added where the shape stays the same.\nblock Residual(Unit, c, s = 1) {\n  if s == 1 and in.c == c { ADD { ID | Unit(c, s) } } else { Unit(c, s) }\n}\n## n such units; the first takes the stride and the new width.\nblock ResidualStage(Unit, c, n, s = 1) { Residual(Unit, c, s) - Residual(Unit, c)*(n-1) }\n",
  },
  {
    path: "std/squeeze_excite.cnn",
    text: "## Squeeze-and-excitation (Hu et al., 2017): weighs each channel by what the whole map says, through so many units.\nblock SqueezeExcite(units, Act = RELU, Gate = SIGMOID) {\n  let c = in.c\n  MUL { ID | GAP - FC-units - Act - FC-c - Gate }\n}\n",
  },
];
