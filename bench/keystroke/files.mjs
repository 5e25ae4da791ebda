// Files of 2,000 lines to type in: the zoo's nets over and over under other names, a single net, and a chain outside of nets.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const LINES = 2_000;
const zoo = resolve(import.meta.dirname, "../../examples/zoo");

function manyNets() {
  // SqueezeNet's default lines would hold for all nets behind them; those of the others do not disturb.
  const sources = readdirSync(zoo)
    .filter((file) => file !== "squeezenet.cnn")
    .map((file) => readFileSync(join(zoo, file), "utf8"));
  // What stands once in a file stands once here.
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

const chain = () => `INPUT 64x64x8\n${"CONV3-8 - RELU\n".repeat(LINES - 2)}GAP - FC-10\n`;

export const files = { "the zoo": manyNets, "one net": oneNet, "a chain": chain };
