// Writes the pages of docs/ that are made from the code: docs/reference.md from the operators, docs/diagnostics.md from the
// codes, docs/linter.md and the schema of configurations from the rules, and the pictures of docs/draw.md. `node scripts/docs.mjs` writes them, `--check` tells whether they are up to date (exit code 1 where not).
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  allKinds,
  circumstancesOf,
  compile,
  draw,
  LEVELS,
  losses,
  messageOfExample,
  operators,
  optimizers,
  rules,
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

function linter() {
  const rows = rules.map(({ name, kinds, runs, doc, ...rule }) => {
    const titles = [...new Set(kinds.map(({ title }) => title))].join("; ");
    return `| [\`${name}\`](#${name}) | ${levelText({ kinds, ...rule })} | ${titles} | ${runs === "compile" ? "every command" : "`lint`"} | ${doc.mended ?? ""} |`;
  });
  return [
    "# The linter",
    made,
    linterText.trim(),
    "## All rules",
    ["| rule | level | tells of | told by | mended by --fix |", "|---|---|---|---|---|", ...rows].join("\n"),
    ...rules.map(ruleSection),
  ].join("\n\n");
}

const linterText = `
\`cnnc lint\` says what an expert would say of a net that compiles: a bias that batch normalisation takes away again, dense
layers without an activation between them, weights that only ever meet padding, names that nothing uses.

\`\`\`sh
npx cnnc lint examples --max-warnings 0
npx cnnc lint examples/zoo/resnet.cnn --format sarif
\`\`\`

Files are linted, and folders with all \`.cnn\` files below them. The exit code is 1 where an error is found, or more
warnings than \`--max-warnings\` allows. \`--format\` is \`pretty\`, \`json\` ([\`cnnc-lint/1\`](schemas/lint.schema.json)), \`sarif\`
(2.1.0, for code scanning) or \`github\` (workflow commands, which GitHub shows beside the lines of a change).

SARIF is valid by the schema of OASIS, and has what GitHub's code scanning needs: rules with their help, changes, addresses
relative to the folder where the command runs (run it at the root of a checkout), and the fingerprints of lines that GitHub
computes itself, so that a finding stays the same one when lines above it come or go.

\`--fix\` makes the changes that leave all nets as they are: it takes out what has no effect. Other changes are offered, and left
to you. It goes on until none is left, ten rounds at most; a file is written anew and renamed, so that it is never half written.
Where a line makes several layers, in a block or in several nets, it is only changed if all of them have the finding. Nor is
a layer changed where the program claims or asserts a count that would be another one then: \`params: 1,792\`, a \`TOTAL\` line,
\`assert layers == 8\`. Upper bounds, as in \`assert params < 8M\`, stand in no change's way.

In a program, \`lintProgram(compile(path, text), config)\` of the package gives the same findings, without files: each carries the
name of its rule, its level and its fixes.

## Levels

A rule is \`off\`, or tells an \`info\`, a \`warning\` or an \`error\`. \`cnnc.config.json\` sets levels; the nearest one
is taken, from the folder of the program upwards to the folder where the command runs, and none outside of it:

\`\`\`json
{
  "$schema": "node_modules/cnnc/docs/schemas/config.schema.json",
  "lint": {
    "rules": { "bias-before-norm": "error", "magic-number": "info" },
    "target": "tensor cores",
    "objectSize": 96,
    "ignore": ["sketches"]
  }
}
\`\`\`

\`target\` and \`objectSize\` (in pixels of the input) are what [\`tensor-core-channels\`](#tensor-core-channels) and
[\`receptive-field\`](#receptive-field) have to know. \`ignore\` lists files and folders, from the configuration's own folder, that
are passed over where a folder is linted, or formatted by \`cnnc fmt\`; in the editor they have no findings of the linter, and are
not formatted. Its schema is [config.schema.json](schemas/config.schema.json).

## Comments

\`\`\`cnn
# cnnc-disable-next-line bias-before-norm, even-window -- the published weights have them
INPUT 32x32x3 - CONV4-16 - BN - RELU - GAP - FC-10
\`\`\`

\`# cnnc-disable-next-line\` is about what starts on the next line, \`# cnnc-disable\` about its whole file, wherever it stands.
Several rules have commas between them; what follows \`--\` is a reason. A comment that disables nothing is told, as is one that
names no rule. Comments and levels are for \`cnnc lint\`: what other commands tell, they tell all the same.
`;

const levelText = ({ kinds, isOff }) =>
  isOff ? "off" : [...new Set(kinds.map(({ severity }) => severity))].join(", ");

function ruleSection({ name, kinds, isOff, doc, runs }) {
  const codes = kinds.map(({ code }) => `[${code}](diagnostics.md#${anchorOf(code)})`).join(", ");
  const level = isOff ? `off (${kinds[0].severity} where it is asked for)` : levelText({ kinds });
  const programs = kinds.map(ruleProgram).filter(Boolean);
  return [
    `### ${name}`,
    `*${level}*, ${codes}${runs === "compile" ? ", told by every command" : ""}`,
    doc.why,
    `- **Told:** ${doc.told}.\n- **Fine:** ${doc.fine}.\n- **Source:** ${doc.source}.${doc.mended ? `\n- **--fix** ${doc.mended}.` : ""}`,
    ...programs,
  ].join("\n\n");
}

/** GitHub's anchor of a heading of docs/diagnostics.md. */
function anchorOf(code) {
  const { title } = allKinds().find((kind) => kind.code === code);
  return `${code}: ${title}`
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");
}

function ruleProgram(kind) {
  const { example } = kind;
  const beside = circumstancesOf(example).filter((line) => line !== "cnnc lint");
  return [
    fence("cnn-with", example.wrong),
    ...(beside.length > 0 ? [`With ${beside.join(", ").replace("cnnc lint, and in ", "")}:`] : []),
    fence("text", messageOfExample(kind)),
    "Right:",
    fence("cnn", example.right),
  ].join("\n\n");
}

/** The JSON Schema of cnnc.config.json. */
function configSchema() {
  const levels = Object.fromEntries(
    rules.map(({ name, kinds, isOff, doc }) => [
      name,
      { $ref: "#/$defs/level", description: doc.why, default: isOff ? "off" : kinds[0].severity },
    ]),
  );
  return JSON.stringify(
    {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "cnnc.config.json",
      description: "How cnnc works on the programs below the folder of the file.",
      type: "object",
      additionalProperties: false,
      properties: {
        $schema: { type: "string", description: "Where this schema is, for editors." },
        lint: {
          type: "object",
          description: "What cnnc lint tells.",
          additionalProperties: false,
          properties: {
            rules: {
              type: "object",
              description: "Levels of rules; those that are not named have their own.",
              additionalProperties: false,
              properties: levels,
            },
            target: { enum: ["tensor cores"], description: "What the networks are to run on." },
            objectSize: {
              type: "integer",
              minimum: 1,
              description: "How large what is to be recognised is, in pixels of the input.",
            },
            ignore: {
              type: "array",
              items: { type: "string" },
              description:
                "Files and folders that the linter and the formatter pass over where they look through a folder, and in the editor, from that of the file.",
            },
          },
        },
      },
      $defs: { level: { enum: LEVELS } },
    },
    undefined,
    2,
  );
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

const pages = {
  "reference.md": reference(),
  "diagnostics.md": diagnostics(),
  "linter.md": linter(),
  "schemas/config.schema.json": configSchema(),
  ...(await pictures()),
};
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
