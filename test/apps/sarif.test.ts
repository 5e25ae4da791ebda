/** `cnnc lint --format sarif`: valid by the standard's own schema, with what code scanning needs beside it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import AjvDraft04 from "ajv-draft-04";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lineHashes } from "../../src/apps/cli/sarif/line-hashes.js";
import { allKinds } from "../../src/diagnostics.js";
import { rules } from "../../src/lint/rules.js";
import { root, runCommand } from "../command-line.js";

const oracle = (name: string) => JSON.parse(readFileSync(join(root, "test/oracles", name), "utf8")) as object;
const isValid = new AjvDraft04.default({
  // The schema names formats that are no part of JSON Schema's core; addresses are looked at below.
  formats: { uri: isAddress, "uri-reference": isReference, "date-time": true },
  strict: false,
  allErrors: true,
}).compile(oracle("sarif-schema-2.1.0.json"));
const hasEssentials = new Ajv2020({ strict: false, allErrors: true }).compile(oracle("sarif-essentials.json"));

function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && isReference(text);
}

function isReference(text: string): boolean {
  return /^(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/.test(text);
}

interface Region {
  startLine: number;
  startColumn: number;
  charOffset: number;
  charLength: number;
}

interface Sarif {
  runs: [
    {
      tool: { driver: { rules: { id: string }[] } };
      originalUriBaseIds: Record<string, unknown>;
      artifacts: { location: Location }[];
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        partialFingerprints: { primaryLocationLineHash: string };
        locations: [{ physicalLocation: { artifactLocation: Location; region: Region } }];
        relatedLocations?: { physicalLocation: { artifactLocation: Location } }[];
        fixes?: {
          description: { text: string };
          artifactChanges: {
            artifactLocation: Location;
            replacements: { deletedRegion: Region; insertedContent: { text: string } }[];
          }[];
        }[];
      }[];
    },
  ];
}
interface Location {
  uri: string;
  uriBaseId?: string;
}

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "cnnc-sarif-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string, encoding: BufferEncoding = "utf8"): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text, encoding);
}

/** What the command prints, after both schemas had nothing to say of it. */
async function sarif(paths: readonly string[], { cwd = folder, input = "" } = {}): Promise<Sarif> {
  const { out, err } = await runCommand(["lint", ...paths, "--format", "sarif"], { cwd, input });
  expect(err).toBe("");
  const document = JSON.parse(out) as Sarif;
  expect([isValid(document), isValid.errors]).toEqual([true, null]);
  expect([hasEssentials(document), hasEssentials.errors]).toEqual([true, null]);
  return document;
}

const BIASED = "INPUT 8x8x3 - CONV3-8 - BN - RELU - GAP - FC-10\n";

describe("valid by OASIS's schema", () => {
  test("all examples, with every rule at work", async () => {
    const examples = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" });
    for (const path of examples.filter((name) => name.endsWith(".cnn"))) {
      // What the examples disable is told here.
      write(path, readFileSync(join(root, "examples", path), "utf8").replaceAll("cnnc-disable", "cnnc-would-disable"));
    }
    const levels = Object.fromEntries(rules.map(({ name }, index) => [name, ["info", "warning", "error"][index % 3]]));
    write("cnnc.config.json", JSON.stringify({ lint: { rules: levels, target: "tensor cores", objectSize: 100_000 } }));
    const [{ results }] = (await sarif(["."])).runs;
    const told = new Set(results.map(({ ruleId }) => ruleId));
    expect(told.size).toBeGreaterThan(10);
    expect(new Set(results.map(({ level }) => level))).toEqual(new Set(["note", "warning", "error"]));
    expect(results.some(({ fixes }) => fixes !== undefined)).toBe(true);
  });

  test("every mistake that there is", async () => {
    const kinds = allKinds().filter(({ example }) => example);
    for (const { code, example } of kinds) {
      write(`${code}/net.cnn`, example!.wrong, example!.encoding);
      for (const [path, text] of Object.entries(example!.files ?? {})) write(join(code, path), text);
      if (example!.lint) write(`${code}/cnnc.config.json`, JSON.stringify({ lint: example!.lint }));
    }
    const [{ results, tool }] = (await sarif(["."])).runs;
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    const told = new Set(results.map(({ ruleId }) => ruleId));
    // The others need sizes, limits or another command.
    expect(told.size / kinds.length).toBeGreaterThan(0.8);
  });

  test("the schema is one that rejects", async () => {
    write("net.cnn", BIASED);
    const good = JSON.stringify(await sarif(["net.cnn"]));
    for (const [from, to] of [
      ['"level":"warning"', '"level":"info"'],
      ['"startLine":1', '"startLine":0'],
      ['"insertedContent"', '"inserted"'],
      ['"uri":"net.cnn"', '"uri":"my net.cnn"'],
      ['"message":{"text"', '"message":{"words"'],
    ] as const) {
      const bad = good.replace(from, to);
      expect(bad).not.toBe(good);
      expect(isValid(JSON.parse(bad)), to).toBe(false);
    }
  });
});

test("findings with their places, rules and changes", async () => {
  write("my net.cnn", `${BIASED}TANH - RELU\n`);
  write("broken.cnn", "INPUT 8x8x3 - POOL9\n");
  const [{ results }] = (await sarif(["my net.cnn", "broken.cnn"])).runs;
  expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ["CNN3111", "warning"],
    ["CNN3120", "warning"],
    ["CNN2102", "error"],
  ]);
  expect(results[0]).toMatchObject({
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "my%20net.cnn", uriBaseId: "%SRCROOT%" },
          region: { startLine: 1, startColumn: 15, endLine: 1, endColumn: 22, charOffset: 14, charLength: 7 },
        },
      },
    ],
    fixes: [
      {
        description: { text: "write no bias" },
        artifactChanges: [{ replacements: [{ insertedContent: { text: " no bias" } }] }],
      },
    ],
  });
});

test("the changes of the document are those of --fix", async () => {
  const text = `${BIASED.trim()} - FLATTEN\n`;
  write("net.cnn", text);
  const [{ results }] = (await sarif(["net.cnn"])).runs;
  const replacements = results
    .flatMap(({ fixes }) => fixes![0]!.artifactChanges[0]!.replacements)
    .sort((a, b) => b.deletedRegion.charOffset - a.deletedRegion.charOffset);
  const changed = replacements.reduce((before, { deletedRegion, insertedContent }) => {
    const { charOffset, charLength } = deletedRegion;
    return before.slice(0, charOffset) + insertedContent.text + before.slice(charOffset + charLength);
  }, text);
  await runCommand(["lint", "net.cnn", "--fix"], { cwd: folder });
  expect(changed).toBe(readFileSync(join(folder, "net.cnn"), "utf8"));
  expect(changed).not.toBe(text);
});

describe("addresses", () => {
  const addresses = ({ runs: [{ artifacts }] }: Sarif) => artifacts.map(({ location }) => location);

  test("relative to where the command runs, however a file is named", async () => {
    write("in/net.cnn", BIASED);
    const inside = { uri: "in/net.cnn", uriBaseId: "%SRCROOT%" };
    for (const path of ["in/net.cnn", "./in/../in/net.cnn", join(folder, "in/net.cnn")]) {
      const document = await sarif([path]);
      expect(addresses(document)).toEqual([inside]);
      expect(document.runs[0].originalUriBaseIds).toHaveProperty(["%SRCROOT%"]);
      expect(document.runs[0].results[0]!.locations[0].physicalLocation.artifactLocation).toEqual(inside);
    }
  });

  test("each file once, whatever its names", async () => {
    write("net.cnn", BIASED);
    expect(addresses(await sarif(["net.cnn", "./net.cnn"]))).toHaveLength(1);
  });

  test("in full for what lies outside of it", async () => {
    write("net.cnn", BIASED);
    mkdirSync(join(folder, "in"));
    const document = await sarif(["../net.cnn"], { cwd: join(folder, "in") });
    expect(addresses(document)).toEqual([{ uri: pathToFileURL(join(folder, "net.cnn")).href }]);
  });

  test("without a folder for standard input", async () => {
    expect(addresses(await sarif(["-"], { input: BIASED }))).toEqual([{ uri: "%3Cstdin%3E" }]);
  });

  test("of what is shipped, which lies in no checkout", async () => {
    write("net.cnn", "use std\nINPUT 8x8x3 - Residual(3.5)\n");
    const [{ results, originalUriBaseIds }] = (await sarif(["net.cnn"])).runs;
    const related = results.flatMap(({ relatedLocations }) => relatedLocations ?? []);
    const bases = related.map(({ physicalLocation }) => physicalLocation.artifactLocation.uriBaseId!);
    expect(bases).toContain("CNNC");
    for (const base of bases) expect(originalUriBaseIds).toHaveProperty([base]);
  });
});

describe("fingerprints", () => {
  // As GitHub's upload computes them (github/codeql-action, the test of fingerprints): the same lines give the same there.
  test.each([
    ["", ["c129715d7a2bc9a3:1"]],
    [" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]],
    ...["\n", "\r", "\r\n"].map((end): [string, string[]] => [
      [" hello; \t", "world!!!", "", "", "  \t\tGreetings", " End", ""].join(end),
      [
        "e9496ae3ebfced30:1",
        "fb7c023a8b9ccb3f:1",
        "ce8ba1a563dcdaca:1",
        "e20e36e16fcb0cc8:1",
        "b3edc88f2938467e:1",
        "c8e28b0b4002a3a0:1",
        "c129715d7a2bc9a3:1",
      ],
    ]),
    [
      "Lorem ipsum dolor sit amet.\n".repeat(10),
      [
        ...[1, 2, 3, 4, 5, 6].map((time) => `a7f2ff13bc495cf2:${time}`),
        "a7f2ff1481e87703:1",
        "a9cf91f7bbf1862b:1",
        "55ec222b86bcae53:1",
        "cc97dc7b1d7d8f7b:1",
        "c129715d7a2bc9a3:1",
      ],
    ],
  ])("of %j", (text, expected) => {
    expect(lineHashes(text)).toEqual(expected);
  });

  test("a finding keeps its own where lines come before it, and has another where its line changes", async () => {
    const printed = async (text: string) => {
      write("net.cnn", text);
      const [{ results }] = (await sarif(["net.cnn"])).runs;
      return results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    };
    const [before] = await printed(BIASED);
    expect(before).toMatch(/^[0-9a-f]{8,16}:1$/);
    expect(await printed(`# a remark\n\n${BIASED}`)).toEqual([before]);
    expect(await printed(BIASED.replace("CONV3-8", "CONV3-9"))).not.toEqual([before]);
  });
});
