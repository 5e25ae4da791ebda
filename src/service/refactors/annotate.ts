/** Writes the size behind a layer or block, where it is one and is not there yet. */
import { afterSpan } from "../../base/source.js";
import { formatDimensions } from "../../ir/shape.js";
import { walksOf } from "../links-of-chains.js";
import { linksIn, type RefactorRule } from "./refactor.js";

export const annotate: RefactorRule = (analysis, range) => {
  const { links } = linksIn(analysis, range);
  const [link] = links;
  if (!link || links.length > 1 || link.annotations.length > 0 || link.core.kind === "check") return [];
  const results = walksOf(analysis, link).map(({ result }) => result && formatDimensions(result.shape));
  const [size] = results;
  if (size === undefined || results.some((one) => one !== size)) return [];
  return [
    { title: `annotate it: [${size}]`, kind: "rewrite", edits: [{ span: afterSpan(link.span), text: ` [${size}]` }] },
  ];
};
