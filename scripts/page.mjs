// Writes src/emit/html/page-assets.ts, which carries the script and the style of a report's page, made from src/emit/html/browser,
// with the hashes that its policy names. `--check` tells whether it is up to date (exit code 1 where not).
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { format } from "prettier";

const folder = resolve(import.meta.dirname, "../src/emit/html");

/** One file without what it does not need, as text. */
async function made(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "browser", entry)],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    // Sources name their files in no comment.
    legalComments: "none",
    charset: "utf8",
    logLevel: "warning",
  });
  const text = outputFiles[0].text.trimEnd();
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`${entry} would end its own element`);
  return text;
}

const hash = (text) => `sha256-${createHash("sha256").update(text, "utf8").digest("base64")}`;
const script = await made("main.ts");
const style = await made("style.css");

const text = await format(
  `/** The script and the style of a report's page, made from the files in browser/ by \`npm run page\`. */
export const script = ${JSON.stringify(script)};

export const scriptHash = ${JSON.stringify(hash(script))};

export const style = ${JSON.stringify(style)};

export const styleHash = ${JSON.stringify(hash(style))};
`,
  { parser: "typescript", printWidth: 120 },
);
const target = join(folder, "page-assets.ts");
if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("src/emit/html/page-assets.ts is not up to date: npm run page");
  process.exitCode = 1;
}
