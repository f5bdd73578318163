import { expect, test } from "vitest";
import { axisMax, barsOf, lineOf } from "./chart-shape";

test("an axis ends at a round number that no value passes", () => {
  expect([
    axisMax([]),
    axisMax([0, null]),
    axisMax([3, 7]),
    axisMax([1000]),
    axisMax([1001]),
  ]).toEqual([1, 1, 10, 1000, 2000]);
  expect(axisMax([0.04])).toBeCloseTo(0.05);
});

test("the largest value's bar fills the plane, half of it half, and nothing is drawn for nothing", () => {
  const [full, half, none, missing] = barsOf([10, 5, 0, null], 10, { at: 0, of: 1 });
  expect(full).toMatchObject({ y: 0, height: 100 });
  expect(half).toMatchObject({ y: 50, height: 50 });
  expect([none, missing]).toEqual([null, null]);
});

test("two series stand side by side in one slot", () => {
  const [one] = barsOf([1], 1, { at: 0, of: 2 });
  const [other] = barsOf([1], 1, { at: 1, of: 2 });
  expect(other?.x).toBeCloseTo((one?.x ?? 0) + (one?.width ?? 0));
  expect((other?.x ?? 0) + (other?.width ?? 0)).toBeLessThanOrEqual(100);
});

test("a line is broken where a value is missing, and a value alone is a point", () => {
  expect(lineOf([0, 10, null, 5], 10)).toBe("M12.5 100h0L37.5 0M87.5 50h0");
});
