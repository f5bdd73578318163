import type { Vocabulary } from "./postings";

/** Finds the terms of a vocabulary that somebody may have meant by a word which it does not hold. */
export type NearTerms = {
  /** The terms that may be found, with their numbers. */
  held: ReadonlyMap<string, number>;
  /** All terms by their numbers. */
  terms: readonly string[];
  /** Each term with any one letter left out, as hashes in order; two words one error apart share one (SymSpell, Garbe 2012). */
  hashes: Float64Array;
  /** The terms' numbers in alphabetical order. */
  ordered: Uint32Array;
};

const CHARS_MIN = 4;
const CHARS_MAX = 32;
const PART_CHARS_MIN = 3;
/** Hash and term number share a float's 53 bits. */
const TERMS_MAX = 2 ** 21;
const SHARE_OF_PARTS = 0.8;
const SHARES_BY_LENGTH = [0, 0, 0, 0, 0.25, 0.5, 0.8];
const SHARE_OF_BEGINNING = 0.6;
const COMPLETIONS_MAX = 4;

/** `isHeld`: whether a term, by its number, may be found; all are where it is left out. */
export function openNearTerms(
  vocabulary: Vocabulary,
  isHeld: (id: number) => boolean = () => true,
): NearTerms {
  const { terms } = vocabulary;
  const held = new Map([...vocabulary.ids].filter(([, id]) => id < TERMS_MAX && isHeld(id)));
  const keys: number[] = [];
  for (const [term, id] of held) {
    if (term.length >= CHARS_MIN && term.length <= CHARS_MAX) {
      for (const shortened of shortenings(term)) {
        keys.push(keyOf(shortened, id));
      }
    }
  }
  const ordered = Uint32Array.from(held.values());
  ordered.sort((a, b) => compare(terms[a] ?? "", terms[b] ?? ""));
  return { held, terms, hashes: Float64Array.from(keys).sort(), ordered };
}

/**
 * What was meant, each with its share of a word that was written right: terms one typing error away; else the two words
 * that were written as one; else terms that begin alike. Empty where nothing is near.
 */
export function closestTerms(near: NearTerms, word: string): { term: string; share: number }[] {
  if (word.length < CHARS_MIN || word.length > CHARS_MAX) {
    return [];
  }
  const typed = oneEditAway(near, word);
  if (typed.length > 0) {
    return typed.map((term) => ({ term, share: shareOfTyped(word) / typed.length }));
  }
  const parts = twoWords(near, word);
  if (parts.length > 0) {
    return parts.map((term) => ({ term, share: SHARE_OF_PARTS }));
  }
  const alike = beginningAlike(near, word);
  return alike.map((term) => ({ term, share: SHARE_OF_BEGINNING / alike.length }));
}

/** Short words are like many others: "last" is no mistyped "lost". */
function shareOfTyped({ length }: string): number {
  return SHARES_BY_LENGTH[Math.min(length, SHARES_BY_LENGTH.length - 1)] ?? 0;
}

function oneEditAway({ terms, hashes }: NearTerms, word: string): string[] {
  const found = new Set<string>();
  for (const shortened of shortenings(word)) {
    const first = keyOf(shortened, 0);
    for (let at = placeOf(hashes, first); at < hashes.length; at += 1) {
      const id = (hashes[at] ?? 0) - first;
      if (id >= TERMS_MAX) {
        break;
      }
      const term = terms[id] ?? "";
      if (isOneEditAway(term, word)) {
        found.add(term);
      }
    }
  }
  return [...found].sort(compare);
}

function twoWords({ held }: NearTerms, word: string): string[] {
  for (let at = word.length - PART_CHARS_MIN; at >= PART_CHARS_MIN; at -= 1) {
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    if (held.has(head) && held.has(tail)) {
      return [head, tail];
    }
  }
  return [];
}

/** Terms that go on where the word ends, or the longest term with which it begins. */
function beginningAlike({ held, terms, ordered }: NearTerms, word: string): string[] {
  const longer: string[] = [];
  for (let at = firstFrom(ordered, terms, word); longer.length < COMPLETIONS_MAX; at += 1) {
    const term = terms[ordered[at] ?? -1];
    if (!term?.startsWith(word)) {
      break;
    }
    longer.push(term);
  }
  for (let length = word.length - 1; longer.length === 0 && length >= CHARS_MIN; length -= 1) {
    if (held.has(word.slice(0, length))) {
      return [word.slice(0, length)];
    }
  }
  return longer;
}

function* shortenings(word: string): Generator<string> {
  yield word;
  for (let at = 0; at < word.length; at += 1) {
    yield word.slice(0, at) + word.slice(at + 1);
  }
}

/** FNV-1a, 32 bits, above the term's number. */
function keyOf(text: string, id: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) * TERMS_MAX + id;
}

/** Where the first number stands that is not smaller. */
function placeOf(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function firstFrom(ordered: Uint32Array, terms: readonly string[], word: string): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(terms[ordered[middle] ?? 0] ?? "", word) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
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
