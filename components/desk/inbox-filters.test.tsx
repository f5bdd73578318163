import { expect, test } from "vitest";
import { InboxFilter } from "@/lib/conversation/schema";
import { emptyText, inboxHref, inboxTabs, readFilter } from "./inbox-filters";

const counts = {
  all: 9,
  waiting: 3,
  with_person: 1,
  open: 4,
  solved: 1,
  mine: 2,
  unassigned: 5,
  thumbs_down: 0,
  unreviewed: 6,
  unread: 2,
};

test("every filter of the record has a tab with its own count, also when that is zero", () => {
  const tabs = inboxTabs(counts, "waiting");
  expect(tabs).toHaveLength(InboxFilter.options.length);
  expect(tabs.find(({ label }) => label === "Thumbs down")?.count).toBe(0);
  expect(tabs.find(({ label }) => label === "To review")?.count).toBe(6);
});

test("the tab of the page one is on is marked, and only that one", () => {
  const marked = inboxTabs(counts, "mine").filter(({ current }) => current);
  expect(marked.map(({ label }) => label)).toEqual(["Mine"]);
});

test("a filter's address leads back to that filter", () => {
  for (const filter of InboxFilter.options) {
    const asked = new URL(inboxHref(filter, "abc"), "http://desk.invalid").searchParams;
    expect(readFilter(asked.get("filter") ?? undefined)).toBe(filter);
    expect(asked.get("after")).toBe("abc");
  }
});

test("an address that somebody made up shows all conversations", () => {
  expect(readFilter("everything")).toBe("all");
});

test("every empty filter says what that means", () => {
  for (const filter of InboxFilter.options) {
    expect(emptyText(filter).length).toBeGreaterThan(20);
  }
});
