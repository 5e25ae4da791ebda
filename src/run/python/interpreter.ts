/** Which Python runs a target: the first one that has what the target needs. */
import { execFile } from "node:child_process";
import { delimiter } from "node:path";
import { promisify } from "node:util";
import { PACKAGES, type PythonTarget } from "./runner.js";

const execute = promisify(execFile);

/** Interpreters in the order in which they are tried; `CNNC_PYTHON` names others, as `PATH` names folders. */
function candidates(): string[] {
  const named = process.env["CNNC_PYTHON"];
  return named ? named.split(delimiter).filter((path) => path !== "") : ["python3", "python"];
}

const found = new Map<PythonTarget, Promise<string | undefined>>();

/** The interpreter for a target; undefined where none has its packages. */
export function interpreterFor(target: PythonTarget): Promise<string | undefined> {
  const known = found.get(target) ?? search(target);
  found.set(target, known);
  return known;
}

async function search(target: PythonTarget): Promise<string | undefined> {
  const test = `import importlib.util, sys; sys.exit(not all(importlib.util.find_spec(name) for name in ${JSON.stringify(PACKAGES[target])}))`;
  for (const path of candidates()) {
    const fits = await execute(path, ["-c", test]).then(
      () => true,
      () => false,
    );
    if (fits) return path;
  }
  return undefined;
}
