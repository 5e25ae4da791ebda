// Makes `npx cnnc` run the command of this checkout: npm links the commands of dependencies, but not a package's own.
import { rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

const link = join(resolve(import.meta.dirname, ".."), "node_modules/.bin/cnnc");
try {
  rmSync(link, { force: true });
  symlinkSync("../../bin/cnnc.js", link);
} catch (error) {
  // Where links are not allowed, npx finds the package by its name, more slowly.
  console.warn(`npx cnnc is not linked: ${error.message}`);
}
