/** What a page loads: nothing of Node, and of Prettier nothing before somebody asks for a layout. */
import { build, type BuildOptions } from "esbuild";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

async function bundle(options: BuildOptions) {
  const { warnings, outputFiles, metafile } = await build({
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    write: false,
    metafile: true,
    outdir: "out",
    absWorkingDir: root,
    logLevel: "silent",
    ...options,
  });
  const outputs = Object.entries(metafile!.outputs);
  return { warnings, files: outputFiles!, inputs: Object.keys(metafile!.inputs), outputs };
}

describe("cnnc/codemirror", () => {
  const bundling = bundle({ entryPoints: { editor: "dist/apps/codemirror/index.js" }, external: ["@codemirror/*"] });

  test("uses nothing of Node, and of other packages what it names as its peers", async () => {
    const { warnings, inputs, outputs } = await bundling;
    expect(warnings).toEqual([]);
    expect(inputs.filter((path) => /^node:|\/(?:run|cli|lsp)\//.test(path))).toEqual([]);
    const external = outputs.flatMap(([, { imports }]) =>
      imports.flatMap(({ external, path }) => (external ? [path] : [])),
    );
    const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      peerDependencies: Record<string, string>;
    };
    const peers = Object.keys(peerDependencies).filter((name) => name.startsWith("@codemirror/"));
    expect([...new Set(external)].sort()).toEqual(peers);
  });

  test("is of a size that a page can bear, without Prettier, which is loaded on demand", async () => {
    const { files, outputs } = await bundling;
    const entry = outputs.find(([path]) => path === "out/editor.js")![1];
    const atOnce = [
      entry,
      ...outputs
        .filter(([path]) => entry.imports.some((one) => one.path === path && one.kind === "import-statement"))
        .map(([, output]) => output),
    ];
    const inputs = atOnce.flatMap((output) => Object.keys(output.inputs));
    expect(inputs.some((path) => path.includes("dist/service/"))).toBe(true);
    expect(inputs.filter((path) => path.includes("node_modules/prettier/"))).toEqual([]);
    const whole = files.filter(({ path }) => !path.endsWith(".map"));
    const packed = whole.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
    expect(packed).toBeLessThan(260_000);
  });
});

test("the page of the documentation can be bundled as it is printed", async () => {
  const page = readFileSync(join(root, "docs/editor.md"), "utf8");
  const [, snippet] = /```js\n([^]*?)```/.exec(page)!;
  const { warnings, files } = await bundle({ stdin: { contents: snippet!, resolveDir: root, sourcefile: "page.js" } });
  expect(warnings).toEqual([]);
  expect(files.length).toBeGreaterThan(0);
});
