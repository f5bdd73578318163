/** What a text is searched by. `weight` is what a word of this field counts beside a word of the others. */
export type Field = { terms: readonly string[]; weight: number };

/** Terms in the order in which they were met first; it only grows. */
export type Vocabulary = { ids: Map<string, number>; terms: string[] };

/** The terms of one text by their numbers, each once, with how often they stand there, weighted. */
export type Vector = { terms: Uint32Array; frequencies: Float32Array; length: number };

/**
 * For each term the texts that hold it, with what each is worth if it is asked for. The worth is worked out when the
 * index is built, so that a search only adds: 100,000 passages stay within milliseconds without leaving any out.
 */
export type Postings = {
  /** The number of texts. */
  size: number;
  /** Where each term's part of `texts` begins; one more than terms. */
  begins: Uint32Array;
  texts: Uint32Array;
  worths: Float32Array;
  /** Reused by each search, and all zero between them. */
  scores: Float32Array;
};

/** BM25 (Robertson and Zaragoza 2009). */
const K1 = 1.2;
const B = 0.75;
/** Texts that are taken in one go before others of the process get their turn. */
const SLICE = 2000;

/** The text as the index keeps it. New terms are added to the vocabulary. */
export function vectorOf(vocabulary: Vocabulary, fields: readonly Field[]): Vector {
  const frequencies = new Map<number, number>();
  let length = 0;
  for (const { terms, weight } of fields) {
    for (const term of terms) {
      const id = numberOf(vocabulary, term);
      frequencies.set(id, (frequencies.get(id) ?? 0) + weight);
    }
    length += terms.length;
  }
  return {
    terms: Uint32Array.from(frequencies.keys()),
    frequencies: Float32Array.from(frequencies.values()),
    length,
  };
}

function numberOf({ ids, terms }: Vocabulary, term: string): number {
  const known = ids.get(term);
  if (known !== undefined) {
    return known;
  }
  ids.set(term, terms.length);
  return terms.push(term) - 1;
}

/** The index of these texts, at once. */
export function assemble(vocabulary: Vocabulary, vectors: readonly Vector[]): Postings {
  const work = assembling(vocabulary, vectors);
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) {
      return step.value;
    }
  }
}

/** The same in slices, for whoever has others to serve meanwhile. */
export function* assembling(
  { terms }: Vocabulary,
  vectors: readonly Vector[],
): Generator<void, Postings> {
  const counts = yield* countTexts(terms.length, vectors);
  const begins = new Uint32Array(terms.length + 1);
  for (const [term, count] of counts.entries()) {
    begins[term + 1] = (begins[term] ?? 0) + count;
  }
  const total = vectors.reduce((sum, { length }) => sum + length, 0);
  const usual = Math.max(1, total / Math.max(1, vectors.length));
  const rarities = Float32Array.from(counts, (count) => rarity(count, vectors.length));
  const held = begins[terms.length] ?? 0;
  const [texts, worths] = [new Uint32Array(held), new Float32Array(held)];
  const next = begins.slice();
  for (const [at, vector] of vectors.entries()) {
    const norm = K1 * (1 - B + (B * vector.length) / usual);
    for (const [place, term] of vector.terms.entries()) {
      const frequency = vector.frequencies[place] ?? 0;
      const to = next[term] ?? 0;
      next[term] = to + 1;
      texts[to] = at;
      worths[to] = ((rarities[term] ?? 0) * frequency * (K1 + 1)) / (frequency + norm);
    }
    if (at % SLICE === SLICE - 1) {
      yield;
    }
  }
  return { size: vectors.length, begins, texts, worths, scores: new Float32Array(vectors.length) };
}

/** How many texts hold each term. */
function* countTexts(terms: number, vectors: readonly Vector[]): Generator<void, Uint32Array> {
  const counts = new Uint32Array(terms);
  for (const [at, vector] of vectors.entries()) {
    for (const term of vector.terms) {
      counts[term] = (counts[term] ?? 0) + 1;
    }
    if (at % SLICE === SLICE - 1) {
      yield;
    }
  }
  return counts;
}

/** How much a term tells texts apart: from nearly 0 for what all of them hold. */
export function rarityOf({ begins, size }: Postings, term: number): number {
  return rarity((begins[term + 1] ?? 0) - (begins[term] ?? 0), size);
}

function rarity(count: number, size: number): number {
  return Math.log(1 + (size - count + 0.5) / (count + 0.5));
}

/** A text by its place in the index, with what it is worth in all. */
export type Best = { text: number; score: number };

/**
 * The texts worth most, best first; earlier texts come first among equals. `asked` is term number → weight; what may
 * not be found is passed over.
 */
export function bestOf(
  postings: Postings,
  asked: ReadonlyMap<number, number>,
  limit: number,
  mayFind: (text: number) => boolean = () => true,
): Best[] {
  const { begins, texts, worths, scores } = postings;
  const touched: number[] = [];
  for (const [term, weight] of asked) {
    const end = begins[term + 1] ?? 0;
    for (let at = begins[term] ?? end; at < end; at += 1) {
      const text = texts[at] ?? 0;
      const before = scores[text] ?? 0;
      if (before === 0) {
        touched.push(text);
      }
      scores[text] = before + weight * (worths[at] ?? 0);
    }
  }
  const best = keepBest(scores, touched, limit, mayFind);
  for (const text of touched) {
    scores[text] = 0;
  }
  return best;
}

/** Keeps the best `limit` of all that were touched: sorted only as often as a better one comes. */
function keepBest(
  scores: Float32Array,
  touched: readonly number[],
  limit: number,
  mayFind: (text: number) => boolean,
): Best[] {
  const room = Math.max(1, limit) * 2;
  let kept: Best[] = [];
  let least = 0;
  for (const text of touched) {
    const score = scores[text] ?? 0;
    if ((score > least || kept.length < limit) && mayFind(text)) {
      kept.push({ text, score });
      if (kept.length >= room) {
        kept = kept.sort(byScore).slice(0, limit);
        least = kept.at(-1)?.score ?? 0;
      }
    }
  }
  return kept.sort(byScore).slice(0, limit);
}

function byScore(a: Best, b: Best): number {
  return b.score - a.score || a.text - b.text;
}
