// From a keystroke to diagnostics and hints, and to completions, in files of 2,000 lines: node bench/keystroke.mjs [KEYSTROKES]
//
// After each keystroke all that is wrong is told, and the hints of the 60 lines around it. First as the service does it, then as an
// editor sees it: from the moment that it tells the language server of an edit until it has the answers.
import { execFileSync } from "node:child_process";
import { analyse, completionsAt, hintsOf, IncrementalMemory } from "../dist/service/index.js";
import { files } from "./keystroke/files.mjs";
import { startServer } from "./keystroke/server.mjs";
import { kinds, randomFrom } from "./keystroke/typing.mjs";

const FRAME = 16;
/** Keystrokes that a server has seen before its times count: it is started once a day, and compiles itself while it runs. */
const WARM = 100;

const keystrokes = Number(process.argv[2] ?? 600);

const quantile = (times, part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];

function print(file, kind, what, times, limit) {
  times.sort((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => quantile(times, part));
  const told = [p50, p95, p99].map((time) => time.toFixed(1).padStart(6));
  const verdict = p95 <= limit ? `within ${limit} ms` : `OVER ${limit} ms`;
  console.log(
    `${file.padEnd(8)} ${kind.padEnd(20)} ${what.padEnd(22)} p50 ${told[0]}  p95 ${told[1]}  p99 ${told[2]} ms  ${verdict}`,
  );
}

function measureService(file, kind) {
  const original = files[file]();
  const memory = new IncrementalMemory();
  analyse("bench.cnn", original, { memory });
  const [shown, completed] = [[], []];
  let left = WARM + keystrokes;
  for (const { text, at } of kinds[kind](original, randomFrom(1))) {
    if (left-- === 0) break;
    const start = performance.now();
    const analysis = analyse("bench.cnn", text, { memory });
    hintsOf(analysis, { start: Math.max(0, at - 1_000), end: at + 1_000 });
    const told = performance.now();
    completionsAt(analysis, at);
    const done = performance.now();
    if (left >= keystrokes) continue;
    shown.push(told - start);
    completed.push(done - told);
  }
  print(file, kind, "diagnostics and hints", shown, FRAME);
  print(file, kind, "completion", completed, 10);
}

async function measureServer(file, kind) {
  const original = files[file]();
  const server = await startServer(original);
  const [hints, diagnostics] = [[], []];
  let left = WARM + keystrokes;
  for (const keystroke of kinds[kind](original, randomFrom(1))) {
    if (left-- === 0) break;
    const took = await server.type(keystroke);
    if (left >= keystrokes) continue;
    hints.push(took.hints);
    diagnostics.push(took.diagnostics);
  }
  server.stop();
  print(file, kind, "hints, over stdio", hints, FRAME);
  print(file, kind, "diagnostics, over stdio", diagnostics, FRAME);
}

const [chosenFile, chosenKind, where] = process.argv.slice(3);
if (chosenFile) {
  if (where === "server") await measureServer(chosenFile, chosenKind);
  else measureService(chosenFile, chosenKind);
} else {
  const { diagnostics, networks } = analyse("bench.cnn", files["the zoo"]());
  console.log(
    `2,000 lines each: the zoo (${networks.length} nets, ${diagnostics.length} diagnostics), one net, and a chain`,
  );
  console.log(`${keystrokes} keystrokes each, after ${WARM} that do not count; a frame is ${FRAME} ms`);
  // Each in a process of its own, as an editor's server has it.
  for (const place of ["service", "server"])
    for (const file of Object.keys(files))
      for (const kind of Object.keys(kinds))
        execFileSync(process.execPath, [import.meta.filename, String(keystrokes), file, kind, place], {
          stdio: "inherit",
        });
}
