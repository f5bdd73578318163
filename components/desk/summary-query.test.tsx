import { expect, test } from "vitest";
import { readSummaryQuery, summariesHref, summaryTabs } from "./summary-query";

const ask = (href: string) =>
  readSummaryQuery(Object.fromEntries(new URL(href, "http://desk.invalid").searchParams));

test("the address of a search asks for the same again", () => {
  const asked = { words: "late boots & laces", reviewed: false, cursor: "abc" };
  expect(ask(summariesHref(asked))).toEqual(asked);
});

test("another tab keeps the words and begins at its first page", () => {
  const [all, open, done] = summaryTabs({ words: "boots", reviewed: true, cursor: "abc" });
  expect(ask(all?.href ?? "")).toEqual({ words: "boots", reviewed: undefined, cursor: undefined });
  expect(ask(open?.href ?? "").reviewed).toBe(false);
  expect(done?.current).toBe(true);
});

test("a search of blanks is no search", () => {
  expect(readSummaryQuery({ q: "   " }).words).toBeUndefined();
});
