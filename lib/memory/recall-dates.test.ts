import { expect, test } from "vitest";
import { dateWords } from "./recall-dates";

test("a day is named as the language names it", () => {
  expect(dateWords("2026-03-08T23:30:00.000Z", "english")).toEqual(["8", "march", "2026"]);
  expect(dateWords("2026-03-08T23:30:00.000Z", "german")).toEqual(["8", "märz", "2026"]);
});
