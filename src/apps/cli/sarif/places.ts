/** Files and places in them as SARIF has them. */
import { isAbsolute, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { stdFiles, type Span } from "../../../index.js";

/** What addresses are relative to: services put the folder of a checkout in the place of the first. */
export const baseIds = {
  "%SRCROOT%": { description: { text: "The folder where cnnc lint ran." } },
  CNNC: { description: { text: "The modules that cnnc ships, which `use std` brings in." } },
};

/**
 * The address of a file: relative to the folder where the command runs, so that it is the same on all machines. What lies
 * outside of it has a full one; standard input lies nowhere.
 */
export function artifactLocation(path: string): Record<string, string> {
  if (path === "<stdin>") return { uri: encodeURIComponent(path) };
  if (stdFiles.some((file) => file.path === path)) return { uri: path, uriBaseId: "CNNC" };
  const absolute = resolve(path);
  const inside = relative(process.cwd(), absolute);
  const isOutside = inside === ".." || /^\.\.[/\\]/.test(inside) || isAbsolute(inside);
  if (isOutside) return { uri: pathToFileURL(absolute).href };
  const parts = inside.replaceAll("\\", "/").split("/").map(encodeURIComponent);
  return { uri: parts.join("/"), uriBaseId: "%SRCROOT%" };
}

export const physicalLocation = (span: Span) => ({
  artifactLocation: artifactLocation(span.source.path),
  region: region(span),
});

/** `endColumn` is the column behind the last character, as in SARIF; both count from 1. */
export function region({ source, start, end }: Span): Record<string, number> {
  const [from, to] = [source.position(start), source.position(end)];
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: start,
    charLength: end - start,
  };
}
