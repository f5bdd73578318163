import { type Cue, closes, closesLine, cuesOf } from "./person-cues";
import { isThing, lastOfName } from "./person-extent";
import { isGiven, isOrdinary, isSurname, maybeGiven, maybeSurname } from "./person-lists";
import type { Span } from "./span";
import type { Word } from "./words";

type Text = { text: string; words: readonly Word[]; cues: ReadonlyMap<number, Cue> };
type Name = { first: number; last: number };

const LOWER_CHARS_MIN = 5;
const UPPER_CHARS_MIN = 4;
const SHOWN_AGAIN_CHARS_MIN = 3;

/**
 * Names of persons. A word is taken for a name where two signs agree: a list of names and a capital, or a capital and
 * what stands before it ("my name is", "Dear", "Mr"). What was once taken is taken again in the same text.
 */
export function persons(text: string, words: readonly Word[], places: readonly Span[]): Span[] {
  const read: Text = { text, words, cues: cuesOf(text) };
  const names: Name[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const last = lastOfNameAt(read, at);
    if (last >= at) {
      names.push({ first: at, last });
      at = last;
    }
  }
  names.push(...addressees(read, places));
  return [...names, ...shownAgain(words, names)].map(({ first, last }) => ({
    kind: "PERSON",
    start: words[first]?.start ?? 0,
    end: words[last]?.end ?? 0,
  }));
}

/** The last word of the name that begins here, or -1. */
function lastOfNameAt(read: Text, at: number): number {
  const { words, cues } = read;
  const word = words[at];
  const cue = word && cues.get(word.start);
  if (!mayBegin(word, cue)) {
    return -1;
  }
  const last = lastOfName(words, at);
  const isName = (cue && isCued(read, at, last, cue)) || isListedName(words, at, last);
  return isName && !isThing(words, at, last) ? last : -1;
}

function mayBegin(word: Word | undefined, cue: Cue | undefined): word is Word {
  if (!word || word.form === "initial" || word.form === "number") {
    return false;
  }
  const isCalled = (cue === "name" || cue === "title") && maybeGiven(word.folded);
  return isCalled || !isOrdinary(word.folded);
}

/** Without a cue: a listed given name, a given name that is a word with a surname, or anything with a listed surname. */
function isListedName(words: readonly Word[], at: number, last: number): boolean {
  const word = words[at];
  const ending = words[last];
  if (!word || !ending) {
    return false;
  }
  switch (word.form) {
    case "lower":
      return isGiven(word.folded) && word.folded.length >= LOWER_CHARS_MIN;
    case "upper":
      return isGiven(word.folded) && word.folded.length >= UPPER_CHARS_MIN;
    default:
      return isGiven(word.folded) || isFamily(words, at, last);
  }
}

function isFamily(words: readonly Word[], at: number, last: number): boolean {
  const first = words[at]?.folded ?? "";
  const surname = words[last]?.folded ?? "";
  if (last === at) {
    // At a beginning every word has a capital: "Beck rain trousers".
    return isSurname(first) && words[at]?.opens === false;
  }
  if (isSurname(first) && maybeGiven(surname)) {
    return true;
  }
  const hasInitial = last > at + 1 && words[at + 1]?.form === "initial";
  return isSurname(surname) || ((hasInitial || maybeGiven(first)) && maybeSurname(surname));
}

// "I am Vegan", "This is Urgent!": what people capitalise besides names.
const DESCRIBES =
  /(?:ing|ed|ly|ous|ful|ive|able|ible|less|ish|ese|ian|ean|ican|ist|ent|ant|al|ic|gan|ight|ong|dy|py|ry|ty|fect|ome|ault|ke|se|en|rse|ch|ard)$/;

function isCued(read: Text, at: number, last: number, cue: Cue): boolean {
  const word = read.words[at];
  const end = read.words[last]?.end ?? 0;
  if (!word) {
    return false;
  }
  if (word.form === "lower") {
    return isCuedInLowerCase(read, word, cue);
  }
  switch (cue) {
    case "name":
    case "title":
    case "relative":
      return true;
    case "self":
      return (
        maybeGiven(word.folded) ||
        isSurname(word.folded) ||
        last > at ||
        (closes(read.text, end) && !DESCRIBES.test(word.folded))
      );
    case "greeting":
      return maybeGiven(word.folded) || closes(read.text, end);
    case "end":
      return closesLine(read.text, end);
  }
}

function isCuedInLowerCase({ text }: Text, word: Word, cue: Cue): boolean {
  if (cue === "name") {
    return maybeGiven(word.folded) || isSurname(word.folded) || closes(text, word.end);
  }
  return cue !== "end" && cue !== "greeting" && (isGiven(word.folded) || isSurname(word.folded));
}

const ADDRESSEE_WORDS_MAX = 4;
const ADDRESSEE_LINES_MAX = 2;

/** A line of nothing but words with capitals, right above an address or one line more: whom the address belongs to. */
function addressees({ text, words }: Text, places: readonly Span[]): Name[] {
  const starts = new Set(places.map(({ start }) => start));
  return words.flatMap((word, at) => {
    let first = at;
    for (let lines = 0; starts.has(word.start) && lines < ADDRESSEE_LINES_MAX; lines += 1) {
      const last = first - 1;
      first = lineBefore(text, words, first);
      if (first < last) {
        return [{ first, last }];
      }
    }
    return [];
  });
}

const LINE_BREAK = /^[,>?* ]{0,6}(?:\r?\n|\\n){1,2}[>?* ]{0,6}$/;

/** Where the line above begins, if it may be a name; else the same word. */
function lineBefore(text: string, words: readonly Word[], at: number): number {
  let first = at;
  for (let back = at - 1; back >= at - ADDRESSEE_WORDS_MAX - 1; back -= 1) {
    const isBreak = LINE_BREAK.test(text.slice(words[back]?.end ?? 0, words[back + 1]?.start));
    if (first !== at && (isBreak || back < 0)) {
      return first;
    }
    if (!(mayBeOfName(words[back]) && (first === at ? isBreak : words[back + 1]?.joined))) {
      return at;
    }
    first = back;
  }
  return at;
}

function mayBeOfName(word: Word | undefined): boolean {
  return (
    word !== undefined &&
    (word.form === "capital" || word.form === "initial" || word.form === "upper") &&
    !isOrdinary(word.folded)
  );
}

/** Other places of words that were taken for names: "everyone calls me Aantje". */
function shownAgain(words: readonly Word[], names: readonly Name[]): Name[] {
  const known = new Set<string>();
  const taken = new Set<number>();
  for (const { first, last } of names) {
    for (let at = first; at <= last; at += 1) {
      const word = words[at];
      taken.add(at);
      if (word && word.folded.length >= SHOWN_AGAIN_CHARS_MIN && !isOrdinary(word.folded)) {
        known.add(word.folded);
      }
    }
  }
  return words.flatMap((word, at) =>
    (word.form === "capital" || word.form === "upper") &&
    known.has(word.folded) &&
    !taken.has(at) &&
    !isThing(words, at, at)
      ? [{ first: at, last: at }]
      : [],
  );
}
