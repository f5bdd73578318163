import snowball from "snowball-stemmers";

/** Ranked text search in the process (BM25), for texts that belong to nobody: help articles and the shop's catalogue. */
export type Document<Key> = { key: Key; fields: { text: string; weight: number }[] };
export type Hit<Key> = { key: Key; score: number };
export type Index<Key> = {
  keys: Key[];
  lengths: number[];
  averageLength: number;
  /** term → [document, weighted frequency, …] flat, so that 100,000 passages stay small. */
  postings: Map<string, number[]>;
  /** First two letters → terms, so that a typo is compared with few words. */
  byPrefix: Map<string, string[]>;
};

const K1 = 1.2;
const B = 0.75;
/** A word that is not in the index counts less through its neighbours than a word that is. */
const NEIGHBOUR_WEIGHT = 0.6;
const NEIGHBOURS_MAX = 8;

const segmenter = new Intl.Segmenter("en", { granularity: "word" });
const stemmer = snowball.newStemmer("english");
// Words that say nothing about the subject; without them "what is the …" would match everything a little.
const SILENT = new Set(
  "a an and are as at be but by can could did do does for from had has have how i if in is it its many me much my of on or our please should so that the their them there they this to was we were what when where which who why will with would you your".split(
    " ",
  ),
);

/** The stemmed words that search compares: "Returning parcels" gives ["return", "parcel"]. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text.normalize("NFKC").toLowerCase())) {
    const word = segment.replaceAll("’", "'").replace(/'s$/, "");
    if (isWordLike && !SILENT.has(word)) {
      terms.push(stemmer.stem(word));
    }
  }
  return terms;
}

/** Builds the index once; searching never changes it. */
export function buildIndex<Key>(documents: Document<Key>[]): Index<Key> {
  const index: Index<Key> = {
    keys: [],
    lengths: [],
    averageLength: 1,
    postings: new Map(),
    byPrefix: new Map(),
  };
  for (const { key, fields } of documents) {
    addDocument(index, key, fields);
  }
  const total = index.lengths.reduce((sum, length) => sum + length, 0);
  index.averageLength = total / Math.max(1, index.lengths.length);
  for (const term of index.postings.keys()) {
    const prefix = term.slice(0, 2);
    const terms = index.byPrefix.get(prefix) ?? [];
    terms.push(term);
    index.byPrefix.set(prefix, terms);
  }
  return index;
}

function addDocument<Key>(index: Index<Key>, key: Key, fields: Document<Key>["fields"]): void {
  const frequencies = new Map<string, number>();
  let length = 0;
  for (const { text, weight } of fields) {
    for (const term of termsOf(text)) {
      frequencies.set(term, (frequencies.get(term) ?? 0) + weight);
      length += 1;
    }
  }
  const document = index.keys.push(key) - 1;
  index.lengths.push(length);
  for (const [term, frequency] of frequencies) {
    const posting = index.postings.get(term) ?? [];
    posting.push(document, frequency);
    index.postings.set(term, posting);
  }
}

/** The best documents, best first. Any word is enough; a word nobody wrote stands for its nearest neighbours. */
export function rank<Key>(index: Index<Key>, question: string, limit: number): Hit<Key>[] {
  const scores = new Map<number, number>();
  for (const term of new Set(termsOf(question))) {
    const known = index.postings.has(term);
    const terms = known ? [term] : neighboursOf(index, term);
    for (const candidate of terms) {
      addScores(index, candidate, known ? 1 : NEIGHBOUR_WEIGHT / terms.length, scores);
    }
  }
  return [...scores]
    .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
    .slice(0, limit)
    .flatMap(([document, score]) => {
      const key = index.keys[document];
      return key === undefined ? [] : [{ key, score }];
    });
}

function addScores<Key>(
  index: Index<Key>,
  term: string,
  weight: number,
  scores: Map<number, number>,
): void {
  const posting = index.postings.get(term) ?? [];
  const count = posting.length / 2;
  const rarity = Math.log(1 + (index.keys.length - count + 0.5) / (count + 0.5));
  for (let at = 0; at < posting.length; at += 2) {
    const document = posting[at] ?? 0;
    const frequency = posting[at + 1] ?? 0;
    const length = (index.lengths[document] ?? 0) / index.averageLength;
    const saturated = (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * length));
    scores.set(document, (scores.get(document) ?? 0) + weight * rarity * saturated);
  }
}

/** Words of the index one typing error away, or that begin alike. */
function neighboursOf<Key>(index: Index<Key>, term: string): string[] {
  if (term.length < 4) {
    return [];
  }
  const near: string[] = [];
  for (const [prefix, terms] of index.byPrefix) {
    // A typo in the first two letters leaves at least one of them in place.
    if (prefix[0] === term[0] || prefix[1] === term[1] || prefix[0] === term[1]) {
      near.push(...terms.filter((known) => isNear(known, term)));
    }
  }
  return near.slice(0, NEIGHBOURS_MAX);
}

function isNear(known: string, term: string): boolean {
  if (known.length >= 4 && (known.startsWith(term) || term.startsWith(known))) {
    return true;
  }
  return isOneEditAway(known, term);
}

/** One letter added, left out, changed, or two neighbours swapped. */
export function isOneEditAway(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) {
    return false;
  }
  let at = 0;
  while (at < short.length && short[at] === long[at]) {
    at += 1;
  }
  if (short.length < long.length) {
    return short.slice(at) === long.slice(at + 1);
  }
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return (
    short.slice(at + 1) === long.slice(at + 1) ||
    (swapped && short.slice(at + 2) === long.slice(at + 2))
  );
}
