/** A device by its name, or from a JSON file that describes it. */
import { readFile } from "node:fs/promises";
import { closest, devices, listWords, PRECISIONS, type Device, type NumberFormat } from "../../index.js";
import { UsageError } from "./terminal.js";

/** A description is some hundred bytes. */
const LARGEST = 1 << 16;

/** Errors: `UsageError` where there is no such device or file, or the file does not describe one. */
export async function deviceOf(text: string): Promise<Device> {
  const known = devices[text];
  if (known) return known;
  if (!text.endsWith(".json")) {
    const names = Object.keys(devices);
    const suggestion = closest(text, names);
    const hint = suggestion ? `did you mean ${suggestion}?` : `there is ${listWords(names)}`;
    throw new UsageError(`there is no device ${text}; ${hint} (a .json file describes another one)`);
  }
  return describedBy(text, await contentOf(text));
}

async function contentOf(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    throw new UsageError(`${path}: there is no such file, or it cannot be read`);
  }
  if (text.length > LARGEST) throw new UsageError(`${path}: a device is described in less`);
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is no JSON`);
  }
}

function describedBy(path: string, content: unknown): Device {
  const found = (typeof content === "object" && content !== null ? content : {}) as Record<string, unknown>;
  const operations = (
    typeof found["operations"] === "object" && found["operations"] !== null ? found["operations"] : {}
  ) as Record<string, unknown>;
  const isAmount = (value: unknown): value is number =>
    typeof value === "number" && Number.isFinite(value) && value > 0;
  const formats = (Object.keys(PRECISIONS) as NumberFormat[]).filter((name) => isAmount(operations[name]));
  if (formats.length === 0 || !isAmount(found["bandwidth"])) {
    throw new UsageError(
      `${path} has no peak numbers: it is {"name": "...", "operations": {"float32": 1e12}, "bandwidth": 1e11}, operations and bytes a second`,
    );
  }
  return {
    name: typeof found["name"] === "string" ? found["name"] : path,
    doc: typeof found["doc"] === "string" ? found["doc"] : path,
    operations: Object.fromEntries(formats.map((name) => [name, operations[name] as number])),
    bandwidth: found["bandwidth"],
    ...(isAmount(found["memory"]) ? { memory: found["memory"] } : {}),
    ...(isAmount(found["link"]) ? { link: found["link"] } : {}),
    source: typeof found["source"] === "string" ? found["source"] : path,
  };
}
