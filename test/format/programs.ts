/** Programs to format: the examples, those of the docs, random ones, with comments, blanks and line ends put anywhere. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { allKinds } from "../../src/diagnostics.js";
import { chains } from "../run/random-chains.js";
import { root } from "../command-line.js";

const textsIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(root, folder, name), "utf8") }));

/** Programs that people wrote, by name. */
export const written: readonly { name: string; text: string }[] = [
  ...textsIn("examples", ".cnn"),
  ...textsIn("src/std", ".cnn"),
  ...textsIn("test", ".cnn"),
  ...[...textsIn("docs", ".md"), { name: "README.md", text: readFileSync(join(root, "README.md"), "utf8") }].flatMap(
    ({ name, text }) =>
      [...text.matchAll(/^```cnn\n([^]*?)^```/gm)].map((match, index) => ({
        name: `${name} ${index + 1}`,
        text: match[1]!,
      })),
  ),
  ...allKinds().flatMap(({ code, example }) =>
    example
      ? [
          { name: `${code} wrong`, text: example.wrong },
          { name: `${code} right`, text: example.right },
        ]
      : [],
  ),
];

/** Where a comment, a blank or a line end is put. */
const disturbance = fc.record({
  at: fc.nat(10_000),
  text: fc.constantFrom(
    " # note\n",
    "\n# own\n",
    "\n",
    "\n\n\n",
    "  ",
    "   ",
    " ## doc\n",
    "\t",
    "\n\n# é ×\n\n",
    "\n# prettier-ignore\n",
  ),
});

/** A text with things put in between its words. */
export function disturbed(text: string, places: readonly { at: number; text: string }[]): string {
  const ends = [...text.matchAll(/(?<=[\s\])}])|(?=[\s[({|,:])|(?=#)/g)].map((match) => match.index);
  const sorted = places
    .map(({ at, text: what }) => ({ at: ends[at % Math.max(1, ends.length)] ?? 0, what }))
    .sort((a, b) => b.at - a.at);
  return sorted.reduce((result, { at, what }) => result.slice(0, at) + what + result.slice(at), text);
}

/** Random programs: chains, blocks and branches. */
const random = fc
  .tuple(chains(2), chains(2), fc.constantFrom("ADD", "CONCAT"), fc.integer({ min: 1, max: 3 }))
  .map(
    ([first, second, merge, times]) =>
      `block B(c, s = ${times}) { ${first} }\nnet N {\n INPUT 32x32x4\n ${second} - ${merge}{ID|CONV3-4->B( 4 ,s=2)}-[RELU - BN]*${times}\n}`,
  );

export const disturbedPrograms = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...written.map(({ text }) => text)) }, random),
    fc.array(disturbance, { maxLength: 6 }),
  )
  .map(([text, places]) => disturbed(text, places));
