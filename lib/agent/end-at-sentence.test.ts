import fc from "fast-check";
import { expect, test } from "vitest";
import { endAtSentence } from "./end-at-sentence";

test.each([
  ["Refunds take five days. They go to your", "Refunds take five days."],
  ["Refunds take five days. ", "Refunds take five days."],
  ["Is it late? Then write to us! We will", "Is it late? Then write to us!"],
  ["no sentence at all, only words that go", "no sentence at all, only words that …"],
  ["He said “yes.” And th", "He said “yes.”"],
  ["", ""],
])("%j ends as %j", (text, expected) => {
  expect(endAtSentence(text)).toBe(expected);
});

test("what is kept is a beginning of what was said", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      expect(text.startsWith(endAtSentence(text).replace(/ ?…$/u, "").trimEnd())).toBe(true);
    }),
  );
});
