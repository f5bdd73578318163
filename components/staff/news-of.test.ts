import { expect, test } from "vitest";
import { newsOf } from "./news-of";

const none = { waiting: [], messages: [] };

test("what was there when the lead came is no news", () => {
  expect(newsOf(null, { waiting: ["a"], messages: ["b:3"] })).toEqual([]);
});

test("a conversation that begins to wait is news once", () => {
  const now = { waiting: ["a"], messages: [] };
  expect(newsOf(none, now)).toEqual([{ kind: "waiting", conversationId: "a" }]);
  expect(newsOf(now, now)).toEqual([]);
});

test("each further message in one's own conversation is news, and reading it is not", () => {
  const first = { waiting: [], messages: ["b:3"] };
  const second = { waiting: [], messages: ["b:5"] };
  expect(newsOf(first, second)).toEqual([{ kind: "message", conversationId: "b" }]);
  expect(newsOf(second, none)).toEqual([]);
});

test("who waits a second time is news again", () => {
  const waiting = { waiting: ["a"], messages: [] };
  expect(newsOf(none, waiting)).toHaveLength(1);
  expect(newsOf(waiting, none)).toEqual([]);
  expect(newsOf(none, waiting)).toHaveLength(1);
});
