import { expect, test } from "vitest";
import { calmMean, median, mixed, named, Runs } from "./figures";

test("a figure is the median of the runs, whatever one disturbed run says", () => {
  const runs = new Runs();
  runs.addTimes("", 10, [1, 2, 3]);
  runs.addTimes("", 10, [1, 2.1234, 3]);
  runs.addTimes("", 10, [400, 500, 600]);
  runs.add("nothing", null);
  expect(runs.figures()).toEqual({ p50Ms10: 2.123, p95Ms10: 3 });
  expect(runs.middle("p50Ms10")).toBe(2.1234);
  expect(runs.middle("nothing")).toBeNull();
  expect(median([4, 1, 3, 2])).toBe(2);
});

test("a calm mean leaves the slowest in twenty out, and no more", () => {
  const values = Array.from({ length: 20 }, () => 2);
  expect(calmMean([...values.slice(1), 900])).toBe(2);
  expect(calmMean([...values.slice(2), 900, 38])).toBe((18 * 2 + 38) / 19);
});

test("a peer's figure bears its name", () => {
  expect(named("", "p50Ms10")).toBe("p50Ms10");
  expect(named("classic", "p50Ms10")).toBe("classicP50Ms10");
});

test("conversations of several lengths take turns, each list as often as the others", () => {
  expect(mixed([["a", "b"], ["long"]], 4)).toEqual([..."a long b long a long b long".split(" ")]);
});
