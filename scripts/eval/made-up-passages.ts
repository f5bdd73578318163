import type { IndexedPassage } from "@/lib/knowledge";

const WORDS = 50_000;
const SYLLABLES =
  "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu".split(" ");
const WORDS_PER_PASSAGE = 120;
const PASSAGES_PER_ARTICLE = 4;

/** Numbers that look random and are the same on every run, from 0 to below 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The word of a rank: short for frequent ones, as in a language. */
function wordOf(rank: number): string {
  let left = rank;
  let word = "";
  do {
    word += SYLLABLES[left % SYLLABLES.length] ?? "";
    left = Math.floor(left / SYLLABLES.length);
  } while (left > 0);
  return `${word}n`;
}

/** Draws words as often as Zipf's law has them: none of them is silent, so every one is searched for. */
export function drawWords(random: () => number): () => string {
  const words = Array.from({ length: WORDS }, (_, rank) => wordOf(rank));
  const harmonic = Math.log(WORDS);
  return () => words[Math.min(WORDS - 1, Math.floor(Math.exp(random() * harmonic)) - 1)] ?? "";
}

/** So many passages of 120 words, four to an article. */
export function makeUpPassages(count: number, draw: () => string): IndexedPassage[] {
  const text = (words: number) => Array.from({ length: words }, draw).join(" ");
  let title = "";
  return Array.from({ length: count }, (_, at) => {
    const ordinal = at % PASSAGES_PER_ARTICLE;
    title = ordinal === 0 ? text(6) : title;
    const articleId = String(Math.floor(at / PASSAGES_PER_ARTICLE));
    const about = { articleId, version: 1, slug: articleId, title, category: "", locale: "en" };
    const heading = ordinal === 0 ? title : text(3);
    return { ...about, audience: "public", ordinal, heading, text: text(WORDS_PER_PASSAGE) };
  });
}
