import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import snowball from "snowball-stemmers";
import { env } from "@/lib/env";
import { once } from "@/lib/once";
import { STOP_WORDS } from "./stop-words";

const LEXEMES_MAX = 500;
const HEX_DIGITS = 16;
const CHARS_MAX = 100_000;
const WORD_CHARS_MAX = 64;

type Tools = { words: Intl.Segmenter; stem: (word: string) => string; key: KeyObject };

function tools(): Tools {
  return once("privacy.lexeme", () => {
    const english = snowball.newStemmer("english");
    const bytes = hkdfSync("sha256", env.PEPPER_SEARCH, "", "recollect/1/search", 32);
    return {
      words: new Intl.Segmenter(undefined, { granularity: "word" }),
      stem: (word) => english.stem(word),
      key: createSecretKey(Buffer.from(bytes)),
    };
  });
}

const LATIN = /^\p{Script=Latin}+$/u;

/** A word in lower case without its ending, as search compares it: "tents" and "tent" are one. Not Latin, it stays as it is. */
export function wordStem(word: string): string {
  return LATIN.test(word) ? tools().stem(word) : word;
}

/** The stemmed words of a text in order of first use, without stop words: what `lexemes` hashes. */
export function stems(text: string): string[] {
  const { words } = tools();
  const found = new Set<string>();
  for (const { segment, isWordLike } of words.segment(text.slice(0, CHARS_MAX))) {
    const word = segment.normalize("NFKC").toLowerCase();
    if (!isWordLike || STOP_WORDS.has(word) || word.length > WORD_CHARS_MAX) {
      continue;
    }
    found.add(wordStem(word));
    if (found.size === LEXEMES_MAX) {
      break;
    }
  }
  return [...found];
}

/**
 * Search words of a text as keyed hashes (16 hex digits each, at most 500), for a tsvector or a query.
 * The index can be searched with a word, but a stolen index does not say which words it holds.
 */
export function lexemes(text: string): string[] {
  const { key } = tools();
  return stems(text).map((stem) =>
    createHmac("sha256", key).update(stem).digest("hex").slice(0, HEX_DIGITS),
  );
}
