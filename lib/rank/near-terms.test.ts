import fc from "fast-check";
import { expect, test } from "vitest";
import { closestTerms, isOneEditAway, openNearTerms } from "./near-terms";
import type { Vocabulary } from "./postings";

function holding(...terms: string[]): Vocabulary {
  return { terms, ids: new Map(terms.map((term, id) => [term, id])) };
}

const near = openNearTerms(holding("refund", "return", "gift", "card", "deliveri", "size"));
const meant = (word: string) => closestTerms(near, word).map(({ term }) => term);

test("a word with one typing error stands for the word that was meant", () => {
  for (const typed of ["refnud", "refunt", "refun", "reffund", "erfund"]) {
    expect(meant(typed)).toEqual(["refund"]);
  }
});

test("two words that were written as one stand for both", () => {
  expect(meant("giftcard")).toEqual(["gift", "card"]);
});

test("a word that goes on where another ends stands for it, and one that breaks off for those that go on", () => {
  expect(meant("refundable")).toEqual(["refund"]);
  expect(meant("deliv")).toEqual(["deliveri"]);
});

test("a word that is like nothing stands for nothing", () => {
  expect(meant("xylophone")).toEqual([]);
  expect(meant("siz")).toEqual([]);
});

test("what was meant counts less than a word that is written right", () => {
  for (const word of ["refnud", "giftcard", "deliv"]) {
    for (const { share } of closestTerms(near, word)) {
      expect(share).toBeLessThan(1);
    }
  }
});

test("a term that no text holds any more is not found", () => {
  const vocabulary = holding("refund", "return");
  const without = openNearTerms(vocabulary, (id) => id !== 0);
  expect(closestTerms(without, "refnud")).toEqual([]);
});

const word = fc.stringMatching(/^[a-e]{4,9}$/);
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 20 });
const letter = fc.constantFrom("a", "c", "f", "g");

test("every term one error away is found, whatever the words", () => {
  fc.assert(
    fc.property(words, fc.nat(), fc.nat(), letter, (terms, which, at, other) => {
      const term = terms[which % terms.length] ?? "";
      const place = at % term.length;
      const typed = term.slice(0, place) + other + term.slice(place + 1);
      fc.pre(!terms.includes(typed));
      const wanted = terms.filter((each) => isOneEditAway(each, typed)).sort();
      expect(wanted).toContain(term);
      const found = closestTerms(openNearTerms(holding(...terms)), typed);
      expect(found.map(({ term: each }) => each)).toEqual(wanted);
    }),
  );
});
