import fc from "fast-check";
import { expect, test } from "vitest";
import { assemble, bestOf, type Vocabulary, vectorOf } from "./postings";

const words = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 12 });

/** BM25 as it is written down, without an index. */
function plainScore(texts: string[][], at: number, asked: ReadonlyMap<string, number>): number {
  const usual = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
  const text = texts[at] ?? [];
  let score = 0;
  for (const [term, weight] of asked) {
    const frequency = text.filter((each) => each === term).length;
    const count = texts.filter((each) => each.includes(term)).length;
    const rarity = Math.log(1 + (texts.length - count + 0.5) / (count + 0.5));
    const norm = 1.2 * (0.25 + (0.75 * text.length) / Math.max(1, usual));
    score += weight * rarity * ((frequency * 2.2) / (frequency + norm));
  }
  return score;
}

test("a search gives what BM25 gives, whatever the texts, and again the same", () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 12 }), words, (texts, question) => {
      const vocabulary: Vocabulary = { ids: new Map(), terms: [] };
      const vectors = texts.map((terms) => vectorOf(vocabulary, [{ terms, weight: 1 }]));
      const postings = assemble(vocabulary, vectors);
      const asked = new Map<string, number>();
      for (const term of question) {
        asked.set(term, (asked.get(term) ?? 0) + 1);
      }
      const byNumber = new Map(
        [...asked].flatMap(([term, weight]) => {
          const id = vocabulary.ids.get(term);
          return id === undefined ? [] : [[id, weight] as const];
        }),
      );
      const found = bestOf(postings, byNumber, 5);
      const scores = texts.map((_, at) => plainScore(texts, at, asked));
      const wanted = scores.filter((score) => score > 0).sort((a, b) => b - a);
      expect(found.length).toBe(Math.min(5, wanted.length));
      for (const [place, { text, score }] of found.entries()) {
        expect(score).toBeCloseTo(wanted[place] ?? 0, 3);
        expect(score).toBeCloseTo(scores[text] ?? 0, 3);
      }
      expect(bestOf(postings, byNumber, 5)).toEqual(found);
    }),
  );
});

test("what may not be found does not take the place of what may", () => {
  const vocabulary: Vocabulary = { ids: new Map(), terms: [] };
  const vectors = Array.from({ length: 50 }, (_, at) =>
    vectorOf(vocabulary, [{ terms: at === 49 ? ["a", "b"] : ["a", "a", "a"], weight: 1 }]),
  );
  const postings = assemble(vocabulary, vectors);
  const found = bestOf(postings, new Map([[0, 1]]), 3, (text) => text === 49);
  expect(found.map(({ text }) => text)).toEqual([49]);
});
