/** What an editor is told once, by `cnn()`. */
import { Facet } from "@codemirror/state";
import type { AnalysisOptions, LintConfig } from "../../service/index.js";

export interface CnnOptions {
  /** How the file is called, in messages and by nets that are named after it; `net.cnn` where nothing is given. */
  readonly path?: string;
  /** Finds what `use "./other.cnn"` names; without it there are no other files. */
  readonly resolve?: AnalysisOptions["resolve"];
  /** Files that `use` can name, for completion: `./blocks.cnn`. */
  readonly files?: readonly string[];
  /** How large programs may be. The page waits for what is compiled: usually less is allowed than elsewhere. */
  readonly limits?: AnalysisOptions["limits"];
  /** Levels and settings of the linter, as `lint` in `cnnc.config.json`. */
  readonly lint?: LintConfig;
  /** Is told where a name is declared that is looked up, if that is in another file. */
  readonly onOtherFile?: (place: { readonly path: string; readonly from: number; readonly to: number }) => void;
}

/** As much as is compiled within about a second. */
export const pageLimits = { layers: 20_000, repeats: 20_000, calls: 200_000, fileSize: 1_000_000 };

/** Where several extensions give some, those of the first hold. */
export const cnnOptions = Facet.define<CnnOptions, CnnOptions>({
  combine: (all) => Object.assign({}, ...[...all].reverse()) as CnnOptions,
});
