import { expect, test } from "vitest";
import { canWithdraw, isOpen, sizeText } from "./request-words";

test("a request can be taken back until it has begun, and stands in the way of another until it has ended", () => {
  const states = [
    "received",
    "waiting",
    "running",
    "failed",
    "done",
    "refused",
    "withdrawn",
  ] as const;
  expect(states.filter((state) => canWithdraw({ state }))).toEqual(["received", "waiting"]);
  expect(states.filter((state) => isOpen({ state }))).toEqual([
    "received",
    "waiting",
    "running",
    "failed",
  ]);
});

test("a download says how large it is in words of its size", () => {
  expect([840, 11_800, 3_600_000].map(sizeText)).toEqual(["840 bytes", "12 KB", "3.4 MB"]);
});
