import { expect, test } from "vitest";
import { covered, p95, Tally } from "./redaction-score";

const at = (kind: string, start: number, end: number) => ({ kind, start, end });

test("a found span is right when it overlaps a labelled one of its kind, and only then", () => {
  const tally = new Tally();
  tally.add(
    ["EMAIL", "PHONE"],
    [at("EMAIL", 0, 4), at("EMAIL", 20, 24), at("PHONE", 30, 34)],
    [at("EMAIL", 3, 9), at("EMAIL", 9, 12), at("IBAN", 20, 24), at("PHONE", 34, 40)],
  );
  expect(tally.score(["EMAIL"])).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
  expect(tally.score(["PHONE"])).toEqual({ precision: 0, recall: 0, f1: 0 });
  expect(tally.score(["EMAIL", "PHONE"])).toEqual({
    precision: 0.33333,
    recall: 0.33333,
    f1: 0.33333,
  });
});

test("where nothing was to be found, nothing is missing", () => {
  expect(new Tally().score(["IP"])).toEqual({ precision: 1, recall: 1, f1: 1 });
});

test("characters under several spans are counted, and the slow end of times is found", () => {
  expect(covered({ start: 2, end: 10 }, [at("A", 0, 4), at("B", 6, 20)])).toBe(6);
  expect(p95(Array.from({ length: 100 }, (_, index) => index + 1))).toBe(95);
});
