/** The pictures of `cnnc draw` where they are looked at: SVG in a browser, and Mermaid by Mermaid itself. */
import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { draw } from "../../src/emit/diagram/draw.js";
import { exampleNet } from "../example-nets.js";
import { networkOf } from "../harness.js";
import { launch, openPage } from "./chromium.js";

const mermaidPath = resolve(import.meta.dirname, "../../node_modules/mermaid/dist/mermaid.min.js");

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Texts of boxes that reach beyond the first rectangle of their group, by more than a pixel. */
const overflowing = (page: Page) =>
  page.$$eval("svg g", (groups) =>
    groups.flatMap((group) => {
      const box = group.querySelector<SVGRectElement>(":scope > rect")?.getBBox();
      if (!box) return [];
      return [...group.querySelectorAll<SVGTextElement>(":scope > text")]
        .filter((text) => {
          const { x, width } = text.getBBox();
          return x < box.x - 1 || x + width > box.x + box.width + 1 || text.getComputedTextLength() > box.width;
        })
        .map(({ textContent }) => textContent);
    }),
  );

/** Texts that are not within the picture. */
const outside = (page: Page) =>
  page.$$eval("svg text", (texts) => {
    const { width, height } = document.querySelector("svg")!.viewBox.baseVal;
    return (texts as SVGTextElement[])
      .filter((text) => {
        const box = text.getBBox();
        return box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height;
      })
      .map(({ textContent }) => textContent);
  });

describe("SVG", () => {
  test.each([
    ["lecture14/lenet5.cnn", "LeNet5", "graph"],
    ["zoo/densenet.cnn", "DenseNet201", "graph"],
    ["zoo/yolov3.cnn", "YoloV3", "graph"],
    ["lecture14/alexnet.cnn", "AlexNet", "volume"],
  ] as const)("%s %s, %s: text is in its box, and all of it in the picture", async (file, name, style) => {
    const { page, faults } = await openPage(browser);
    await page.setContent(await draw(exampleNet(file, name), "svg", { style }));
    expect(await page.locator("svg text").count()).toBeGreaterThan(10);
    expect(await overflowing(page)).toEqual([]);
    expect(await outside(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

interface Mermaid {
  initialize(options: object): void;
  render(id: string, text: string): Promise<{ svg: string }>;
}

describe("Mermaid draws what is written for it", () => {
  const nets = [
    ["LeNet-5", exampleNet("lecture14/lenet5.cnn", "LeNet5")],
    ["ResNet-50", exampleNet("zoo/resnet.cnn", "ResNet50")],
    ["YOLOv3", exampleNet("zoo/yolov3.cnn", "YoloV3")],
    ["ViT-B/16", exampleNet("zoo/vit.cnn", "ViTBase16")],
    ["DenseNet-201", exampleNet("zoo/densenet.cnn", "DenseNet201")],
    [
      "names that Mermaid has words for",
      {
        ...networkOf("INPUT 8x8x3 - end: CONV3-4 - RELU - style: ADD { CONV3-4 | ID } - GAP - class: FC-2"),
        name: `subgraph "x" --> end %% [](){} <b>`,
      },
    ],
  ] as const;

  test.each(nets)("%s", async (_name, network) => {
    const { page, faults } = await openPage(browser);
    await page.setContent("<!doctype html><body></body>");
    await page.addScriptTag({ path: mermaidPath });
    const text = await draw(network, "mmd");
    const boxes = [...text.matchAll(/^ *(b\d+)\["/gm)].length;
    const edges = [...text.matchAll(/^ {2}b\d+ -->/gm)].length;
    const drawn = await page.evaluate(async (source) => {
      const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
      mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
      const { svg } = await mermaid.render("drawn", source);
      document.body.innerHTML = svg;
      return {
        boxes: document.querySelectorAll(".node").length,
        edges: document.querySelectorAll(".edgePaths > path").length,
        texts: [...document.querySelectorAll(".nodeLabel")].map(({ textContent }) => textContent),
      };
    }, text);
    expect([drawn.boxes, drawn.edges]).toEqual([boxes, edges]);
    expect(drawn.texts.some((label) => label.includes("INPUT"))).toBe(true);
    // No mark of an escape is left over.
    expect(drawn.texts.filter((label) => /#\d+;|&\w+;/.test(label))).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
