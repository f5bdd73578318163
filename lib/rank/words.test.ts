import fc from "fast-check";
import { expect, test } from "vitest";
import { comparedTerms, cutWords, detectStemmed } from "./words";

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
  expect(comparedTerms(words, "english")).toEqual(["boot", "lace", "person_1", "8"]);
  expect(comparedTerms(["boots"], null)).toEqual(["boots"]);
});

test("plain text is cut as Unicode cuts it, whatever stands in it", () => {
  const piece = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9]{1,5}$/),
    fc.constantFrom(" ", "'", ".", ",", ";", "-", "_", "/", "\n", "(", ")", "@", "!", "%", '"'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      // A letter that is no plain one has the text cut by the segmenter; behind a border it changes nothing else.
      const plain = cutWords(`${text} z`);
      const segmented = cutWords(`${text} ż`).with(-1, "z");
      expect(plain).toEqual(segmented);
    }),
    { numRuns: 2000 },
  );
});
