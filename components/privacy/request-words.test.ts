import { expect, test } from "vitest";
import { RequestState } from "@/lib/privacy/schema";
import { canWithdraw, isOpen, sizeText } from "./request-words";

test("a request can be taken back until it has begun, and stands in the way of another until it has ended", () => {
  const states = RequestState.options;
  expect(states.filter((state) => canWithdraw({ state })).sort()).toEqual([
    "approved",
    "identity_check",
    "received",
    "waiting",
  ]);
  expect(states.filter((state) => isOpen({ state })).sort()).toEqual([
    "approved",
    "failed",
    "identity_check",
    "received",
    "running",
    "waiting",
  ]);
});

test("a download says how large it is in words of its size", () => {
  expect([840, 11_800, 3_600_000].map(sizeText)).toEqual(["840 bytes", "12 KB", "3.4 MB"]);
});
