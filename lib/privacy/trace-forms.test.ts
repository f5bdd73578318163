import fc from "fast-check";
import { expect, test } from "vitest";
import { encodings, formsOfBytes, formsOfText } from "./trace-forms";

const text = 'Zoë O’Neill <zoe@example.com>, 5 "High" Street';
const isIn = (file: Buffer) => formsOfText(text).some((form) => file.includes(form));
const around = (bytes: Uint8Array, before: number) =>
  Buffer.concat([Buffer.from("abc".slice(0, before)), bytes, Buffer.from("xy")]);
const utf8 = Buffer.from(text);

test.each<[(typeof encodings)[number], Buffer]>([
  ["UTF-8", utf8],
  ["UTF-16, little-endian", Buffer.from(text, "utf16le")],
  ["UTF-16, big-endian", Buffer.from(text, "utf16le").swap16()],
  ["base64, at each of its three offsets", Buffer.from(around(utf8, 0).toString("base64"))],
  ["base64, at each of its three offsets", Buffer.from(around(utf8, 1).toString("base64"))],
  ["base64, at each of its three offsets", Buffer.from(around(utf8, 2).toString("base64"))],
  ["base64url, at each of its three offsets", Buffer.from(around(utf8, 1).toString("base64url"))],
  ["hexadecimal, lower case", Buffer.from(utf8.toString("hex"))],
  ["hexadecimal, upper case", Buffer.from(utf8.toString("hex").toUpperCase())],
  ["percent-encoded", Buffer.from(`https://example.com/?q=${encodeURIComponent(text)}&p=1`)],
  ["JSON-escaped", Buffer.from(JSON.stringify({ text }))],
])("a text is found in a file that holds it as %s", (_, file) => {
  expect(isIn(Buffer.concat([Buffer.from("before "), file, Buffer.from(" after")]))).toBe(true);
});

test("there are nine encodings, and an escaped line break is found", () => {
  expect(encodings).toHaveLength(9);
  const lines = 'first "line"\nsecond é';
  const escaped = Buffer.from('{"a":"first \\"line\\"\\nsecond \\u00e9"}');
  expect(formsOfText(lines).some((form) => escaped.includes(form))).toBe(true);
});

test("bytes are found in base64 whatever stands around them", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 64 }),
      fc.uint8Array({ maxLength: 7 }),
      fc.uint8Array({ maxLength: 7 }),
      fc.constantFrom("base64", "base64url"),
      (key, before, after, encoding) => {
        const file = Buffer.concat([before, key, after]).toString(encoding as "base64");
        expect(formsOfBytes(key).some((form) => file.includes(form.toString("latin1")))).toBe(true);
      },
    ),
  );
});

test("a text without the trace is not taken for one", () => {
  expect(isIn(Buffer.from("Zoe ONeill, High Street 5"))).toBe(false);
});
