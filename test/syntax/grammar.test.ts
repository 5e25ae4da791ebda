/** The checks of the grammar that `skipValidations` leaves out at each start: ambiguities, left recursion, empty loops. */
import { expect, test, vi } from "vitest";

vi.mock("chevrotain", async (original) => {
  const real = await original<typeof import("chevrotain")>();
  class Validating extends real.CstParser {
    constructor(tokens: ConstructorParameters<typeof real.CstParser>[0], config: ConstructorParameters<typeof real.CstParser>[1]) {
      super(tokens, { ...config, skipValidations: false });
    }
  }
  return { ...real, CstParser: Validating };
});

test("the grammar is sound", async () => {
  const { CnnParser } = await import("../../src/syntax/parser.js");
  expect(() => new CnnParser()).not.toThrow();
});
