import { expect, test } from "vitest";
import { findValues } from "./find-values";

const textsOf = (...texts: string[]) => findValues(texts).map(({ text }) => text);

test("names, numbers, times, days and placeholders are values", () => {
  expect(
    textsOf("We meet Sarah Connor of TechCorp at half past 6 in the evening on March 8th."),
  ).toEqual(["Sarah Connor of TechCorp", "half past 6 in the evening", "March 8th"]);
  expect(textsOf("It was €49.90 for #ORD-789456, sent to [ADDRESS_1] next Monday.")).toEqual([
    "€49.90",
    "#ORD-789456",
    "[ADDRESS_1]",
    "next Monday",
  ]);
  expect(textsOf("a table for four, or 12 people, at 7:30 pm in San Jose, California")).toEqual([
    "four",
    "12",
    "7:30 pm",
    "San Jose, California",
  ]);
});

test("a capital at the beginning of a sentence makes no value, unless the word has one elsewhere too", () => {
  expect(textsOf("Could you help? Please do. I'm late.")).toEqual([]);
  expect(textsOf("Lisbon is far.", "I fly to Lisbon.")).toEqual(["Lisbon"]);
});

test("how often and how late a value was said is counted, once for each message", () => {
  expect(findValues(["to Rome, in Rome", "why?", "or to ROME", "yes"])).toEqual([
    { text: "ROME", messages: 2, last: 0.75 },
  ]);
});
