import { closestTerms, type NearTerms, openNearTerms } from "./near-terms";
import { assemble, bestOf, type Postings, type Vocabulary, vectorOf } from "./postings";
import { cutWords, stemOf } from "./words";

/** Ranked text search (BM25) over a few English texts: the catalogue, a customer's facts, the sentences of a page. */
export type Document<Key> = { key: Key; fields: { text: string; weight: number }[] };
export type Hit<Key> = { key: Key; score: number };
export type Index<Key> = {
  keys: Key[];
  vocabulary: Vocabulary;
  postings: Postings;
  /** Made when the first word is asked for that no text holds. */
  near: NearTerms | null;
};

// Words that say nothing about the subject; without them "what is the …" would match everything a little.
const SILENT = new Set(
  "a an and are as at be but by can could did do does for from had has have how i if in is it its many me much my of on or our please should so that the their them there they this to was we were what when where which who why will with would you your".split(
    " ",
  ),
);

/** The stemmed words that search compares: "Returning parcels" gives ["return", "parcel"]. */
export function termsOf(text: string): string[] {
  return cutWords(text)
    .filter((word) => !SILENT.has(word))
    .map((word) => stemOf(word, "english"));
}

/** Builds the index once; searching never changes it. */
export function buildIndex<Key>(documents: Document<Key>[]): Index<Key> {
  const vocabulary: Vocabulary = { ids: new Map(), terms: [] };
  const vectors = documents.map(({ fields }) =>
    vectorOf(
      vocabulary,
      fields.map(({ text, weight }) => ({ terms: termsOf(text), weight })),
    ),
  );
  const postings = assemble(vocabulary, vectors);
  return { keys: documents.map(({ key }) => key), vocabulary, postings, near: null };
}

/** The best documents, best first. Any word is enough; a word nobody wrote stands for what is nearest to it. */
export function rank<Key>(index: Index<Key>, question: string, limit: number): Hit<Key>[] {
  const asked = new Map<number, number>();
  for (const term of new Set(termsOf(question))) {
    for (const { term: meant, share } of meantBy(index, term)) {
      const id = index.vocabulary.ids.get(meant);
      if (id !== undefined) {
        asked.set(id, Math.max(asked.get(id) ?? 0, share));
      }
    }
  }
  return bestOf(index.postings, asked, limit).flatMap(({ text, score }) => {
    const key = index.keys[text];
    return key === undefined ? [] : [{ key, score }];
  });
}

function meantBy<Key>(index: Index<Key>, term: string): { term: string; share: number }[] {
  if (index.vocabulary.ids.has(term)) {
    return [{ term, share: 1 }];
  }
  index.near ??= openNearTerms(index.vocabulary);
  return closestTerms(index.near, term);
}
