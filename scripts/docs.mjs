// Writes the pages of docs/ that are made from the code: docs/reference.md from the operators, docs/diagnostics.md from the
// codes, and the pictures of docs/draw.md. `node scripts/docs.mjs` writes them, `--check` tells whether they are up to date (exit code 1 where not).
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  allKinds,
  circumstancesOf,
  compile,
  draw,
  losses,
  messageOfExample,
  operators,
  optimizers,
  schedules,
  shortened,
  trainingNumbers,
} from "../dist/index.js";

const folder = resolve(import.meta.dirname, "../docs");
const made = "<!-- Made from the code by `npm run docs`: change the declarations in src/, not this page. -->";

function reference() {
  const groups = [...new Set(Object.values(operators).map((operator) => operator.group))];
  const sections = groups.flatMap((group) => [
    `## ${group[0].toUpperCase()}${group.slice(1)}`,
    ...Object.values(operators)
      .filter((operator) => operator.group === group)
      .map(operatorSection),
  ]);
  return [
    "# The layers",
    made,
    `Three notations write the same layer: \`CONV3-64/2\` (compact), \`CONV 64 3x3 stride 2\` (long) and, as slides have it,
\`CONV1: 64 3x3 filters at stride 2\`. A bare number is the count, a bare size the window; words such as *filters*, *at*,
*with*, *neurons*, *layer* mean nothing. A value is a number, a variable or \`( expression )\`. Merging layers take their
branches in braces. [language.md](language.md) tells the rest of the language.`,
    ...sections,
    ...training(),
  ].join("\n\n");
}

/** What a `train` block can set. */
function training() {
  const choices = Object.entries({ loss: losses, optimizer: optimizers, schedule: schedules }).flatMap(
    ([key, options]) => [
      `### \`${key}\``,
      [
        "| written | is | with |",
        "|---|---|---|",
        ...Object.entries(options).map(
          ([name, { doc, numbers }]) =>
            `| \`${key} ${name}\` | ${doc} | ${Object.entries(numbers).map(numberText).join("; ") || "-"} |`,
        ),
      ].join("\n"),
    ],
  );
  const numbers = Object.entries(trainingNumbers).map(
    ([name, { doc, default: value }]) => `- \`${name} ${value}\`: ${doc}.`,
  );
  return [
    "## Training",
    "A `train` block holds these settings, each once; what is left out has its default.",
    numbers.join("\n"),
    ...choices,
  ];
}

function numberText([name, { doc, default: value, isFlag }]) {
  if (isFlag) return `\`${name}\` (${doc})`;
  return `\`${name}${value === undefined ? "" : ` ${value}`}\` (${doc}${value === undefined ? "; must be given" : ""})`;
}

function operatorSection({ mnemonics, doc, example, parameters, count, size, digits }) {
  const rows = Object.entries(parameters).map(([name, parameter]) => {
    const bare =
      name === count
        ? "a bare number"
        : name === size
          ? digits
            ? "a bare size, or digits behind the name"
            : "a bare size"
          : `\`${writtenAs(name, parameter)}\``;
    return `| ${name} | ${bare} | ${parameter.doc} | ${defaultText(parameter)} |`;
  });
  const table = rows.length > 0 ? ["", "| parameter | written as | is | default |", "|---|---|---|---|", ...rows] : [];
  return [
    `### ${mnemonics.map((mnemonic) => `\`${mnemonic}\``).join(", ")}`,
    "",
    doc,
    ...table,
    "",
    "```cnn",
    example,
    "```",
  ].join("\n");
}

function writtenAs(name, { kind }) {
  if (kind === "flag") return `${name}, no ${name}`;
  if (kind === "padding")
    return `${name} 1, ${name} 1x2, ${name} (top, left, bottom, right), ${name} half, ${name} same`;
  return `${name} ${kind === "number" ? "0.1" : "2"}${kind === "axes" ? `, ${name} 2x1` : ""}`;
}

function defaultText({ default: value, defaultsTo }) {
  if (value === undefined) return "must be given";
  if (defaultsTo) return defaultsTo;
  if (Array.isArray(value)) return "none";
  return typeof value === "boolean" ? (value ? "on" : "off") : String(value);
}

function diagnostics() {
  const families = {
    1: "Text and syntax",
    2: "Names, values and sizes",
    3: "What is suspicious",
    4: "Targets",
    5: "Files and limits",
    9: "Faults of the compiler",
  };
  const kinds = allKinds();
  const sections = Object.entries(families).flatMap(([digit, title]) => {
    const members = kinds.filter(({ code }) => code[3] === digit);
    if (members.length === 0) return [];
    return [`## ${title}`, ...members.map(diagnosticSection)];
  });
  return ["# What cnnc reports", made, "`cnnc explain CODE` prints these pages one by one.", ...sections].join("\n\n");
}

/** Programs are fenced as `cnn` and `cnn-wrong`, which test/docs.test.ts compiles; those that need more, as `cnn-with`. */
function diagnosticSection(kind) {
  const { code, severity, title, explanation, example } = kind;
  const parts = [`### ${code}: ${title}`, `*${severity}*`, explanation];
  if (!example) return parts.join("\n\n");
  const beside = circumstancesOf(example);
  const isWhole = (text) => shortened(text) === text;
  const isPlain = beside.length === 0 && isWhole(example.wrong);
  parts.push("Wrong:", fence(isPlain ? "cnn-wrong" : "cnn-with", shortened(example.wrong)));
  if (beside.length > 0) parts.push("With:", fence("text", beside.join("\n")));
  parts.push(fence("text", shortened(messageOfExample(kind))));
  parts.push("Right:", fence(example.files ? "cnn-with" : "cnn", example.right));
  return parts.join("\n\n");
}

function fence(language, text) {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** The pictures of docs/draw.md and the README. */
async function pictures() {
  const wanted = [
    ["alexnet", "lecture14/alexnet.cnn", "AlexNet", { style: "volume" }],
    ["densenet201", "zoo/densenet.cnn", "DenseNet201", {}],
  ];
  const drawn = wanted.map(async ([picture, path, net, options]) => {
    const { networks } = compile(path, readFileSync(join(folder, "../examples", path), "utf8"));
    const network = networks.find(({ name }) => name === net);
    return [`images/${picture}.svg`, (await draw(network, "svg", options)).trimEnd()];
  });
  return Object.fromEntries(await Promise.all(drawn));
}

const pages = { "reference.md": reference(), "diagnostics.md": diagnostics(), ...(await pictures()) };
for (const [name, text] of Object.entries(pages)) {
  const path = join(folder, name);
  if (!process.argv.includes("--check")) {
    writeFileSync(path, `${text}\n`);
    continue;
  }
  let current = "";
  try {
    current = readFileSync(path, "utf8");
  } catch {
    // A page that is not there is not up to date.
  }
  if (current === `${text}\n`) continue;
  console.error(`docs/${name} is not up to date: npm run docs`);
  process.exitCode = 1;
}
