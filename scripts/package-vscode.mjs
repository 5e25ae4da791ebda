// Packages the extension for Visual Studio Code: node scripts/package-vscode.mjs [FILE.vsix]
//
// The server is bundled into it as one file; of its packages nothing else is needed.
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const source = join(root, "src/apps/vscode");
const folder = join(root, "out/vscode");
const packagePath = resolve(process.argv[2] ?? join(root, "out/cnnc.vsix"));
/** Bytes: larger ones are slow to install. */
const LARGEST = 3_000_000;

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const common = { bundle: true, platform: "node", target: "node20", format: "cjs", minify: true, logLevel: "warning" };
await build({
  ...common,
  entryPoints: [join(source, "extension.ts")],
  outfile: join(folder, "extension.js"),
  external: ["vscode"],
});
await build({
  ...common,
  entryPoints: [join(root, "dist/apps/lsp/main.js")],
  outfile: join(folder, "server.js"),
  define: { "process.env.CNNC_VERSION": JSON.stringify(version) },
});

const manifest = { ...JSON.parse(readFileSync(join(source, "package.json"), "utf8")), version };
writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
for (const [from, to] of [
  [join(source, "README.md"), "README.md"],
  [join(root, "LICENSE"), "LICENSE"],
  [join(root, "grammar/cnn.tmLanguage.json"), "cnn.tmLanguage.json"],
  [join(root, "grammar/language-configuration.json"), "language-configuration.json"],
])
  copyFileSync(from, join(folder, to));

await createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true });
const { size } = statSync(packagePath);
console.log(`${packagePath}  ${(size / 1e6).toFixed(2)} MB`);
if (size > LARGEST) {
  console.error(`the package is larger than ${LARGEST / 1e6} MB`);
  process.exit(1);
}
