/** The plugin as users load it: by its name, with their options, in Markdown. */
import { format as formatWithNode, getSupportInfo } from "prettier";
import { format } from "prettier/standalone";
import { describe, expect, test } from "vitest";
import plugin, { formatText, laidOutAfter, laidOutLines } from "../../src/prettier.js";

const formatted = (text: string, options: object = {}) =>
  format(text, { parser: "cnn", plugins: [plugin], ...options });

describe("the plugin", () => {
  test("by its package's name, for a file by its ending", async () => {
    const options = { plugins: ["cnnc/prettier"], filepath: "net.cnn" };
    expect(await formatWithNode("INPUT 8x8x3-RELU", options)).toBe("INPUT 8x8x3 - RELU\n");
    const { languages, options: known } = await getSupportInfo({ plugins: ["cnnc/prettier"] });
    expect(languages.find(({ name }) => name === "CNN")?.extensions).toEqual([".cnn"]);
    expect(known.map(({ name }) => name)).toContain("cnnCanonical");
  });

  test("cnn blocks of Markdown", async () => {
    const page = (code: string) => `# A net\n\n- One:\n\n  \`\`\`cnn\n${code}  \`\`\`\n`;
    const options = { plugins: ["cnnc/prettier"], parser: "markdown" };
    expect(await formatWithNode(page("  net A {\n  INPUT 8x8x3-RELU }\n"), options)).toBe(
      page("  net A {\n    INPUT 8x8x3 - RELU\n  }\n"),
    );
  });

  test("a syntax error, with its place", async () => {
    await expect(formatted("INPUT 8x8x3\nRELU - ]\n")).rejects.toMatchObject({ loc: { start: { line: 2 } } });
  });

  test("brackets deeper than the language takes", async () => {
    await expect(formatted(`INPUT 8 - ${"[".repeat(400)}RELU${"]".repeat(400)}`)).rejects.toThrow(/32 deep/);
    const deep = `INPUT 8 - ${"[".repeat(31)}RELU - TANH${"]".repeat(31)}`;
    expect((await formatted(deep, { printWidth: 30 })).split("\n").length).toBeGreaterThan(31);
  });
});

describe("options", () => {
  test("endOfLine", async () => {
    expect(await formatted("INPUT 8\r\nRELU\r\n")).toBe("INPUT 8\nRELU\n");
    expect(await formatted("INPUT 8\nRELU", { endOfLine: "crlf" })).toBe("INPUT 8\r\nRELU\r\n");
    expect(await formatted("INPUT 8\r\nRELU", { endOfLine: "auto" })).toBe("INPUT 8\r\nRELU\r\n");
  });

  test("useTabs, tabWidth", async () => {
    expect(await formatted("net A {\nINPUT 8 }", { useTabs: true })).toBe("net A {\n\tINPUT 8\n}\n");
    expect(await formatted("net A {\nINPUT 8 }", { tabWidth: 4 })).toBe("net A {\n    INPUT 8\n}\n");
  });

  test("printWidth: chains go on behind a dash, braces open, arguments wrap", async () => {
    const text = `block B(alpha, beta = 1, gamma = 2) { CONV3-64 - BN - RELU - ADD { ID | CONV3-64 - BN } - RELU }\n`;
    expect(await formatted(text, { printWidth: 30 })).toBe(
      [
        "block B(alpha, beta = 1,",
        "  gamma = 2) {",
        "  CONV3-64 - BN - RELU - ADD {",
        "    | ID",
        "    | CONV3-64 - BN",
        "  } - RELU",
        "}",
        "",
      ].join("\n"),
    );
  });
});

describe("layout", () => {
  test.each([
    ["lines stay", "INPUT 8x8x3 -\nRELU\n\n\n- BN\n", "INPUT 8x8x3 -\n  RELU\n\n  - BN\n"],
    ["the brace of a heading", "net A\n{\nINPUT 8\n}", "net A {\n  INPUT 8\n}\n"],
    ["if and else", "if  a==1{RELU}\nelse{ ID }", "if a == 1 { RELU } else { ID }\n"],
    ["a comment before else", "if a==1{RELU}\n# b\nelse{ID}", "if a == 1 { RELU }\n# b\nelse { ID }\n"],
    ["claims", "RELU memory:8*8 = 64  params :0", "RELU  memory: 8*8 = 64  params: 0\n"],
    ["bars", "ADD {\nID |\nRELU }", "ADD {\n  | ID\n  | RELU\n}\n"],
    ["branches that share a line", "ADD {\nID | RELU\n| BN }", "ADD {\n  | ID | RELU\n  | BN\n}\n"],
    ["a comment between branches", "ADD { ID # a\n # b\n| RELU }", "ADD {\n  | ID  # a\n  # b\n  | RELU\n}\n"],
    ["a comment in parentheses", "A(1, # one\n2)", "A(1,  # one\n  2)\n"],
    ["blanks of expressions", "let  a=2 *b- c", "let a = 2 * b- c\n"],
    ["columns of one's own", "net A   = B(1)\nnet Abc = B(2)", "net A   = B(1)\nnet Abc = B(2)\n"],
    ["blanks that line nothing up", "net A   = B(1)\nnet Abc  = B(2)", "net A = B(1)\nnet Abc = B(2)\n"],
    ["only comments", "\n\n# a\n\n\n# b", "# a\n\n# b\n"],
    ["nothing", "\n \n", ""],
  ])("%s", async (_name, text, expected) => {
    expect(await formatted(text)).toBe(expected);
  });
});

describe("# prettier-ignore", () => {
  const LINE = "CONV3-4   -BN   [8x8x4]  # c";
  test.each([
    [
      "a line",
      `net A {\n# prettier-ignore\n${LINE}   \nRELU  - BN }`,
      `net A {\n  # prettier-ignore\n  ${LINE}\n  RELU - BN\n}\n`,
    ],
    [
      "a declaration",
      `# prettier-ignore\nnet  A {\nINPUT  8\n     }\nnet  B=A`,
      `# prettier-ignore\nnet  A {\nINPUT  8\n     }\nnet B = A\n`,
    ],
    [
      "with documentation, and blank lines",
      "#prettier-ignore\n\n## Doc.\nfn  f(x)=x",
      "#prettier-ignore\n\n## Doc.\nfn  f(x)=x\n",
    ],
    [
      "up to the brace that is not its own",
      "net A { # c\n# prettier-ignore\nCONV3-4   -BN}",
      "net A {  # c\n  # prettier-ignore\n  CONV3-4   -BN\n}\n",
    ],
    [
      "a branch",
      "ADD{\n# prettier-ignore\n|CONV3-4   -BN\n|ID   -BN}",
      "ADD {\n  # prettier-ignore\n  | CONV3-4   -BN\n  | ID - BN\n}\n",
    ],
    [
      "branches on a line",
      "ADD{\n# prettier-ignore\nID   |BN\n|ID   -BN}",
      "ADD {\n  # prettier-ignore\n  | ID   |BN\n  | ID - BN\n}\n",
    ],
    ["nothing behind it", "net A {\nRELU\n# prettier-ignore\n}\n", "net A {\n  RELU\n  # prettier-ignore\n}\n"],
    [
      "at the end of a line it is a comment",
      "RELU  -BN # prettier-ignore\nRELU  -BN",
      "RELU - BN  # prettier-ignore\nRELU - BN\n",
    ],
    [
      "not in front of else",
      "if a {RELU}\n# prettier-ignore\nelse  {BN}",
      "if a { RELU }\n# prettier-ignore\nelse { BN }\n",
    ],
  ])("%s", async (_name, text, expected) => {
    expect(await formatted(text)).toBe(expected);
    expect(await formatted(expected)).toBe(expected);
  });

  test("the notation of the line stays, too", async () => {
    const text =
      "INPUT 227x227x3\n# prettier-ignore\n[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0\n[55x55x96] CONV: 96 3x3 filters\n";
    const canonical = await formatted(text, { cnnCanonical: true });
    expect(canonical.split("\n").slice(2)).toEqual([
      "[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0",
      "CONV3-96  [55x55x96]",
      "",
    ]);
  });
});

describe("pragmas", () => {
  test.each(["# @format\nRELU  -BN", "# A licence.\n\n#   @prettier  \nRELU  -BN"])("%j is formatted", async (text) => {
    expect(await formatted(text, { requirePragma: true })).toContain("RELU - BN");
    expect(await formatted(text, { insertPragma: true })).not.toMatch(/^# @format\n\n/);
  });

  test.each(["RELU  -BN", "# of @format\nRELU  -BN", "RELU  -BN\n# @format\n", "# @formatted\nRELU  -BN"])(
    "%j is not, unless it is asked for",
    async (text) => {
      expect(await formatted(text, { requirePragma: true })).toBe(text);
      expect(await formatted(text, { insertPragma: true })).toMatch(/^# @format\n\n[^]*RELU - BN/);
    },
  );

  test.each(["# @noformat\nRELU  -BN", "# @noprettier\nRELU  -BN"])("%j stays", async (text) => {
    expect(await formatted(text, { checkIgnorePragma: true })).toBe(text);
    expect(await formatText("net.cnn", text)).toEqual({ text });
    expect(laidOutLines(text)).toEqual([]);
    expect(laidOutAfter(`${text}\nnet  A{}`, text.length + 9, "}")).toEqual([]);
  });
});

describe("rangeStart and rangeEnd", () => {
  const text = "INPUT    8\nRELU  -BN\nRELU  -BN\n";
  const rangeStart = text.indexOf("RELU") + 2;

  test("the lines that they touch", async () => {
    const options = { rangeStart, rangeEnd: rangeStart + 1 };
    expect(await formatted(text, options)).toBe("INPUT    8\nRELU - BN\nRELU  -BN\n");
    expect(await formatted(text, { ...options, cnnCanonical: true })).toBe("INPUT    8\nRELU - BN\nRELU  -BN\n");
    expect(await formatted(text, { rangeStart })).toBe("INPUT    8\nRELU - BN\nRELU - BN\n");
    expect(await formatted(text, { rangeEnd: 1 })).toBe("INPUT 8\nRELU  -BN\nRELU  -BN\n");
    expect(await formatted(text.replaceAll("\n", "\r\n"), { rangeEnd: 1, endOfLine: "auto" })).toBe(
      "INPUT 8\r\nRELU  -BN\r\nRELU  -BN\r\n",
    );
    expect(await formatted("net A {\nRELU  -BN\n}\n", { rangeStart: 10, rangeEnd: 11, tabWidth: 4 })).toBe(
      "net A {\n    RELU - BN\n}\n",
    );
  });

  test("a syntax error elsewhere, with its place", async () => {
    const wrong = formatted(`${text}RELU - ]`, { rangeStart, rangeEnd: rangeStart + 1 });
    await expect(wrong).rejects.toMatchObject({ loc: { start: { line: 4 } } });
  });
});

test("twenty thousand lines within seconds", { timeout: 120_000 }, async () => {
  const text = `net A {\n  INPUT 8x8x3\n${"  CONV3-64   - RELU [8x8x64] # c\n".repeat(20_000)}}\n`;
  const start = performance.now();
  expect((await formatted(text)).split("\n").length).toBe(20_004);
  expect(performance.now() - start).toBeLessThan(60_000);
});
