import { expect, test } from "vitest";
import { readRetryAfter } from "./retry-after";

const now = Date.parse("2026-05-04T10:00:00Z");

test.each<[Record<string, string>, number | null]>([
  [{ "retry-after": "7" }, 7_000],
  [{ "retry-after": " 1.5 " }, 1_500],
  [{ "retry-after": "0" }, 0],
  [{ "retry-after": "Mon, 04 May 2026 10:00:30 GMT" }, 30_000],
  [{ "retry-after": "Mon, 04 May 2026 09:00:00 GMT" }, 0],
  [{ "retry-after-ms": "250", "retry-after": "1" }, 250],
  [{ "retry-after-ms": "soon", "retry-after": "1" }, 1_000],
  [{ "retry-after": "-5" }, null],
  [{ "retry-after": "soon" }, null],
  [{ "retry-after": "" }, null],
  [{}, null],
])("%o asks for a pause of %s ms", (headers, expected) => {
  expect(readRetryAfter(new Headers(headers), now)).toBe(expected);
});

test("what is no set of headers asks for nothing", () => {
  expect(readRetryAfter(undefined, now)).toBeNull();
  expect(readRetryAfter({ "retry-after": "7" }, now)).toBeNull();
});
