import { wordStem } from "@/lib/privacy";
import { sameWords } from "@/lib/statement";
import type { FactBody } from "./schema-fact";

/** Shorter than this, a word stands in too many texts to tell by itself: "M", "38". */
const TELLING_CHARS = 3;
/** Where what a matter is about ends, and how it stands begins. */
const STANDS =
  /\s(?:is|are|was|were|has|have|hasn['’]t|haven['’]t|had|did|didn['’]t|does|doesn['’]t|arrived|came|broke|leaks?)\s/iu;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Whether a text holds what a fact says, so that it could be learned from it again: the words of its object, in order and
 * whole but for their endings: whoever forgets a tent forgets tents. Where these are too short to tell, the relation's own word must stand in it, too.
 */
export function holdsFact(text: string, { kind, predicate, object }: FactBody): boolean {
  const phrase = kind === "matter" ? subjectOf(object) : sameWords(object);
  if (!holdsWords(text, phrase)) {
    return false;
  }
  const noun = sameWords(predicate).split(" ")[0] ?? "";
  return phrase.length >= TELLING_CHARS || CJK.test(phrase) || holdsWords(text, noun);
}

function subjectOf(matter: string): string {
  const [before = ""] = matter.split(STANDS);
  const named = sameWords(before);
  return /[\p{L}]{3}/u.test(named.replace(/\b(?:order|parcel|package)\b|[#\d]/giu, ""))
    ? named
    : sameWords(matter);
}

/** The words stand in the text as whole words, whatever their ending; where words have no spaces between them, anywhere. */
function holdsWords(text: string, words: string): boolean {
  const wanted = wordsOf(words);
  if (wanted === "") {
    return false;
  }
  const said = wordsOf(text);
  return CJK.test(wanted) ? said.includes(wanted) : stemmed(said).includes(stemmed(wanted));
}

const stemmed = (words: string): string => ` ${words.split(" ").map(wordStem).join(" ")} `;

function wordsOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]s(?![\p{L}\p{N}])/gu, "")
    .replace(/[^\p{L}\p{N}\p{M}_]+/gu, " ")
    .trim();
}
