// Writes src/std/sources.ts, which carries the shipped .cnn files into the bundle and into browsers. `--check` tells whether it
// is up to date (exit code 1 where not).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format } from "prettier";

const folder = resolve(import.meta.dirname, "../src/std");
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".cnn"))
  .sort()
  .map((name) => ({ path: `std/${name}`, text: readFileSync(join(folder, name), "utf8") }));

const text = await format(
  `/** The shipped files, made from the .cnn files beside this one by \`npm run std\`. */
export const stdFiles: readonly { readonly path: string; readonly text: string }[] = ${JSON.stringify(files)};
`,
  { parser: "typescript", printWidth: 120 },
);
const target = join(folder, "sources.ts");
if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("src/std/sources.ts is not up to date: npm run std");
  process.exitCode = 1;
}
