/** Letters that Unicode does not take apart, as people type them without them. */
const LETTERS: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
};
const PLAIN = /^[ -~]*$/;
const COMPOSED = /[ßæœøđðþłı]/g;

/** A word in lower case and without accents: "José" and "jose" are looked up as one. */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) {
    return lower;
  }
  return lower
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("’", "'")
    .replaceAll(COMPOSED, (letter) => LETTERS[letter] ?? letter);
}

/** A list that is written with any white space between its words. */
export function foldedWords(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter(Boolean).map(foldWord));
}
