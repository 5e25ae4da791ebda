// Keystrokes in a text: each gives the text after it and the place where it was.

/** Numbers that go by a seed, as in the tests. */
export function randomFrom(seed) {
  let state = seed;
  return () => (state = (state * 48_271) % 0x7fffffff) / 0x7fffffff;
}

/** A sign is typed into a random layer, and taken back with the next keystroke. */
export function* signs(original, random) {
  const layers = [...original.matchAll(/(CONV\d?-?|POOL|stride |BN|RELU)/g)];
  for (;;) {
    const at = layers[Math.floor(random() * layers.length)].index + 1;
    yield { text: original.slice(0, at) + "3" + original.slice(at), at };
    yield { text: original, at };
  }
}

/** What people write in a body; each is typed from the first sign to the last, and taken back again. */
const WRITTEN = [
  "\n  CONV3-(2*8) pad 1 - BN - RELU",
  " # still to be tried without",
  "\n  [CONV3-16 - RELU]*2 - POOL2",
  "\n  ADD { CONV3-8 - BN | ID } - RELU",
  "\n  ADD {\n    CONV1-16/2 - BN\n    | AVGPOOL2\n  }",
  "  [32x32x8]",
  "\n  Skip: CONV1-8 stride 1",
  "\n  if in.c > 8 { CONV1-8 } else { DROPOUT 0.5 }",
  "\n  let wide = in.c * 2",
];

/** Lines and parts of lines are typed behind a random line of a body, indented as that is. */
export function* lines(original, random) {
  const isOfBody = original.startsWith("INPUT") ? /^\S.*$/gm : /^ +(?!#)\S.*$/gm;
  const places = [...original.matchAll(isOfBody)];
  for (let count = 0; ; count++) {
    const place = places[Math.floor(random() * places.length)];
    const start = place.index + place[0].length;
    const indent = /^ */.exec(place[0])[0];
    const written = WRITTEN[count % WRITTEN.length].replaceAll("\n  ", `\n${indent}`);
    const lengths = Array.from(written, (_sign, index) => index + 1);
    for (const length of [...lengths, ...lengths.slice(0, -1).reverse(), 0]) {
      const at = start + length;
      yield { text: original.slice(0, start) + written.slice(0, length) + original.slice(start), at };
    }
  }
}

export const kinds = { "a sign in a layer": signs, "lines, sign by sign": lines };
