/** What the writers write: well-formed, complete, and safe for any name. */
import { DOMParser, type Element } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import { diagramOf } from "../../../src/emit/diagram/diagram-of.js";
import { draw, type DrawOptions, type PictureFormat } from "../../../src/emit/diagram/draw.js";
import { quoted } from "../../../src/emit/diagram/mermaid.js";
import { escapeTex } from "../../../src/emit/diagram/tikz.js";
import type { Network } from "../../../src/ir/network.js";
import { networkOf } from "../../harness.js";
import { exampleNets } from "../../example-nets.js";

/** Errors: throws where the text is no well-formed XML. */
function parseXml(text: string): Element {
  const onError = (level: string, message: string) => {
    // A replaced character is no fault of the form.
    if (level !== "warning") throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(text, "image/svg+xml").documentElement!;
}

const textsIn = (svg: Element) => [...svg.getElementsByTagName("text")].map(({ textContent }) => textContent ?? "");

/** A network whose names are what a writer might trip over. */
function named(network: Network, name: string): Network {
  const nodes = network.nodes.map((node) => (node.labelled ? { ...node, name } : node));
  return { ...network, name, nodes };
}

const small = networkOf("INPUT 8x8x3 - stem: CONV3-4 - RELU - ADD { CONV3-4 | ID } - GAP - FC-2");

describe.each(exampleNets)("$name", ({ network }) => {
  test("as SVG: well-formed, and every box is in it", async () => {
    const svg = parseXml(await draw(network, "svg"));
    expect(svg.getElementsByTagName("title")[0]!.textContent).toBe(network.name);
    const texts = textsIn(svg);
    for (const { head, times } of diagramOf(network).boxes) {
      const shown = head.length > 20 ? head.slice(0, 12) : head + (times > 1 ? ` ×${times}` : "");
      expect(texts.some((text) => text.includes(shown))).toBe(true);
    }
  });

  test("as DOT, Mermaid and TikZ: every box, frame and edge once", async () => {
    const { boxes, edges, root } = diagramOf(network);
    const frames = (frame: typeof root): number =>
      frame.children.reduce((sum, child) => sum + (child.type === "frame" ? 1 + frames(child) : 0), 0);
    const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;
    const dot = await draw(network, "dot");
    expect(count(dot, /^ *b\d+ \[label=/gm)).toBe(boxes.length);
    expect(count(dot, /^ {2}b\d+ -> b\d+/gm)).toBe(edges.length);
    expect(count(dot, /subgraph cluster_\d+ \{/g)).toBe(frames(root));
    const mermaid = await draw(network, "mmd");
    expect(count(mermaid, /^ *b\d+\["/gm)).toBe(boxes.length);
    expect(count(mermaid, /^ {2}b\d+ -->/gm)).toBe(edges.length);
    expect(count(mermaid, /^ *subgraph f\d+/gm)).toBe(frames(root));
    const tex = await draw(network, "tex");
    expect(isBalanced(tex)).toBe(true);
    expect(count(tex, /\\begin\{/g)).toBe(count(tex, /\\end\{/g));
  });
});

/** Whether braces that are no text close what they open. */
function isBalanced(tex: string): boolean {
  let depth = 0;
  for (const [brace] of tex.replace(/\\[{}]/g, "").matchAll(/[{}]/g)) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

describe("names that mean something to a format", () => {
  const awkward = `</text><script>"'&]]>\\end{document}%$#_^~|\u0007\ud800\u202e`;

  test.each(["graph", "volume"] as const)("SVG, style %s: text and nothing else", async (style) => {
    const chain = networkOf("INPUT 8x8x3 - stem: CONV3-4 - RELU - GAP - FC-2");
    const svg = parseXml(await draw(named(chain, awkward), "svg", { style }));
    expect(svg.getElementsByTagName("script")).toHaveLength(0);
    expect(svg.getElementsByTagName("title")[0]!.textContent).toContain(`</text><script>"'&]]>`);
    expect(svg.toString()).not.toMatch(/[\u0007\u202e]/);
  });

  test("DOT: a string stays a string", async () => {
    const dot = await draw(named(small, `a"];\nb0 -> b1 [label="\\N &lt;`), "dot");
    expect(dot).toContain(`digraph "a\\"];\\nb0 -> b1 [label=\\"\\\\N &amp;lt;" {`);
    for (const line of dot.split("\n").filter((text) => text.includes('"'))) {
      expect(line.replace(/\\./g, "").split('"').length % 2, line).toBe(1);
    }
  });

  test("Mermaid: what is more than text is written by its number", async () => {
    expect(quoted(`a"b<c>#;`)).toBe(`"a#34;b#60;c#62;#35;#59;"`);
    const mermaid = await draw(named(small, `x"]\n  click b0 "javascript:0"`), "mmd");
    expect(mermaid).not.toMatch(/^ *click/m);
  });

  test("TikZ: no command comes of a name", async () => {
    expect(escapeTex("a_b%c\\input{x}$#&^~")).toBe(
      "a\\_b\\%c\\textbackslash{}input\\{x\\}\\$\\#\\&\\textasciicircum{}\\textasciitilde{}",
    );
    expect(escapeTex("Ä漢\u0007\n")).toBe("????");
    const tex = await draw(named(small, awkward), "tex");
    expect(tex.match(/\\end\{document\}/g)).toHaveLength(1);
    expect(isBalanced(tex)).toBe(true);
  });
});

test("same network, same bytes", async () => {
  const all: [PictureFormat, DrawOptions][] = [
    ["svg", {}],
    ["dot", {}],
    ["mmd", {}],
    ["tex", { depth: 0 }],
  ];
  for (const [format, options] of all) {
    expect(await draw(small, format, options)).toBe(await draw(small, format, options));
  }
});
