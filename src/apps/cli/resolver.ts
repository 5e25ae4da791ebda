/** Finds the files that programs use: below the project that the program belongs to, and nowhere else. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { closest, decodeSource, LARGEST_SOURCE, messageOf, type Resolver } from "../../index.js";

/** What marks the folder of a project. */
const MARKS = [".git", "package.json"];

/** The nearest folder around a file that is a project's, or else the file's own. */
function projectOf(folder: string): string {
  for (let current = folder; ; current = dirname(current)) {
    if (MARKS.some((mark) => existsSync(join(current, mark)))) return current;
    if (dirname(current) === current) return folder;
  }
}

const isWithin = (path: string, folder: string) =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** A resolver for the program at `main`, as it was named; standard input lies in the folder where the command runs. */
export function resolverFor(main: string): Resolver {
  const mainPath = resolve(main === "-" ? "stdin" : main);
  // Links are followed before anything is compared, so that none leads out of the project.
  const project = realOf(projectOf(dirname(mainPath)));
  const places = new Map([[main === "-" ? "<stdin>" : main, mainPath]]);
  const names = new Map([[realOf(mainPath), main]]);
  return (from, target) => {
    const base = places.get(from);
    if (base === undefined) return { problem: "shipped files use no other files" };
    if (isAbsolute(target) || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(target)) {
      return { problem: 'a path is relative to the file that it stands in, such as "./blocks.cnn"' };
    }
    const found = resolve(dirname(base), target);
    if (!existsSync(found)) return { problem: notFound(found) };
    const real = realOf(found);
    if (!isWithin(real, project)) return { problem: `it lies outside of the project ${project}` };
    if (!statSync(real).isFile()) return { problem: "it is a folder; name the .cnn file in it" };
    if (statSync(real).size > LARGEST_SOURCE) return { problem: "it is larger than a program may be" };
    const name = names.get(real) ?? relative(process.cwd(), found);
    names.set(real, name);
    places.set(name, found);
    const decoded = decodeSource(name, readFileSync(real));
    return "diagnostic" in decoded ? { problem: messageOf(decoded.diagnostic) } : { path: name, text: decoded.text };
  };
}

function realOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

function notFound(path: string): string {
  const folder = dirname(path);
  const there = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".cnn")) : [];
  const suggestion = closest(basename(path), there) ?? there.find((name) => name === `${basename(path)}.cnn`);
  return `there is no such file${suggestion ? `; did you mean ${suggestion}?` : ""}`;
}
