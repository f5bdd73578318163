import fc from "fast-check";
import { expect, test } from "vitest";
import { absoluteTime, relativeTime } from "./time-text";

const NOON = Date.parse("2026-05-14T12:00:00Z");
const ago = (seconds: number) => relativeTime(new Date(NOON - seconds * 1000).toISOString(), NOON);

test("says how long ago something was, in the largest unit that fits", () => {
  expect(ago(10)).toBe("just now");
  expect(ago(50)).toBe("1 minute ago");
  expect(ago(60 * 59)).toBe("59 minutes ago");
  expect(ago(3600 * 5)).toBe("5 hours ago");
  expect(ago(86_400)).toBe("yesterday");
  expect(ago(86_400 * 20)).toBe("2 weeks ago");
  expect(ago(-3600 * 2)).toBe("in 2 hours");
});

test("writes the moment itself in the zone it is asked for", () => {
  expect(absoluteTime("2026-05-14T22:30:00Z", "date", "UTC")).toBe("14 May 2026");
  expect(absoluteTime("2026-05-14T22:30:00Z", "date", "Asia/Tokyo")).toBe("15 May 2026");
  expect(absoluteTime("2026-05-14T22:30:00Z", "full", "UTC")).toContain("22:30");
});

test("shows what is no date as it came", () => {
  expect(absoluteTime("soon", "full")).toBe("soon");
  expect(relativeTime("soon", NOON)).toBe("soon");
});

test("never answers zero of a unit", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), (seconds) => {
      expect(ago(seconds)).not.toMatch(/\b0 /);
    }),
  );
});
