import { expect, test } from "vitest";
import { clearingLines, deletionLines } from "./deletion-words";

const nothing = {
  messages: 0,
  remembered: 0,
  summaries: 0,
  facts: 0,
  ratings: 0,
  handOffs: 0,
  proposals: 0,
  exports: 0,
};

test("What is not there is not said to go", () => {
  expect(deletionLines(nothing).filter((line) => line !== null)).toEqual([
    "What the assistant remembers of it, and every copy of that",
    "Its place in our search",
  ]);
});

test("Each thing is counted in words that fit its number", () => {
  expect(deletionLines({ ...nothing, messages: 1200, ratings: 1 })).toEqual(
    expect.arrayContaining(["1,200 messages", "1 rating"]),
  );
  expect(clearingLines({ ...nothing, remembered: 1, summaries: 2 })).toEqual(
    expect.arrayContaining([
      "1 message or look-up that it does not read any more",
      "2 versions of the case summary",
    ]),
  );
});
