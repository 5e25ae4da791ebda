// From a keystroke to diagnostics and hints, and to completions, in a file of 2,000 lines: node bench/keystroke.mjs [EDITS]
//
// The file is the zoo's, over and over under other names. A letter is typed into, or taken out of, a random place of a line of
// layers; then all that is wrong is told, and the hints of the 60 lines around it. The first line is for a file that is one net.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { analyse, completionsAt, hintsOf, IncrementalMemory } from "../dist/service/index.js";

const LINES = 2_000;
const edits = Number(process.argv[2] ?? 300);
const zoo = resolve(import.meta.dirname, "../examples/zoo");
// SqueezeNet's default lines would hold for all nets behind them; those of the others do not disturb.
const sources = readdirSync(zoo)
  .filter((file) => file !== "squeezenet.cnn")
  .map((file) => readFileSync(join(zoo, file), "utf8"));

/** The zoo, over and over, with other names in each round; what stands once in a file stands once here. */
function manyNets() {
  const once = new Set(["use std"]);
  const texts = [];
  for (let lines = 0, round = 0; lines < LINES; round++) {
    const source = sources[round % sources.length];
    for (const [line] of source.matchAll(/^default .*$/gm)) once.add(line);
    const names = [...source.matchAll(/^(?:net|block|fn)\s+(\w+)/gm)].map(([, name]) => name);
    const text = source
      .replace(/^(?:use|default) .*\n/gm, "")
      .replace(/\b[A-Za-z]\w*\b/g, (word) => (names.includes(word) ? `${word}v${round}` : word));
    texts.push(text);
    lines += text.split("\n").length;
  }
  return [...once, ...texts].join("\n");
}

const oneNet = () => `net Deep {\n  INPUT 64x64x8\n${"  CONV3-8 - RELU\n".repeat(LINES - 4)}  GAP - FC-10\n}\n`;

/** Numbers that go by a seed, as in the tests. */
let state = 1;
const random = () => (state = (state * 48_271) % 0x7fffffff) / 0x7fffffff;

const quantile = (times, part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];

function measure(name, original) {
  const memory = new IncrementalMemory();
  let text = original;
  analyse("bench.cnn", text, { memory });
  const [shown, completed] = [[], []];
  for (let count = 0; count < edits; count++) {
    const layers = [...text.matchAll(/(CONV\d?-?|POOL|stride |BN|RELU)/g)];
    const at = layers[Math.floor(random() * layers.length)].index + 1;
    // A letter is typed, and taken back with the next keystroke.
    const next = count % 2 === 0 ? text.slice(0, at) + "3" + text.slice(at) : original;
    text = next;
    const start = performance.now();
    const analysis = analyse("bench.cnn", text, { memory });
    hintsOf(analysis, { start: Math.max(0, at - 1_000), end: at + 1_000 });
    const told = performance.now();
    completionsAt(analysis, at);
    completed.push(performance.now() - told);
    shown.push(told - start);
  }
  for (const [what, times] of [
    ["diagnostics and hints", shown.sort((a, b) => a - b)],
    ["completion", completed.sort((a, b) => a - b)],
  ]) {
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => quantile(times, part).toFixed(1).padStart(6));
    console.log(`${name.padEnd(10)} ${what.padEnd(22)} p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms`);
  }
}

const cases = { zoo: manyNets, "one net": oneNet };
const [chosen] = process.argv.slice(3);
if (chosen) {
  measure(chosen, cases[chosen]());
} else {
  const { diagnostics, networks } = analyse("bench.cnn", manyNets());
  console.log(`${LINES} lines each: the zoo (${networks.length} nets, ${diagnostics.length} diagnostics), and one net`);
  console.log(`${edits} keystrokes each; a frame is 16 ms`);
  // Each in a process of its own, as an editor's server has it.
  for (const name of Object.keys(cases))
    execFileSync(process.execPath, [import.meta.filename, String(edits), name], { stdio: "inherit" });
}
