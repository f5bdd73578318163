import {
  goods,
  LIKELY_ENDING,
  particles,
  placesBefore,
  SURE_ENDING,
  states,
  sureTypes,
  types,
  units,
  wordsAfter,
  wordsBefore,
} from "./address-streets";
import { isOrdinary } from "./person-lists";
import { placeWords } from "./person-other-words";
import type { Word } from "./words";

/** Words from the first to the last, both in. */
export type Stretch = { first: number; last: number };

type Words = readonly Word[];

const NAME_WORDS_MAX = 5;
const GROWN_CHARS_MIN = 6;
const TOWN_WORDS_MAX = 3;
const JOINS = /^[ .,]{0,3}(?:n[°ºr.]{1,2} ?)?$/;

/** The part that makes an address, where the word at `at` is a street's kind or a postcode; else null. */
export function coreAt(text: string, words: Words, at: number): Stretch | null {
  const word = words[at];
  if (!word) {
    return null;
  }
  if (word.form === "number") {
    return town(words, at);
  }
  return (
    typed(words, at) ??
    grownTogether(text, words, at) ??
    led(text, words, at) ??
    named(text, words, at) ??
    plain(text, words, at)
  );
}

const ADDRESS_CUE =
  /(?:\b(?:address(?:es)?(?: (?:is|to|was|with|are|for))?|lives? (?:at|on|in)|living (?:at|on|in)|located (?:at|on)|(?:sent|send|ship(?:ped)?|deliver(?:ed)?|return|moved?|come) (?:it |this |them |one |that )?to|meet(?: me)? (?:at|on)|adresse(?: ist)?|anschrift|wohne(?: in)?|direcci[oó]n(?: es)?|indirizzo)(?: now)?[: ,\n]{1,6}(?:is |at |to )?|(?:^|\n|\\n)[>?* ]{0,6})$/i;
const CUE_CHARS = 48;
const STREET_WORDS_MAX = 4;
const FOLLOWED =
  /^(?:[ ,.>?*]|\n|\\n){1,6}(?:(?:apt|suite|unit|flat|app|wohnung)\b\.? ?[\p{L}\d]{1,6}|\d{4,6}\b)/iu;

/** Dunajska 56 or 641 Dunajska 56: a name and a number, behind a word for an address or before a unit or postcode. */
function plain(text: string, words: Words, at: number): Stretch | null {
  const number = words[at + 1];
  if (!(isStreetWord(words[at]) && number?.joined && isHouseNumber(number))) {
    return null;
  }
  let first = at;
  while (at - first < STREET_WORDS_MAX && words[first]?.joined && isStreetWord(words[first - 1])) {
    first -= 1;
  }
  const before = words[first - 1];
  const from = words[first]?.joined && before && isHouseNumber(before) ? first - 1 : first;
  const start = words[from]?.start ?? 0;
  const isMeant =
    ADDRESS_CUE.test(text.slice(Math.max(0, start - CUE_CHARS), start)) && from < first;
  const isFollowed = FOLLOWED.test(text.slice(number.end, number.end + CUE_CHARS));
  return isMeant || isFollowed ? { first: from, last: at + 1 } : null;
}

function isStreetWord(word: Word | undefined): boolean {
  return (
    word !== undefined &&
    (word.form === "capital" || word.form === "initial") &&
    !isOrdinary(word.folded) &&
    !units.has(word.folded) &&
    word.folded !== "jan"
  );
}

/** 12 Maple Drive: back from the street's kind over its name to the number. */
function typed(words: Words, at: number): Stretch | null {
  const type = words[at];
  const isSure = type !== undefined && sureTypes.has(type.folded);
  if (!(type?.joined && (isSure || (types.has(type.folded) && type.form !== "lower")))) {
    return null;
  }
  for (let back = at - 1; back >= Math.max(0, at - NAME_WORDS_MAX); back -= 1) {
    const word = words[back];
    if (word && isHouseNumber(word) && back < at - 1) {
      return { first: back, last: withDirection(words, at) };
    }
    if (!(word?.joined && isOfStreet(word, isSure))) {
      return null;
    }
  }
  return null;
}

function isOfStreet(word: Word, isSure: boolean): boolean {
  const isName = isSure || isCapital(word) || isOrdinal(word) || particles.has(word.folded);
  return isName && !goods.has(word.folded);
}

function withDirection(words: Words, at: number): number {
  const next = words[at + 1];
  return next?.joined && /^(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)$/.test(next.folded)
    ? at + 1
    : at;
}

/** Hauptstraße 12a, or 25 Koskikatu. */
function grownTogether(text: string, words: Words, at: number): Stretch | null {
  const word = words[at];
  if (!word || word.folded.length < GROWN_CHARS_MIN || isOrdinary(word.folded)) {
    return null;
  }
  const isGrown =
    SURE_ENDING.test(word.folded) || (word.form !== "lower" && LIKELY_ENDING.test(word.folded));
  if (!isGrown) {
    return null;
  }
  const before = words[at - 1];
  const isLed =
    before !== undefined && word.joined && isCapital(before) && !isOrdinary(before.folded);
  const first = isLed ? at - 1 : at;
  if (isNumberAfter(text, words, at)) {
    return { first, last: at + 1 };
  }
  const number = words[first - 1];
  return number && isHouseNumber(number) && words[first]?.joined && SURE_ENDING.test(word.folded)
    ? { first: first - 1, last: at }
    : null;
}

/** Calle Mayor 12, ul. Miła 53, 12 rue de la Paix. */
function led(text: string, words: Words, at: number): Stretch | null {
  const kind = words[at];
  if (!(kind && leads(kind))) {
    return null;
  }
  let last = at;
  let named = false;
  for (let on = at + 1; on <= at + NAME_WORDS_MAX; on += 1) {
    const word = words[on];
    if (!(word && isNamePart(word) && JOINS.test(text.slice(words[on - 1]?.end, word.start)))) {
      break;
    }
    named ||= isCapital(word) && !isOrdinary(word.folded);
    last = on;
  }
  if (!named) {
    return null;
  }
  if (isNumberAfter(text, words, last)) {
    return { first: at, last: last + 1 };
  }
  const number = words[at - 1];
  const isFrench = /^(?:rue|avenue|boulevard|bd|chemin|impasse|allee|quai|place|route|cours)$/.test(
    kind.folded,
  );
  return isFrench &&
    number &&
    isHouseNumber(number) &&
    JOINS.test(text.slice(number.end, kind.start))
    ? { first: at - 1, last }
    : null;
}

function leads(kind: Word): boolean {
  return wordsBefore.has(kind.folded) || (isCapital(kind) && placesBefore.has(kind.folded));
}

/** Erzsébet tér 19. */
function named(text: string, words: Words, at: number): Stretch | null {
  const kind = words[at];
  const name = words[at - 1];
  const isNamed =
    kind?.joined === true &&
    wordsAfter.has(kind.folded) &&
    name !== undefined &&
    isCapital(name) &&
    !isOrdinary(name.folded);
  return isNamed && isNumberAfter(text, words, at) ? { first: at - 1, last: at + 1 } : null;
}

/** Springfield, IL 62704; 10115 Berlin. */
function town(words: Words, at: number): Stretch | null {
  const code = words[at];
  if (!(code && /^\d{5}(?:-\d{4})?$/.test(code.text))) {
    return null;
  }
  const next = words[at + 1];
  if (next?.joined && next.form !== "lower" && placeWords.has(next.folded)) {
    return { first: at, last: at + 1 };
  }
  const state = words[at - 1];
  if (!(state?.form === "upper" && states.has(state.folded) && code.joined)) {
    return null;
  }
  let first = at - 1;
  while (first > at - 1 - TOWN_WORDS_MAX && isTown(words, first - 1, first === at - 1)) {
    first -= 1;
  }
  return first < at - 1 ? { first, last: at } : null;
}

function isTown(words: Words, at: number, beforeState: boolean): boolean {
  const word = words[at];
  const joined = words[at + 1]?.joined === true;
  return word !== undefined && isCapital(word) && (joined || beforeState);
}

function isNumberAfter(text: string, words: Words, at: number): boolean {
  const number = words[at + 1];
  return (
    number !== undefined &&
    isHouseNumber(number) &&
    JOINS.test(text.slice(words[at]?.end, number.start))
  );
}

function isHouseNumber(word: Word): boolean {
  return word.form === "number" && /^\d{1,5}[a-z]?(?:[/-]\d{1,4}[a-z]?)?$/i.test(word.text);
}

function isOrdinal(word: Word): boolean {
  return word.form === "number" && /\d(?:st|nd|rd|th)$/.test(word.text);
}

function isNamePart(word: Word): boolean {
  return isCapital(word) || particles.has(word.folded);
}

function isCapital(word: Word): boolean {
  return word.form === "capital" || word.form === "upper" || word.form === "initial";
}
