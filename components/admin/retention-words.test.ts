import { expect, test } from "vitest";
import { usualRetention } from "@/lib/setting/schema";
import { changesOf, daysText } from "./retention-words";

test("a change is told value by value, and what stays is not told", () => {
  const after = {
    ...usualRetention,
    guests: 14,
    facts: { ...usualRetention.facts, trial: 40 },
  };
  expect(changesOf(usualRetention, after)).toEqual([
    { what: "Guests' records", before: 30, after: 14 },
    { what: "Facts, trial", before: null, after: 40 },
  ]);
  expect(changesOf(after, after)).toEqual([]);
});

test("days are written as days, and no end as what ends them", () => {
  expect(daysText(3650)).toBe("3,650 days");
  expect(daysText(null)).toBe("until forgotten");
});
