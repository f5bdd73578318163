import { foldWord } from "./folded-words";

/** A word or number as names and addresses are found by: where it stands, how it is written, how it follows another. */
export type Word = {
  start: number;
  end: number;
  text: string;
  /** Lower case, without accents and without a possessive. */
  folded: string;
  form: "capital" | "upper" | "lower" | "initial" | "number";
  /** Nothing but spaces (or an initial's full stop) stands between it and the word before. */
  joined: boolean;
  /** The first word of a line or sentence, where a capital says nothing. */
  opens: boolean;
};

/** Longer than any name: not looked at. */
const WORD_CHARS_MAX = 40;
// Placeholders, addresses of pages, escaped line ends, prices, ids and long numbers are passed over as wholes.
const PIECE =
  /\[[A-Z]{2,12}(?:_\d{1,6})?\]|https?:\/\/\S{1,500}|[@#€$£]{1,3}[\p{L}\p{N}._-]{1,64}|\\[nrt]|((?:\d{1,6}|\d{5}-\d{4})[a-zA-Z]?(?:[/-]\d{1,4}[a-zA-Z]?)?(?![\p{L}\p{N}_%@/-]|[.,:]\d)|\d{1,3}(?:st|nd|rd|th)\b)|[\p{N}_](?:[\p{L}\p{N}_@/-]|[.,:](?=\d))*|(\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*)(?![@_])/gu;
const POSSESSIVE = /['’]s$/;
const GAP = /^ {1,2}$/;
const GAP_AFTER_INITIAL = /^(?:\.? {0,2}|\. ?-)$/;
const ENDS_SENTENCE = /[.!?:\n\r\t"“„>*•]|\\[nrt]/;

/** The words of a text, each read once. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: found, 1: number, 2: letters, index } of text.matchAll(PIECE)) {
    if (found.length <= WORD_CHARS_MAX && (number ?? letters)) {
      const form = number === undefined ? undefined : "number";
      words.push(wordAt(text, index, found, form, words.at(-1)));
    }
  }
  return words;
}

function wordAt(
  text: string,
  start: number,
  found: string,
  given: "number" | undefined,
  before: Word | undefined,
): Word {
  const bare = found.endsWith("s") ? found.replace(POSSESSIVE, "") : found;
  const between = text.slice(before?.end ?? 0, start);
  const isSpace = between === " ";
  return {
    start,
    end: start + bare.length,
    text: bare,
    folded: foldWord(bare),
    form: given ?? formOf(bare),
    joined: before !== undefined && (isSpace || isJoined(before, between)),
    opens: !before || (!isSpace && ENDS_SENTENCE.test(between.slice(-12))),
  };
}

function isJoined(before: Word, between: string): boolean {
  return GAP.test(between) || (before.form === "initial" && GAP_AFTER_INITIAL.test(between));
}

function formOf(word: string): Word["form"] {
  const first = word.charAt(0);
  if (first === first.toLowerCase()) {
    return "lower";
  }
  if (word.length === 1) {
    return "initial";
  }
  return word === word.toUpperCase() ? "upper" : "capital";
}
