// Writes grammar/cnn.tmLanguage.json, the TextMate grammar of the language, which src/service/colours/grammar.ts makes from the operators.
// `node scripts/grammar.mjs` writes it, `--check` tells whether it is up to date (exit code 1 where not).
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { format } from "prettier";
import { grammar } from "../dist/service/colours/grammar.js";

const path = resolve(import.meta.dirname, "../grammar/cnn.tmLanguage.json");

const text = await format(JSON.stringify(grammar), { parser: "json", printWidth: 120 });
if (process.argv.includes("--check")) {
  if (readFileSync(path, "utf8") !== text) {
    console.error("grammar/cnn.tmLanguage.json is not up to date: run npm run grammar");
    process.exit(1);
  }
} else {
  writeFileSync(path, text);
}
