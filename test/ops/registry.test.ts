/** What holds for every operator, by its declaration. */
import { describe, expect, test } from "vitest";
import type { Operator, Parameter } from "../../src/ops/define.js";
import { allMnemonics, operators } from "../../src/ops/registry.js";
import { networkOf } from "../harness.js";

test("no two operators share a spelling", () => {
  const mnemonics = allMnemonics();
  const all = Object.values(operators).flatMap((operator) => [...operator.mnemonics]);
  expect(all.length).toBe(mnemonics.length);
});

describe.each(Object.entries(operators) as [string, Operator][])("%s", (name, operator) => {
  test("is registered under its name", () => expect(operator.name).toBe(name));

  test("has an example that compiles and uses it", () => {
    expect(networkOf(operator.example).nodes.map((node) => node.op)).toContain(name);
  });

  test("is documented, and so are its parameters", () => {
    expect(operator.doc).toMatch(/^[A-Z].*\.$/s);
    for (const parameter of Object.values(operator.parameters as Record<string, Parameter>))
      expect(parameter.doc).not.toBe("");
  });

  test("names parameters that it has", () => {
    for (const key of [operator.count, operator.size]) if (key) expect(Object.keys(operator.parameters)).toContain(key);
  });

  test("every parameter has a default, can be filled, or has a value to offer", () => {
    for (const parameter of Object.values(operator.parameters as Record<string, Parameter>)) {
      if (parameter.default === undefined) expect(parameter.sketch).toBeDefined();
    }
  });
});
