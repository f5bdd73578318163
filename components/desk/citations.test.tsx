import { expect, test } from "vitest";
import { citationsOf, numberCitations } from "./citations";

const transcript = ["m1", "m2", "m3", "m4"];

test("cited messages are numbered in the order they were said, whatever the summary's order", () => {
  const numbers = numberCitations(
    [
      { text: "They want a refund.", sources: ["m4"] },
      { text: "The boots were late.", sources: ["m2", "m4"] },
    ],
    transcript,
  );
  expect([...numbers]).toEqual([
    ["m2", 1],
    ["m4", 2],
  ]);
});

test("a sentence names each of its messages once, lowest number first", () => {
  const sentence = { text: "Late, and a refund is wanted.", sources: ["m4", "m2", "m4"] };
  const numbers = numberCitations([sentence], transcript);
  expect(citationsOf(sentence, numbers, transcript)).toEqual([
    { messageId: "m2", number: 1, shown: true },
    { messageId: "m4", number: 2, shown: true },
  ]);
});

test("a message that is not on the page keeps a number and leads nowhere", () => {
  const sentence = { text: "It began last week.", sources: ["m0", "m1"] };
  const numbers = numberCitations([sentence], transcript);
  expect(citationsOf(sentence, numbers, transcript)).toEqual([
    { messageId: "m1", number: 1, shown: true },
    { messageId: "m0", number: 2, shown: false },
  ]);
});
