import { expect, test } from "vitest";
import { waitText } from "./wait-text";

const since = "2026-03-01T10:00:00.000Z";
const after = (minutes: number) => Date.parse(since) + minutes * 60_000;

test("a wait is said in the units that matter to a lead", () => {
  expect(waitText(since, after(0.5))).toBe("under a minute");
  expect(waitText(since, after(12))).toBe("12 min");
  expect(waitText(since, after(185))).toBe("3 h 05 min");
  expect(waitText(since, after(2 * 1440 + 250))).toBe("2 d 4 h");
});

test("a clock that runs behind the server's never shows a negative wait", () => {
  expect(waitText(since, after(-3))).toBe("under a minute");
});
