/** The report's page as people use it: sorted, filtered, pointed at, on a wide screen, a narrow one and in the dark. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bindNetwork } from "../../src/analysis/bind.js";
import { htmlReport } from "../../src/emit/html/html-report.js";
import type { Network } from "../../src/ir/network.js";
import { exampleNet } from "../example-nets.js";
import { networkOf } from "../harness.js";
import { launch, openPage } from "./chromium.js";

/** Pictures of the pages lie here afterwards. */
const shots = resolve(import.meta.dirname, "../../out/screenshots");

function bound(network: Network, sizes: Readonly<Record<string, number>>): Network {
  const found = bindNetwork(network, new Map(Object.entries(sizes)));
  if (!("network" in found)) throw new Error("the sizes do not fit");
  return found.network;
}

const nets: Readonly<Record<string, Network>> = {
  LeNet5: exampleNet("lecture14/lenet5.cnn", "LeNet5"),
  AlexNet: exampleNet("lecture14/alexnet.cnn", "AlexNet"),
  ResNet50: exampleNet("zoo/resnet.cnn", "ResNet50"),
  DenseNet201: exampleNet("zoo/densenet.cnn", "DenseNet201"),
  UNet: bound(exampleNet("zoo/unet.cnn", "UNet"), { H: 256, W: 256 }),
};

let browser: Browser;
let folder: string;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "cnnc-pages-"));
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

async function show(name: string, networks: readonly Network[], options: Parameters<typeof openPage>[1] = {}) {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, await htmlReport(networks));
  const opened = await openPage(browser, options);
  await opened.page.goto(pathToFileURL(path).href);
  return opened;
}

const column = (page: Page, name: string) =>
  page.$$eval(
    "tbody tr:not([hidden])",
    (rows, wanted) => {
      const heads = [...document.querySelectorAll<HTMLElement>("thead th")];
      const index = heads.findIndex(({ dataset }) => dataset["column"] === wanted);
      return rows.map((row) => row.children[index]!.textContent);
    },
    name,
  );
const figures = (texts: readonly string[]) =>
  texts.map((text) => (text === "-" ? 0n : BigInt(text.replaceAll(",", ""))));

describe.each(Object.keys(nets))("%s", (name) => {
  test.each([
    ["light", { width: 1400 }],
    ["dark", { width: 1400, scheme: "dark" }],
    ["phone", { width: 400 }],
  ] as const)("%s: no fault, nothing asked for, nothing beside the page", async (tag, options) => {
    const { page, faults } = await show(name, [nets[name]!], options);
    await page.waitForSelector(".map .labels text");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const [background, ink] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      return [backgroundColor, color].map((text) => Number(/\d+/.exec(text)![0]));
    });
    expect(background! > ink!).toBe(tag !== "dark");
    // Names on tiles and values stay within the chart, and are not written over each other.
    const overlaps = await page.$$eval(".map .labels, .plot .labels", (groups) =>
      groups.flatMap((group) => {
        const boxes = [...group.children].map((text) => ({
          text: text.textContent,
          ...text.getBoundingClientRect().toJSON(),
        }));
        return boxes.flatMap((a, index) =>
          boxes
            .slice(index + 1)
            .filter((b) => a.left + 2 < b.right && b.left + 2 < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom)
            .map((b) => `${a.text} over ${b.text}`),
        );
      }),
    );
    expect(overlaps).toEqual([]);
    await page.screenshot({ path: join(shots, `${name}-${tag}.png`), fullPage: true });
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe("the table", () => {
  test("sorts by macs, largest first, then smallest, then as the program has it", async () => {
    const { page, faults } = await show("ResNet50", [nets["ResNet50"]!]);
    const before = await column(page, "name");
    const head = page.locator('th[data-column="macs"]');
    await head.locator("button").click();
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    const falling = figures(await column(page, "macs"));
    expect(falling.every((value, index) => index === 0 || value <= falling[index - 1]!)).toBe(true);
    await page.keyboard.press("Enter");
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    const rising = figures(await column(page, "macs"));
    expect(rising.every((value, index) => index === 0 || value >= rising[index - 1]!)).toBe(true);
    await page.keyboard.press("Space");
    expect(await head.getAttribute("aria-sort")).toBe("none");
    expect(await column(page, "name")).toEqual(before);
    await head.locator("button").click();
    await page.click(".restore");
    expect(await column(page, "name")).toEqual(before);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test("past 2^53 the order is exact", async () => {
    const wide = networkOf("INPUT 100000001x99999999x3 - CONV1-3 - RELU - CROP 100000000x99999999 - RELU");
    const { page } = await show("wide", [wide]);
    await page.click('th[data-column="activations"] button');
    const values = figures(await column(page, "activations"));
    expect(values[0]! > 2n ** 53n).toBe(true);
    expect(values.every((value, index) => index === 0 || value <= values[index - 1]!)).toBe(true);
    await page.context().close();
  });

  test("filters, and shows other columns", async () => {
    const { page } = await show("ResNet50", [nets["ResNet50"]!]);
    await page.fill(".filter", "stage2 add");
    expect(await column(page, "name")).toEqual([1, 2, 3, 4].map((block) => `Stage2.Bottleneck${block}.add1`));
    expect(await page.textContent(".layers .found")).toBe("4 of 175");
    await page.fill(".filter", "");
    expect(await page.isVisible('th[data-column="flops"]')).toBe(false);
    await page.click(".columns summary");
    await page.locator(".menu label", { hasText: "flops" }).click();
    expect(await page.isVisible('th[data-column="flops"]')).toBe(true);
    await page.keyboard.press("Escape");
    expect(await page.isVisible(".menu")).toBe(false);
    await page.context().close();
  });
});

describe("pointing at a layer", () => {
  test("in the diagram marks its rows, and in the table its box", async () => {
    const { page } = await show("AlexNet", [nets["AlexNet"]!]);
    await page.locator("[data-box]", { hasText: "CONV2" }).first().hover();
    expect(await page.locator("tr.pointed").allTextContents()).toEqual([expect.stringMatching(/^CONV2/)]);
    expect(await page.textContent(".tip")).toContain("614,656");
    await page.locator("tbody tr", { hasText: "FC7" }).hover();
    expect(await page.locator("g.pointed").first().textContent()).toContain("FC7");
    await page.locator("tbody tr", { hasText: "FC7" }).click();
    await page.mouse.move(2, 2);
    expect(await page.locator("tr.selected").count()).toBe(1);
    expect(await page.locator(".view:not([hidden]) g.selected").textContent()).toContain("FC7");
    await page.keyboard.press("Escape");
    expect(await page.locator(".selected").count()).toBe(0);
    await page.context().close();
  });

  test("by keys: arrows go from layer to layer, as the table is sorted", async () => {
    const { page } = await show("AlexNet", [nets["AlexNet"]!]);
    await page.click('th[data-column="macs"] button');
    await page.locator(".layers .scroll").focus();
    for (const name of ["CONV2", "CONV4"]) {
      await page.keyboard.press("ArrowDown");
      expect(await page.locator("tr.selected th").textContent()).toBe(name);
      expect(await page.locator(".view:not([hidden]) g.selected").textContent()).toContain(name);
    }
    await page.keyboard.press("ArrowUp");
    expect(await page.locator("tr.selected th").textContent()).toBe("CONV2");
    await page.context().close();
  });

  test("in the volumes too", async () => {
    const { page } = await show("AlexNet", [nets["AlexNet"]!]);
    await page.click('[data-show="volume"]');
    const [conv] = await page.locator('[data-style="volume"] [data-box]').all();
    await conv!.hover();
    expect(await page.locator("tr.pointed").first().textContent()).toContain("INPUT");
    await page.screenshot({ path: join(shots, "AlexNet-volumes.png") });
    await page.context().close();
  });

  test("of a folded block marks all of its copies", async () => {
    const { page } = await show("ResNet50", [nets["ResNet50"]!]);
    await page.locator("[data-box]", { hasText: "Bottleneck(256) ×5" }).hover();
    expect(await page.locator("tr.pointed").count()).toBe(50);
    expect(await page.textContent(".tip")).toContain("50 layers in all");
    await page.context().close();
  });
});

test("the treemap switches what its areas are", async () => {
  const { page, faults } = await show("AlexNet", [nets["AlexNet"]!]);
  const width = async (name: string) => {
    const rows = await column(page, "name");
    const box = await page.locator(`.map [data-row="${rows.indexOf(name)}"]`).boundingBox();
    return box ? box.width * box.height : 0;
  };
  expect(await width("FC6")).toBeGreaterThan(10 * (await width("CONV2")));
  await page.click('button[data-measure="macs"]');
  expect(await width("FC6")).toBeLessThan(await width("CONV2"));
  expect(await page.textContent(".treemap .found")).toBe("1,135,256,096 macs");
  await page.locator('.map [data-row="5"]').hover();
  expect(await page.textContent(".tip")).toMatch(/CONV2.*39\.5 % of all macs$/);
  await page.screenshot({ path: join(shots, "AlexNet-macs.png"), fullPage: true });
  await page.click('button[data-measure="memory"]');
  expect(await page.textContent(".treemap .found")).toBe("6.87 MB of values in all results");
  expect(faults).toEqual([]);
  await page.context().close();
});

test("charts tell the value and the step that are pointed at", async () => {
  const { page, faults } = await show("AlexNet", [nets["AlexNet"]!]);
  await page.locator('.running [data-row="3"]').hover();
  const tip = await page.textContent(".tip");
  expect(tip).toContain("POOL1");
  expect(tip).toContain("280 kB (279,936 bytes)");
  expect(tip).toMatch(/there in steps 3 to 4 of 21/);
  const plot = page.locator(".training .plot");
  const box = (await plot.boundingBox())!;
  await plot.hover({ position: { x: box.width - 2, y: 30 } });
  expect(await page.textContent(".tip")).toMatch(/^CONV1.*backward: /);
  expect(faults).toEqual([]);
  await page.context().close();
});

test("the diagram zooms", async () => {
  const { page } = await show("DenseNet201", [nets["DenseNet201"]!]);
  const size = () =>
    page
      .locator(".view:not([hidden]) svg")
      .first()
      .evaluate((svg) => svg.getBoundingClientRect().width);
  const start = await size();
  await page.click('[data-zoom="in"]');
  expect(await size()).toBeCloseTo(start * 1.25, 0);
  await page.click('[data-zoom="fit"]');
  expect(await size()).toBeLessThanOrEqual(
    await page
      .locator(".diagram .scroll")
      .first()
      .evaluate((box) => box.clientWidth),
  );
  await page.context().close();
});

test("names that would be markup are shown as they are, and run nothing", async () => {
  const evil = `</script><img src=x onerror="document.title='run'">`;
  const { AlexNet } = nets;
  const nodes = AlexNet!.nodes.map((node) => ({ ...node, name: `${evil}${node.id}`, labelled: true }));
  const { page, faults } = await show("evil", [{ ...AlexNet!, name: evil, documentation: evil, nodes }]);
  expect(await page.textContent("h2")).toBe(evil);
  for (const selector of [".map [data-row='5']", ".running [data-row='3']", "[data-box='2']"]) {
    await page.locator(selector).first().hover();
    expect(await page.textContent(".tip")).toContain("<img src=x");
  }
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.title()).toContain("report of cnnc");
  expect(faults).toEqual([]);
  await page.context().close();
});

test("without a script all is there to read; on paper too", async () => {
  const path = join(folder, "plain.html");
  writeFileSync(path, await htmlReport([nets["LeNet5"]!]));
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  expect(await page.locator("tbody tr").count()).toBe(13);
  expect(await page.isVisible(".filter")).toBe(false);
  expect(await page.isVisible(".map")).toBe(true);
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: join(shots, "LeNet5-print.png"), fullPage: true });
  await context.close();
});
