import { foldedWords, foldWord } from "./folded-words";
import names from "./names.json";
import { brandWords, ordinaryWords, placeWords } from "./person-other-words";

/**
 * Names that are common where people speak English, German, Dutch, the Scandinavian, Romance, Slavic, Baltic and
 * Finno-Ugric languages, Greek, Turkish, Arabic, Persian, Hindi, Chinese, Japanese, Korean, Vietnamese, and in West and
 * East Africa. Written down for this project from general knowledge, under its licence.
 */
const given = foldedWords(names.given.join(" "));
const givenWords = foldedWords(names.givenThatAreWords.join(" "));
const surnames = foldedWords(names.surnames.join(" "));
const otherWords: ReadonlySet<string> = new Set([...ordinaryWords, ...placeWords, ...brandWords]);
const surnameWords = foldedWords(names.surnamesThatAreWords.join(" "));

// Endings that only surnames have, and those that are most often a surname's when another name stands before.
const SURNAME_ENDING =
  /.{2}(?:sson|ssen|dottir|ova|owski|ewski|inski|ynski|cki|dzki|wicz|czyk|czak|ovic|evic|ovich|evich|enko|chuk|opoulos|poulou|akis|idis|iadis|oglu|shvili|yev|nen|qvist|quist|strom|gaard|huizen|stra|escu|eanu|elli|ellini|etti|ozzi|ucci|inho|ez|ejian|yan)$/;
const LIKELY_ENDING =
  /.{2}(?:son|sen|ov|ev|in|yn|ina|eva|ska|sky|ski|ko|ic|berg|burg|mann|stein|feld|bauer|meyer|meier|maier|hoff|bach|dahl|lund|vik|by|ini|oni|ani|ino|ella|etto|aldi|ardi|eira|eiro|ado|ias|oglu|wala|kar|moto|mura|kawa|saki|yama|zawa|guchi|naka|shita|jima|hara|zaki|suka|gawa|iuk|uk|ak|ek|ik|ec|os|is|as|ou|ai|li|zadeh|pour|nejad|ian|sz|cz|y|rd|tt|ll|ck|es|ton|ham|well|ley|worth|ford|ing|er|el|le|eau|aux|ard|ier|et|ot|in)$/;
const SURNAME_CHARS_MIN = 4;

/** Whether a folded word is no name for certain where it stands: it has a meaning of its own. */
export function isOrdinary(word: string): boolean {
  return otherWords.has(word);
}

/** A given name that is hardly anything else. */
export function isGiven(word: string): boolean {
  return (isListed(word, given) && !givenWords.has(word)) || isDouble(word, given);
}

/** A given name that may also be an ordinary word, a place or a thing: it takes a second sign. */
export function maybeGiven(word: string): boolean {
  return isListed(word, given);
}

/** A surname that is hardly anything else, by the list or by its ending. */
export function isSurname(word: string): boolean {
  return (
    (isListed(word, surnames) && !surnameWords.has(word)) ||
    isDouble(word, surnames) ||
    (word.length > SURNAME_CHARS_MIN && SURNAME_ENDING.test(word) && !isOrdinary(word))
  );
}

/** What may be a surname where a given name stands before it. */
export function maybeSurname(word: string): boolean {
  return (
    surnames.has(word) ||
    isSurname(word) ||
    (word.length >= SURNAME_CHARS_MIN && LIKELY_ENDING.test(word) && !isOrdinary(word))
  );
}

/**
 * Whether a text is a name by the lists alone, whatever stands around it: each of its words stands there, and one of
 * them is hardly anything else.
 */
export function isNameByItself(text: string): boolean {
  const words = text
    .split(/[\s.]+/)
    .filter((word) => word.length > 1)
    .map(foldWord);
  return (
    words.some((word) => isGiven(word) || isSurname(word)) &&
    words.every((word) => given.has(word) || surnames.has(word) || isSurname(word))
  );
}

function isListed(word: string, list: ReadonlySet<string>): boolean {
  return list.has(word) && !brandWords.has(word);
}

// Jean-Luc, Garcia-Lopez, O'Brien.
function isDouble(word: string, list: ReadonlySet<string>): boolean {
  if (!word.includes("-")) {
    return false;
  }
  const [first, second] = word.split("-");
  return first !== undefined && second !== undefined && list.has(first) && list.has(second);
}
