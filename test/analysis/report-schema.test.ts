/** The JSON of reports is as its published schema says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { reportOf } from "../../src/analysis/report.js";
import { toJson } from "../../src/base/integers.js";
import { exampleNets } from "../example-nets.js";
import { networkOf } from "../harness.js";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../docs/schemas/report.schema.json"), "utf8"),
) as object;
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

/** What the schema has to say. */
function complaints(document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

describe("every net of the examples", () => {
  test.each(exampleNets.map(({ name, network }) => [name, network] as const))("%s", (_name, network) => {
    expect(complaints(JSON.parse(toJson(reportOf(network))))).toEqual([]);
  });
});

test("it refuses what is missing, what is unknown and what is no figure", () => {
  const report = JSON.parse(toJson(reportOf(networkOf("INPUT 8x8x3 - CONV3-4 - GAP")))) as {
    layers: Record<string, unknown>[];
  };
  const changed = (change: Record<string, unknown>) =>
    complaints({ ...report, layers: [{ ...report.layers[1], ...change }] });
  expect(changed({})).toEqual([]);
  expect(changed({ macs: undefined })).not.toEqual([]);
  expect(changed({ macs: -1 })).not.toEqual([]);
  expect(changed({ speed: 1 })).not.toEqual([]);
  expect(complaints({ ...report, schema: "cnnc-report/2" })).not.toEqual([]);
});
