/** Pictures of layers: all that is in the network is in them, and nothing lies over anything. */
import { beforeAll, describe, expect, test } from "vitest";
import { dagreArrange } from "../../../src/emit/diagram/dagre.js";
import { diagramOf } from "../../../src/emit/diagram/diagram-of.js";
import type { Box, Diagram, Frame } from "../../../src/emit/diagram/diagram.js";
import type { Arrange } from "../../../src/emit/diagram/elements.js";
import { layoutOf } from "../../../src/emit/diagram/layout.js";
import { paintDiagram } from "../../../src/emit/diagram/paint.js";
import { networkOf } from "../../harness.js";
import { areaOf, crosses, isWithin, overlap, textFaults } from "./geometry.js";
import { exampleNet, exampleNets } from "../../example-nets.js";

let arrange: Arrange;
beforeAll(async () => {
  arrange = await dagreArrange();
});

const ALL = Number.POSITIVE_INFINITY;

/** Layers of the boxes of a frame, times how often each stands there. */
function layersOf(child: Box | Frame): number {
  if (child.type === "box") return child.layers * child.times;
  return child.times * child.children.reduce((sum, inner) => sum + layersOf(inner), 0);
}

const outline = (child: Box | Frame): unknown =>
  child.type === "box" ? textOf(child) : { [titleOf(child)]: child.children.map(outline) };
const textOf = ({ head, times }: Box) => head + (times > 1 ? ` x${times}` : "");
const titleOf = ({ title, times }: Frame) => title + (times > 1 ? ` x${times}` : "");
const outlineOf = (diagram: Diagram) => diagram.root.children.map(outline);

describe("what is in a picture", () => {
  test.each(exampleNets)("$name: as many layers as the network, at any depth", ({ network }) => {
    for (const depth of [undefined, 0, 1, ALL]) {
      for (const isFolded of [true, false]) {
        expect(layersOf(diagramOf(network, { depth, isFolded }).root)).toBe(network.nodes.length);
      }
    }
  });

  test.each(exampleNets)("$name: unfolded, its boxes and edges are the network's", ({ network }) => {
    const { boxes, edges } = diagramOf(network, { depth: ALL, isFolded: false });
    expect(boxes).toHaveLength(network.nodes.length);
    // Inputs come first, all else in the order of the network.
    const order = [
      ...network.inputs,
      ...network.nodes.map(({ id }) => id).filter((id) => !network.inputs.includes(id)),
    ];
    const drawn = edges.map(({ from, to }) => `${order[from]!} ${order[to]!}`);
    const real = network.nodes.flatMap(({ id, inputs }) => inputs.map((input) => `${input} ${id}`));
    expect(new Set(drawn)).toEqual(new Set(real));
  });

  test("like calls in a row are one box", () => {
    const text = `block Res(c) { ADD { CONV3-c - RELU | ID } }
      INPUT 8x8x4 - CONV1-8 - Res(8)*3 - Res(8) - GAP - FC-2`;
    expect(outlineOf(diagramOf(networkOf(text), { depth: 0 }))).toEqual([
      "INPUT 8x8x4",
      "CONV1-8",
      "Res(8) x4",
      "GAP",
      "FC-2",
    ]);
    expect(outlineOf(diagramOf(networkOf(text), { depth: 1 }))[2]).toEqual({ "Res(8) x4": ["CONV3-8", "RELU", "ADD"] });
    expect(diagramOf(networkOf(text), { depth: 0, isFolded: false }).boxes).toHaveLength(8);
  });

  test("repeats in brackets are frames, also within each other", () => {
    const text = "INPUT 8x8x4 - [[CONV3-4 - RELU]*2 - BN]*3 - FC-2";
    expect(outlineOf(diagramOf(networkOf(text)))).toEqual([
      "INPUT 8x8x4",
      { " x3": [{ " x2": ["CONV3-4", "RELU"] }, "BN"] },
      "FC-2",
    ]);
  });

  test("what is read once more, has a name, or another size, stands alone", () => {
    const heads = (text: string) => diagramOf(networkOf(text)).boxes.map(textOf);
    expect(heads("INPUT 8x8x4 - [POOL2]*2 - FC-2")).toEqual(["INPUT 8x8x4", "POOL2", "POOL2", "FC-2"]);
    expect(heads("INPUT 8x8x4 - a: CONV3-4 - b: CONV3-4")).toEqual(["INPUT 8x8x4", "CONV3-4", "CONV3-4"]);
    expect(heads("INPUT 8x8x4 - CONV3-4 - CONV3-4")).toEqual(["INPUT 8x8x4", "CONV3-4 x2"]);
    expect(heads("INPUT 8x8x4 - x: CONV3-4 - CONV3-4 - ADD { @x | ID }")).toEqual([
      "INPUT 8x8x4",
      "CONV3-4",
      "CONV3-4",
      "ADD",
    ]);
  });

  test("a call that only wraps another is one frame", () => {
    const text = `block Inner(c) { CONV3-c - RELU }
      block Outer(c) { Inner(c) }
      INPUT 8x8x4 - Outer(8) - GAP`;
    expect(outlineOf(diagramOf(networkOf(text)))[1]).toEqual({ "Outer(8)": ["CONV3-8", "RELU"] });
  });

  test("DenseNet-201: 6, 12, 48 and 32 dense layers", () => {
    const frames = diagramOf(exampleNet("zoo/densenet.cnn", "DenseNet201")).root.children.filter(
      (child) => child.type === "frame",
    );
    expect(frames.map(({ times }) => times)).toEqual([6, 1, 12, 1, 48, 1, 32]);
    expect((frames[0]!.children.at(-1) as Box).size).toBe("56x56x96…256");
  });

  test("ResNet-152: each stage has one block with a projection, and 2, 7, 35 and 2 without", () => {
    const { boxes } = diagramOf(exampleNet("zoo/resnet.cnn", "ResNet152"), { depth: 1 });
    expect(boxes.filter(({ kind }) => kind === "block").map(({ times }) => times)).toEqual([1, 2, 1, 7, 1, 35, 1, 2]);
  });

  test("the parameters and multiply-accumulates of VGG-16", () => {
    expect(diagramOf(exampleNet("lecture14/vgg16.cnn", "VGG16")).facts).toEqual([
      "input 224x224x3",
      "output 1000",
      "138M parameters",
      "15.5G multiply-accumulates",
    ]);
  });
});

describe("how it is laid out", () => {
  const deep = ["zoo/resnet.cnn ResNet50", "zoo/googlenet.cnn GoogLeNetAux", "zoo/yolov3.cnn YoloV3"];
  const cases = [
    ...exampleNets.map(({ name, network }) => ({ name, network, options: {} })),
    ...exampleNets
      .filter(({ name }) => deep.includes(name))
      .map(({ name, network }) => ({ name: `all of ${name}`, network, options: { depth: ALL, isFolded: false } })),
  ];
  test.each(cases)("$name: nothing lies over anything", ({ network, options }) => {
    const diagram = diagramOf(network, options);
    const layout = layoutOf(diagram, arrange);
    const { boxes, frames, lines, width, height } = layout;
    expect(boxes).toHaveLength(diagram.boxes.length);
    const page = { x: 0, y: 0, width, height };
    const faults: string[] = [];
    boxes.forEach((a, index) => {
      if (!isWithin(a, page)) faults.push(`${a.box.head} is cut off`);
      for (const b of boxes.slice(index + 1)) if (overlap(a, b)) faults.push(`${a.box.head} and ${b.box.head}`);
    });
    const inside = (frame: Frame): Set<Box> =>
      new Set(frame.children.flatMap((child) => (child.type === "box" ? [child] : [...inside(child)])));
    for (const placed of frames) {
      const own = inside(placed.frame);
      for (const box of boxes) {
        if (own.has(box.box) ? !isWithin(box, placed) : overlap(box, placed))
          faults.push(`${placed.frame.title} and ${box.box.head}`);
      }
    }
    for (const { points } of lines) {
      points.slice(1).forEach((point, index) => {
        const through = boxes.find((box) => crosses([points[index]!, point], box));
        if (through) faults.push(`a line through ${through.box.head}`);
      });
    }
    expect(faults).toEqual([]);
    expect(textFaults(paintDiagram(diagram, layout))).toEqual([]);
  });

  test.each(exampleNets)("$name: every text fits in its box", ({ network }) => {
    const diagram = diagramOf(network);
    const shapes = paintDiagram(diagram, layoutOf(diagram, arrange)).shapes;
    const groups = shapes.filter((shape) => shape.type === "group");
    expect(groups.length).toBeGreaterThanOrEqual(diagram.boxes.length);
    for (const group of groups) {
      const [rect, ...rest] = group.shapes;
      if (rect?.type !== "rect") throw new Error("a group starts with its border");
      for (const shape of rest) if (shape.type === "text") expect(isWithin(areaOf(shape), rect), shape.text).toBe(true);
    }
  });
});
