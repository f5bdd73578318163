import { expect, test } from "vitest";
import { largestGrowths, measureHeap, measureSystemMemory, watchSystemMemory } from "./machine";

test("the machine's memory is what is used and what is available", () => {
  const { totalBytes, usedBytes, availableBytes } = measureSystemMemory();
  expect(usedBytes + availableBytes).toBe(totalBytes);
  expect(availableBytes).toBeGreaterThan(0);
  expect(usedBytes).toBeGreaterThan(0);
});

test("the heap is measured space by space", () => {
  expect([...measureHeap().keys()]).toEqual(expect.arrayContaining(["old_space", "new_space"]));
});

test("of what has grown the five largest are told, the largest first, and nothing that shrank", () => {
  const before = new Map([
    ["shrunk", 100],
    ["same", 5],
  ]);
  const after = new Map([
    ["shrunk", 10],
    ["same", 5],
    ...Array.from({ length: 7 }, (_, at): [string, number] => [`space_${at}`, at + 1]),
  ]);
  const growths = largestGrowths(before, after);
  expect(growths.map(({ space }) => space)).toEqual([
    "space_6",
    "space_5",
    "space_4",
    "space_3",
    "space_2",
  ]);
  expect(growths[0]).toEqual({ space: "space_6", usedBytes: 7, growthBytes: 7 });
});

test("more than 80 % in use is told once, until it was less", () => {
  const watch = { isHigh: false };
  const isTold = (usedBytes: number) =>
    watchSystemMemory({ totalBytes: 100, usedBytes, availableBytes: 100 - usedBytes }, watch);
  expect([80, 81, 90, 80, 99].map(isTold)).toEqual([false, true, false, false, true]);
});
