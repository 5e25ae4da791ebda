/** The algebra against brute force: expressions as they are built are evaluated step by step, number by number. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { agreement } from "../../src/ir/agreement.js";
import { holds, intersect, type Condition } from "../../src/ir/condition.js";
import {
  ceilDivide,
  evaluateDimension,
  floorDivide,
  minus,
  plus,
  times,
  variable,
  type Dimension,
} from "../../src/ir/dimension.js";

/** A size as it is built, and its value without any algebra. */
interface Built {
  readonly text: string;
  readonly size: Dimension;
  at(sizes: Readonly<Record<string, number>>): number;
}

const letter = (name: string): Built => ({ text: name, size: variable(name), at: (sizes) => sizes[name]! });
const number = (value: number): Built => ({ text: `${value}`, size: value, at: () => value });

const sum = (a: Built, b: Built): Built => ({
  text: `(${a.text} + ${b.text})`,
  size: plus(a.size, b.size),
  at: (sizes) => a.at(sizes) + b.at(sizes),
});
const gap = (a: Built, b: Built): Built => ({
  text: `(${a.text} - ${b.text})`,
  size: minus(a.size, b.size),
  at: (sizes) => a.at(sizes) - b.at(sizes),
});
const product = (a: Built, b: Built): Built => ({
  text: `${a.text}*${b.text}`,
  size: times(a.size, b.size),
  at: (sizes) => a.at(sizes) * b.at(sizes),
});
const down = (a: Built, by: number): Built => ({
  text: `floor(${a.text}/${by})`,
  size: floorDivide(a.size, by),
  at: (sizes) => Math.floor(a.at(sizes) / by),
});
const up = (a: Built, by: number): Built => ({
  text: `ceil(${a.text}/${by})`,
  size: ceilDivide(a.size, by),
  at: (sizes) => Math.ceil(a.at(sizes) / by),
});

const constant = fc.integer({ min: -6, max: 9 }).map(number);
const divisor = fc.integer({ min: 1, max: 6 });

/** Linear but for roundings, as layers make it; `products` multiplies expressions with each other too. */
function sizes(names: readonly string[], products: boolean): fc.Arbitrary<Built> {
  return fc.letrec<{ size: Built }>((tie) => ({
    size: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom(...names.map(letter)),
      fc.tuple(tie("size"), constant).map(([a, b]) => sum(a, b)),
      fc.tuple(tie("size"), fc.integer({ min: -3, max: 4 })).map(([a, b]) => product(number(b), a)),
      fc.tuple(tie("size"), divisor).map(([a, by]) => down(a, by)),
      fc.tuple(tie("size"), divisor).map(([a, by]) => up(a, by)),
      fc.tuple(tie("size"), tie("size")).map(([a, b]) => sum(a, b)),
      fc.tuple(tie("size"), tie("size")).map(([a, b]) => gap(a, b)),
      ...(products ? [fc.tuple(tie("size"), tie("size")).map(([a, b]) => product(a, b))] : []),
    ),
  })).size;
}

const MOST = 200;
const range = Array.from({ length: MOST }, (_, index) => index + 1);

test("simplified sizes have the values of what was built", () => {
  fc.assert(
    fc.property(sizes(["H", "W"], true), (built) => {
      for (const H of range) {
        const values = { H, W: (H * 7) % 31 + 1 }; // prettier-ignore
        // Without the sign of 0.
        const expected = built.at(values) + 0;
        if (Math.abs(expected) > 2 ** 40) return;
        expect(evaluateDimension(built.size, new Map(Object.entries(values)))).toBe(expected);
      }
    }),
    { numRuns: 300, seed: 20261124 },
  );
});

const givens: fc.Arbitrary<Condition[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Condition[]>([]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 2, max: 6 }), fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 }))
      .map(([modulus, residues]) => [
        { variable: "H", modulus, residues: [...new Set(residues.map((residue) => residue % modulus))].sort() },
      ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })
      .map((values) => [{ variable: "H", values: values.sort((a, b) => a - b) }]),
  },
);

/** Whether a verdict fits what brute force finds for these sizes. */
function expectVerdict(
  a: Built,
  b: Built,
  given: readonly Condition[],
  all: readonly Record<string, number>[],
): string {
  const verdict = agreement(a.size, b.size, given);
  for (const values of all) {
    if (!given.every((condition) => holds(condition, values[condition.variable]!))) continue;
    const equal = a.at(values) === b.at(values);
    const claimed =
      verdict.kind === "when"
        ? holds(verdict.condition, values[verdict.condition.variable]!)
        : verdict.kind === "always";
    if (verdict.kind !== "undecided" && equal !== claimed)
      throw new Error(`${a.text} and ${b.text} at ${JSON.stringify(values)}: ${JSON.stringify(verdict)}`);
  }
  return verdict.kind;
}

test.each([false, true])("one letter: agreement is what brute force finds (products: %s)", (products) => {
  const found: Record<string, number> = { always: 0, never: 0, when: 0, undecided: 0 };
  const all = range.map((H) => ({ H }));
  // The second is often the first in another form, so that they can agree.
  const pair = fc.oneof(
    fc.tuple(sizes(["H"], products), sizes(["H"], products)),
    sizes(["H"], products).map((a) => [a, down(sum(product(number(2), a), number(1)), 2)] as [Built, Built]),
    fc.tuple(sizes(["H"], false), divisor).map(([a, by]) => [a, product(number(by), down(a, by))] as [Built, Built]),
  );
  fc.assert(
    fc.property(pair, givens, ([a, b], given) => {
      found[expectVerdict(a, b, given, all)]!++;
    }),
    { numRuns: 600, seed: 20261124 },
  );
  if (!products) expect(found["undecided"]).toBe(0);
  for (const kind of ["always", "never", "when"]) expect(found[kind]).toBeGreaterThan(20);
});

test("two letters: what is decided is what brute force finds", () => {
  const found: Record<string, number> = { always: 0, never: 0, when: 0, undecided: 0 };
  const small = range.slice(0, 14);
  const all = small.flatMap((H) => small.map((W) => ({ H, W })));
  const side = fc.tuple(sizes(["H"], false), sizes(["W"], false));
  const pair = fc.oneof(
    side.chain(([h, w]) => divisor.map((by) => [product(h, w), product(product(number(by), down(h, by)), w)])),
    fc.tuple(sizes(["H", "W"], true), sizes(["H", "W"], true)).map(([a, b]) => [a, b]),
  ) as fc.Arbitrary<[Built, Built]>;
  fc.assert(
    fc.property(pair, givens, ([a, b], given) => {
      found[expectVerdict(a, b, given, all)]!++;
    }),
    { numRuns: 300, seed: 20261124 },
  );
  expect(found["always"]! + found["when"]! + found["never"]!).toBeGreaterThan(80);
});

test("conditions come together as both say", () => {
  fc.assert(
    fc.property(givens, givens, (a, b) => {
      const both = intersect([...a, ...b]);
      for (const H of range)
        expect(both.every((condition) => holds(condition, H))).toBe(
          [...a, ...b].every((condition) => holds(condition, H)),
        );
    }),
    { numRuns: 300, seed: 1 },
  );
});
