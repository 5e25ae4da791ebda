// Draws docs/images/finding.svg: what the terminal shows for the lecture's VGG table, as a picture. `node scripts/picture.mjs`
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const example = "examples/lecture14/vgg16.slide.cnn";
const CHARACTER = 8.43;
const LINE = 20;
const COLUMNS = 104;
const COLOURS = { 31: "#ff7b72", 32: "#7ee787", 33: "#f0c674", 36: "#79c0ff" };

function run(args) {
  const env = { ...process.env, FORCE_COLOR: "1", NO_COLOR: "" };
  return spawnSync(process.execPath, [join(root, "bin/cnnc.js"), ...args], {
    cwd: root,
    encoding: "utf8",
    env,
  }).stdout.trimEnd();
}

/** A line with ANSI colours as tspans, broken where it is too long. */
function spans(line) {
  const parts = line.split(/(\u001b\[\d+m)/);
  const state = { fill: undefined, bold: false, dim: false };
  return parts
    .map((part) => {
      const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
      if (code === undefined) {
        const style = [
          state.fill ? `fill="${state.fill}"` : "",
          state.bold ? 'font-weight="bold"' : "",
          state.dim ? 'fill-opacity="0.55"' : "",
        ];
        const text = part.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        return text ? `<tspan ${style.filter(Boolean).join(" ")}>${text}</tspan>` : "";
      }
      if (code === "1") state.bold = true;
      else if (code === "2") state.dim = true;
      else if (code === "22") state.bold = state.dim = false;
      else if (code === "39") state.fill = undefined;
      else state.fill = COLOURS[code] ?? state.fill;
      return "";
    })
    .join("");
}

/** Breaks what stands under the frame as the terminal does. */
function wrapped(line) {
  const plain = line.replace(/\u001b\[\d+m/g, "");
  if (plain.length <= COLUMNS) return [line];
  const cut = line.lastIndexOf(" ", COLUMNS + (line.length - plain.length));
  return [line.slice(0, cut), ...wrapped(`      ${line.slice(cut + 1)}`)];
}

const table = run(["report", example, "--format", "slide"]).split("\n");
const lines = [
  `\u001b[2m$\u001b[22m cnnc report ${example} --format slide`,
  ...table.slice(0, 4),
  "\u001b[2m...\u001b[22m",
  ...table.slice(-4),
  "",
  `\u001b[2m$\u001b[22m cnnc check ${example}`,
  ...run(["check", example]).split("\n"),
].flatMap(wrapped);

const width = Math.ceil(COLUMNS * CHARACTER + 40);
const height = lines.length * LINE + 56;
const rows = lines.map(
  (line, index) => `<text x="20" y="${52 + index * LINE}" xml:space="preserve">${spans(line)}</text>`,
);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>cnnc prints the table of the slide and tells that its total of 24M values does not hold</title>
<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>
<circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>
<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">
${rows.join("\n")}
</g>
</svg>
`;
mkdirSync(join(root, "docs/images"), { recursive: true });
writeFileSync(join(root, "docs/images/finding.svg"), svg);
