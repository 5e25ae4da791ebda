/** JPEG files give the pixels that libjpeg finds in them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodePicture } from "../../src/run/picture-files.js";

interface Oracle {
  readonly height: number;
  readonly width: number;
  readonly pictures: readonly { readonly name: string; readonly file: string; readonly pixels: string }[];
}

const { height, width, pictures } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../oracles/pictures.json"), "utf8"),
) as Oracle;

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

describe("libjpeg's pixels", () => {
  test.each(pictures)("$name", async ({ name, file, pixels }) => {
    const expected = bytes(pixels);
    const picture = await decodePicture("x.jpg", bytes(file));
    expect([picture.height, picture.width, picture.scale]).toEqual([height, width, 255]);
    expect(picture.perPixel).toBe(name === "grey" ? 1 : 3);
    let sum = 0;
    for (let index = 0; index < expected.length; index++) {
      const found = picture.samples[picture.perPixel === 1 ? Math.floor(index / 3) : index]!;
      sum += Math.abs(found - expected[index]!);
    }
    // Of colours that are kept for every other pixel libjpeg makes a gradient, where we repeat them.
    expect(sum / expected.length).toBeLessThan(name === "half the colours" ? 6 : 0.6);
  });
});

test("what is damaged is told, whatever its name", async () => {
  const file = bytes(pictures[0]!.file);
  await expect(decodePicture("cut.jpg", file.subarray(0, 300))).rejects.toThrow(
    "cut.jpg: this JPEG file cannot be read",
  );
  await expect(decodePicture("text.jpg", new TextEncoder().encode("text"))).rejects.toThrow(
    "text.jpg: neither a PNG nor a JPEG file",
  );
  // A header that asks for 65,535 x 65,535 pixels.
  const huge = file.slice();
  const start = huge.findIndex((byte, index) => byte === 0xff && huge[index + 1] === 0xc0);
  huge.fill(0xff, start + 5, start + 9);
  await expect(decodePicture("huge.jpg", huge)).rejects.toThrow("huge.jpg: this JPEG file cannot be read");
});
