import { expect, test } from "vitest";
import { isOneEditAway } from "./near-terms";
import { buildIndex, rank, termsOf } from "./rank";

const index = buildIndex(
  [
    ["returns", "You can return unworn boots within 60 days. Refunds take five working days."],
    ["sizes", "Measure your foot in the evening and add one centimetre for hiking boots."],
    ["gift", "A gift card is valid for three years and can be split over several orders."],
  ].map(([key, text]) => ({ key, fields: [{ text: text ?? "", weight: 1 }] })),
);

function best(question: string): string | undefined {
  return rank(index, question, 3)[0]?.key;
}

test("a word is found in its other forms", () => {
  expect(best("returning my boot")).toBe("returns");
  expect(termsOf("Returning parcels")).toEqual(["return", "parcel"]);
});

test("one word that nobody wrote does not empty the answer", () => {
  expect(best("xylophone refunds")).toBe("returns");
});

test("a typing error still finds the article", () => {
  expect(best("refnud")).toBe("returns");
  expect(best("mesure")).toBe("sizes");
  expect(best("giift")).toBe("gift");
});

test("a question of silent words only finds nothing rather than everything", () => {
  expect(rank(index, "what is the", 3)).toEqual([]);
});

test("the same question gives the same order", () => {
  expect(rank(index, "boots orders", 3)).toEqual(rank(index, "boots orders", 3));
});

test("an edit is a letter added, left out, changed or swapped, and only one", () => {
  expect(isOneEditAway("refund", "refnud")).toBe(true);
  expect(isOneEditAway("refund", "refunds")).toBe(true);
  expect(isOneEditAway("refund", "refond")).toBe(true);
  expect(isOneEditAway("refund", "rfeudn")).toBe(false);
  expect(isOneEditAway("refund", "return")).toBe(false);
});
