/** Bytes to text: CNN5002 and CNN5003. */
import { describe, expect, test } from "vitest";
import { decodeSource, LARGEST_SOURCE } from "../../src/syntax/decode.js";
import { describe as say } from "../harness.js";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));
const found = (data: Uint8Array) => {
  const decoded = decodeSource("a.cnn", data);
  return "diagnostic" in decoded ? say(decoded.diagnostic) : decoded.text;
};

test("UTF-8 is text, without its byte order mark", () => {
  expect(found(bytes("INPUT 8 – ×"))).toBe("INPUT 8 – ×");
  expect(found(bytes([0xef, 0xbb, 0xbf], "INPUT 8"))).toBe("INPUT 8");
  expect(found(bytes())).toBe("");
});

describe("CNN5002: no UTF-8", () => {
  test("names the byte", () => {
    expect(found(bytes("INPUT 8 ", [0xe9], "t"))).toBe('CNN5002 at "\ufffd": a.cnn is not UTF-8 text: byte 9 is 0xe9');
    expect(found(bytes("é× ", [0xff]))).toBe('CNN5002 at "\ufffd": a.cnn is not UTF-8 text: byte 6 is 0xff');
  });

  test("is not led astray by a replacement character that is in the text", () => {
    expect(found(bytes("\ufffd ", [0xe9]))).toContain("byte 5 is 0xe9");
  });

  test("counts a byte order mark", () => {
    expect(found(bytes([0xef, 0xbb, 0xbf], "ab", [0xe9]))).toContain("byte 6 is 0xe9");
  });

  test("recognises UTF-16", () => {
    expect(found(bytes([0xff, 0xfe], "I\0N\0"))).toContain("it is UTF-16, save it as UTF-8");
    expect(found(bytes([0xfe, 0xff], "\0I\0N"))).toContain("it is UTF-16, save it as UTF-8");
  });
});

test("CNN5003: a file that is too large", () => {
  expect(found(new Uint8Array(LARGEST_SOURCE + 1).fill(32))).toBe(
    'CNN5003 at "": a.cnn has 16,777,217 bytes, a program may have 16,777,216',
  );
});
