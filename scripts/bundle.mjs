// Bundles the command line into few files: opening hundreds of small modules is most of what a small command would do.
// Commands and heavy packages stay in files of their own, loaded when they are needed.
import { rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist/bundle", { recursive: true, force: true });

await build({
  entryPoints: { cnnc: "dist/apps/cli/main.js" },
  outdir: "dist/bundle",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  // Run on demand, and resolved where the user has them.
  external: ["prettier", "@tensorflow/*", "onnxruntime-node", "npyjs", "fast-png", "jpeg-js", "cli-progress"],
  // CommonJS packages ask for Node's modules with require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
});
