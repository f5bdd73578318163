import { isGiven, isOrdinary, isSurname, maybeSurname } from "./person-lists";
import { brandNames } from "./person-other-words";
import type { Word } from "./words";

const PARTS_MAX = 5;
const PARTICLE =
  /^(?:van|von|vom|zu|zur|de|del|della|di|da|do|dos|das|du|der|den|het|ter|ten|la|le|el|al|bin|bint|ibn|abu|af|av|y|e|mac|mc|st)$/;
const SUFFIX = /^(?:jr|sr|ii|iii|iv|phd|md|dds|esq)$/;
const THING_AFTER =
  /^(?:inc|llc|ltd|gmbh|ag|corp|corporation|company|co|plc|group|holdings|technologies|solutions|services|bank|university|college|school|institute|hospital|clinic|hotel|inn|restaurant|cafe|church|airport|station|museum|theatre|theater|stadium|foundation|orchestra|street|st|avenue|ave|road|rd|drive|lane|court|boulevard|blvd|square|parkway|highway|bridge|county|island|lake|river|beach|valley|mountain|associates|partners|brothers|sons|hills?|park|cent(?:er|re)|playhouse|hall|suites|hostel|gardens?|springs|falls|heights|city|town|towers?|house|gallery|arena|club|lounge|bar|grill|kitchen|bistro|market|store|shop|mall|jackets?|coats?|shirts?|trousers|pants|boots|shoes|socks|tents?|bags?|backpacks?|lamps?|watch|collection|edition|card|account|plan|library|award|act|law|method|effect)$/;
const PLACE_BEFORE =
  /^(?:port|lake|mount|mt|cape|fort|san|santa|santo|sao|saint|st|hotel|villa|new|north|south|east|west|los|las|the|via|rue|calle|rua|ulica|avenida|plaza|piazza|theatre|theater|restaurant|cafe|bar|casa|chez|club|maison|castle|palace|camp|point)$/;

/** The last word of the name that begins with the given word: initials, particles, surnames and what stands behind them. */
export function lastOfName(words: readonly Word[], first: number): number {
  let last = first;
  for (let at = first + 1; at - first < PARTS_MAX + 2 && goesOn(words, at, first); at += 1) {
    const word = words[at];
    if (word && isWhole(word, words[first])) {
      last = at;
    }
    if (word && SUFFIX.test(word.folded)) {
      break;
    }
  }
  return last;
}

// An initial or a particle belongs to a name only where another part follows.
function isWhole(word: Word, first: Word | undefined): boolean {
  return word.form !== "initial" && !(word.form === "lower" && first?.form !== "lower");
}

function goesOn(words: readonly Word[], at: number, first: number): boolean {
  const word = words[at];
  if (!word?.joined) {
    return false;
  }
  switch (word.form) {
    case "initial":
      return word.text !== "I" || words[at + 1]?.form === "capital";
    case "lower":
      return words[first]?.form === "lower"
        ? isGiven(word.folded) || isSurname(word.folded)
        : PARTICLE.test(word.folded) && words[at + 1]?.joined === true;
    case "upper":
      return (
        (words[first]?.form === "upper" || SUFFIX.test(word.folded) || maybeSurname(word.folded)) &&
        !isOrdinary(word.folded)
      );
    case "number":
      return false;
    case "capital":
      return !isOrdinary(word.folded) || isSurnameOf(word, words[first]);
  }
}

// John Brown, Emma White: behind a given name a word is a surname that is one elsewhere.
function isSurnameOf(word: Word, first: Word | undefined): boolean {
  return first?.form === "capital" && isGiven(first.folded) && maybeSurname(word.folded);
}

/** Whether these words are a thing that bears a name: a maker, a street, a company, a town. */
export function isThing(words: readonly Word[], first: number, last: number): boolean {
  const after = words[last + 1];
  const before = words[first - 1];
  const beside = words[first + 1];
  const name = words[first];
  const isOf = (one: Word | undefined, other: Word | undefined) =>
    one !== undefined && other !== undefined && brandNames.has(`${one.folded} ${other.folded}`);
  return (
    (after?.joined === true && after.form !== "lower" && THING_AFTER.test(after.folded)) ||
    (name?.joined === true && before !== undefined && isPlaceBefore(before)) ||
    isOf(name, beside) ||
    (name?.joined === true && isOf(before, name))
  );
}

function isPlaceBefore(word: Word): boolean {
  return word.form !== "lower" && PLACE_BEFORE.test(word.folded);
}
