/** The page: one file that needs nothing else, whatever a program names its layers. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser, type Document, type Element } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import { inferenceMemory } from "../../../src/analysis/memory/inference.js";
import { trainingMemory } from "../../../src/analysis/memory/training.js";
import { columnDefinitions } from "../../../src/analysis/column-definitions.js";
import { compile } from "../../../src/compile.js";
import { htmlReport } from "../../../src/emit/html/html-report.js";
import { defaultTraining } from "../../../src/ir/default-training.js";
import type { Network } from "../../../src/ir/network.js";
import { networkOf } from "../../harness.js";

/** The page as XML, without what is in its script and its style. Errors: throws where it is not well-formed. */
function parsed(page: string): Document {
  const bare = page.replace(/^<!doctype html>\n/, "").replace(/(<(script|style)>)[^]*?(<\/\2>)/g, "$1$3");
  const onError = (level: string, message: string) => {
    if (level !== "warning") throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(bare, "application/xhtml+xml");
}

const all = (parent: Document | Element, name: string) => [...parent.getElementsByTagName(name)];
const having = (parent: Document | Element, name: string, attribute: string) =>
  all(parent, name).filter((element) => element.hasAttribute(attribute));
const classed = (parent: Document | Element, name: string, wanted: string) =>
  all(parent, name).filter((element) => (element.getAttribute("class") ?? "").split(" ").includes(wanted));
const numbers = (text: string | null) => text!.split(" ").map(BigInt);
const largest = (values: readonly bigint[]) => values.reduce((most, value) => (value > most ? value : most), 0n);

/** One net of a file, without compiling all the others. */
function exampleNet(file: string, name: string): Network {
  const text = readFileSync(join(import.meta.dirname, "../../../examples", file), "utf8");
  return compile(file, text).networks.find((network) => network.name === name)!;
}

const lenet = exampleNet("lecture14/lenet5.cnn", "LeNet5");
const resnet = exampleNet("zoo/resnet.cnn", "ResNet50");

const EVIL = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"' & \u0007 --> ]]>`;

describe("nothing is fetched, and nothing of a program takes effect", () => {
  test.each(["script", "style"])("the policy names the hash of the %s, the only one", async (name) => {
    const page = await htmlReport([lenet, resnet]);
    const found = [...page.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, "g"))];
    expect(found.length).toBe(1);
    const hash = createHash("sha256").update(found[0]![1]!).digest("base64");
    expect(page).toContain(`${name}-src &#39;sha256-${hash}&#39;`);
    expect(page).toContain("default-src &#39;none&#39;");
  });

  test("no attribute leads elsewhere, carries a style or a script", async () => {
    const page = parsed(await htmlReport([lenet, resnet]));
    for (const element of all(page, "*")) {
      for (const { name, value } of [...element.attributes]) {
        expect(name).not.toMatch(/^(on|style$|src|srcset$)/);
        if (name === "href") expect(value).toMatch(/^#net\d+$/);
        if (name !== "xmlns") expect(value).not.toMatch(/https?:|url\(/);
      }
    }
    for (const name of ["link", "img", "iframe", "object", "foreignObject", "image", "use", "base"])
      expect(all(page, name)).toEqual([]);
  });

  test("names, labels and texts are text", async () => {
    const evil: Network = {
      ...resnet,
      name: EVIL,
      documentation: EVIL,
      nodes: resnet.nodes.map((node) => ({
        ...node,
        name: `${EVIL}.${node.name}`,
        labelled: true,
        trail: node.trail.map((step) => ({
          ...step,
          text: EVIL,
          call: step.call && { ...step.call, name: EVIL + step.call.name },
        })),
      })),
    };
    const text = await htmlReport([evil, lenet]);
    const page = parsed(text);
    expect([...text.matchAll(/<script/g)].length).toBe(1);
    expect(text).not.toContain("<img");
    const [heading] = all(page, "h2");
    const shown = EVIL.replace("\u0007", "\ufffd");
    expect(heading!.textContent).toBe(shown);
    expect(classed(page, "p", "documentation")[0]!.textContent).toBe(shown);
    expect(all(all(page, "tbody")[0]!, "th")[1]!.textContent).toBe(`${shown}.${resnet.nodes[1]!.name}`);
    expect(classed(page, "rect", "call").some((call) => call.getAttribute("data-name")!.startsWith(shown))).toBe(true);
  });
});

describe.each([
  ["LeNet5", lenet],
  ["ResNet50", resnet],
])("%s", (_name, network) => {
  test("every layer has a row, a box, a tile and, where it has a value of its own, a place in the plan", async () => {
    const page = parsed(await htmlReport([network]));
    const rows = having(all(page, "tbody")[0]!, "tr", "data-row");
    expect(rows.map((row) => row.getAttribute("data-row"))).toEqual(network.nodes.map(({ id }) => String(id)));
    const boxes = new Set(
      having(classed(page, "div", "view")[0]!, "g", "data-box").map((box) => box.getAttribute("data-box")),
    );
    for (const row of rows) expect(boxes.has(row.getAttribute("data-graph"))).toBe(true);
    const tiles = having(classed(page, "svg", "map")[0]!, "rect", "data-row").map((tile) =>
      tile.getAttribute("data-row"),
    );
    expect(tiles.map(Number).sort((a, b) => a - b)).toEqual(network.nodes.map(({ id }) => id));
    const values = having(classed(page, "svg", "plot")[0]!, "rect", "data-row").map((value) =>
      value.getAttribute("data-row"),
    );
    const { plan } = inferenceMemory(network);
    expect(values.map(Number).sort((a, b) => a - b)).toEqual(plan.map(({ node }) => node).sort((a, b) => a - b));
  });

  test("the charts reach the peaks that are told", async () => {
    const page = parsed(await htmlReport([network]));
    const [running, training] = classed(page, "svg", "plot").map((plot) => numbers(plot.getAttribute("data-bytes")));
    expect(largest(running!)).toBe(inferenceMemory(network).peak);
    const { optimizer } = network.training ?? defaultTraining(network.span);
    expect(largest(training!)).toBe(trainingMemory(network, { batch: 1, optimizer }).activations);
  });

  test("places in a treemap are those of its switch", async () => {
    const page = parsed(await htmlReport([network]));
    const [map] = classed(page, "svg", "map");
    const tiles = having(map!, "rect", "data-row").sort(
      (a, b) => Number(a.getAttribute("data-row")) - Number(b.getAttribute("data-row")),
    );
    const places = map!.getAttribute("data-params")!.split(",");
    expect(places.length).toBe(all(map!, "rect").length);
    tiles.forEach((tile, index) => {
      const sides = ["x", "y", "width", "height"].map((side) => Math.round(parseFloat(tile.getAttribute(side)!) * 100));
      expect(sides.join(" ")).toBe(places[index]);
    });
  });
});

describe("the table", () => {
  test("has all columns, the usual ones shown", async () => {
    const page = parsed(await htmlReport([lenet]));
    const [table] = all(page, "table");
    const heads = all(table!, "th").filter((head) => head.getAttribute("scope") === "col");
    expect(heads.map((head) => head.getAttribute("data-column")).sort()).toEqual(Object.keys(columnDefinitions).sort());
    for (const head of heads) {
      expect(head.getAttribute("aria-sort")).toBe("none");
      expect(head.getAttribute("data-ranks")!.split(" ").length).toBe(lenet.nodes.length);
      expect(all(head, "button").length).toBe(1);
    }
    const hidden = table!.getAttribute("class")!.match(/hide-\d+/g)!.length;
    expect(heads.length - hidden).toBe(6);
  });

  test("shows the columns that are asked for, in their order", async () => {
    const page = parsed(await htmlReport([lenet], { columns: ["macs", "name"] }));
    const heads = having(all(page, "thead")[0]!, "th", "data-column").map((head) => head.getAttribute("data-column"));
    expect(heads.slice(0, 2)).toEqual(["macs", "name"]);
    const classes = all(page, "table")[0]!.getAttribute("class")!.split(" ");
    expect(classes.filter((name) => name.startsWith("hide-")).length).toBe(heads.length - 2);
    expect(classes).not.toContain("hide-1");
    expect(classes).not.toContain("hide-2");
  });

  test("the order by macs is exact", async () => {
    const page = parsed(await htmlReport([resnet]));
    const head = having(page, "th", "data-column").find((cell) => cell.getAttribute("data-column") === "macs")!;
    const column = [...head.parentNode!.childNodes].indexOf(head);
    const macs = having(all(page, "tbody")[0]!, "tr", "data-row").map((row) => {
      const text = [...row.childNodes][column]!.textContent!;
      return text === "-" ? 0n : BigInt(text.replaceAll(",", ""));
    });
    const ranks = numbers(head.getAttribute("data-ranks"));
    const order = macs.map((_, index) => index).sort((a, b) => Number(ranks[a]! - ranks[b]!));
    const sorted = order.map((index) => macs[index]!);
    // As many places as there are figures, and none before a smaller one.
    expect(new Set(ranks).size).toBe(new Set(macs).size);
    expect(sorted.every((value, index) => index === 0 || sorted[index - 1]! <= value)).toBe(true);
  });
});

test("the same networks give the same bytes", async () => {
  expect(await htmlReport([lenet, resnet])).toBe(await htmlReport([lenet, resnet]));
});

test("open sizes: the table and the diagram, and in words why there is no chart", async () => {
  const page = parsed(await htmlReport([exampleNet("zoo/unet.cnn", "UNet")]));
  expect(classed(page, "svg", "plot").length + classed(page, "svg", "map").length).toBe(0);
  expect(all(page, "tbody").length).toBe(1);
  expect(having(page, "g", "data-box").length).toBeGreaterThan(10);
  const words = classed(page, "p", "words")
    .map(({ textContent }) => textContent)
    .join(" ");
  expect(words).toContain("--size H=224 --size W=224");
});

test("nothing is trained in int8: there is no chart of it", async () => {
  const page = parsed(await htmlReport([lenet], { precision: "int8" }));
  expect(classed(page, "div", "running").length).toBe(1);
  expect(classed(page, "div", "training").length).toBe(0);
});

test("networks without layers, parameters or macs", async () => {
  for (const text of ["INPUT 4x4x1", "INPUT 4x4x1 - RELU", "INPUT 4x4x1 - FLATTEN"])
    parsed(await htmlReport([networkOf(text)]));
});

test("2,000 layers take seconds, and bytes for each", async () => {
  const network = networkOf("INPUT 16x16x4 - [CONV3-4 - RELU]*1000 - GAP - FC-10");
  const started = performance.now();
  const page = await htmlReport([network]);
  expect(performance.now() - started).toBeLessThan(6_000);
  expect(page.length).toBeLessThan(2_000_000);
});
