import { expect, test } from "vitest";
import { barOf } from "./bar";

test("the bar tells how far it is, what failed and how long the rest may take", () => {
  const line = barOf({ done: 25, total: 100, failed: 2, elapsedMs: 10_000 });
  expect(line).toBe(`${"█".repeat(7)}${"░".repeat(23)}  25 % 25/100, 2 failed, 30 s left`);
});

test("nothing to move is done at once, and the end leaves nothing to wait for", () => {
  expect(barOf({ done: 0, total: 0, failed: 0, elapsedMs: 5 })).toContain("100 % 0/0");
  expect(barOf({ done: 7, total: 7, failed: 0, elapsedMs: 5 })).toMatch(/100 % 7\/7$/);
});
