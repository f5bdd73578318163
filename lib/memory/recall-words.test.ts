import { expect, test } from "vitest";
import { cutWords, dateWords, detectStemmed, recallTerms } from "./recall-words";

test("a language is told by its small words, and not guessed from one", () => {
  expect(detectStemmed(cutWords("Where is my order, please?"))).toBe("english");
  expect(detectStemmed(cutWords("Wo ist meine Bestellung?"))).toBe("german");
  expect(detectStemmed(cutWords("Où est ma commande ?"))).toBe("french");
  expect(detectStemmed(cutWords("Waar is mijn bestelling?"))).toBe("dutch");
  expect(detectStemmed(cutWords("OK"))).toBeNull();
  expect(detectStemmed(cutWords("テントはどこですか"))).toBeNull();
});

test("words are stemmed in a language that is known, and stand as they are in any other", () => {
  const words = cutWords("Boots’ laces, [PERSON_1]’s 8th");
  expect(words).toEqual(["boots", "laces", "person_1", "8"]);
  expect(recallTerms(words, "english")).toEqual(["boot", "lace", "person_1", "8"]);
  expect(recallTerms(["boots"], null)).toEqual(["boots"]);
});

test("a day is named as the language names it", () => {
  expect(dateWords("2026-03-08T23:30:00.000Z", "english")).toEqual(["8", "march", "2026"]);
  expect(dateWords("2026-03-08T23:30:00.000Z", "german")).toEqual(["8", "märz", "2026"]);
});
