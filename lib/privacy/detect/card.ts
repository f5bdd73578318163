import { type DigitGroup, type DigitRun, digitRuns, groupsOf } from "./digits";
import { before, type Detector, type Span } from "./span";

const DIGITS_MIN = 12;
const DIGITS_MAX = 19;
/** Behind a letter stands an id, unless it is as long as nearly all cards are. */
const GLUED_MIN = 15;
// First digits and lengths that card networks use: most numbers with a right check digit are no cards.
const NETWORK =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0|6|8|9)\d{12,17}|35\d{14,17}|(?:5[0678]|6)\d{10,17}|(?:1800|2131)\d{11})$/;
const MAY_BEGIN = /^(?:[3456]|2[2-7]|1800|2131)/;
/** A phone number in international form has at most this many digits. */
const PHONE_DIGITS_MAX = 15;
const PARCEL = /(?:track|parcel|shipment|order|invoice|reference)[^.!?]{0,40}$/;

/**
 * Payment card numbers: 12 to 19 digits of a network's form with a right check digit, in one piece or in groups. The
 * shortest, which look like a parcel's number, only where nobody speaks of a parcel.
 */
export const cards: Detector = (text) =>
  digitRuns(text)
    .filter(({ digits, text: run }) => {
      const isPhone = run.startsWith("+") && digits.length <= PHONE_DIGITS_MAX;
      return digits.length >= DIGITS_MIN && !isPhone;
    })
    .flatMap((run) => cardsIn(run, text));

function cardsIn(run: DigitRun, text: string): Span[] {
  const groups = groupsOf(run);
  const digits = { groups, digits: run.digits, sums: luhnSums(run.digits), ends: endsOf(groups) };
  const spans: Span[] = [];
  let from = 0;
  for (let first = 0; first < groups.length; first += 1) {
    const mayBegin = MAY_BEGIN.test(run.digits.slice(from, from + 4));
    const last = mayBegin ? cardFrom(digits, first, from, text) : -1;
    const start = groups[first]?.start;
    const end = groups[last]?.end;
    from += groups[first]?.digits.length ?? 0;
    if (start !== undefined && end !== undefined) {
      spans.push({ kind: "CARD", start, end });
      for (; first < last; first += 1) {
        from += groups[first + 1]?.digits.length ?? 0;
      }
    }
  }
  return spans;
}

type Digits = {
  groups: readonly DigitGroup[];
  digits: string;
  sums: readonly Uint32Array[];
  ends: Uint32Array;
};

/**
 * The last group that a card may reach which begins with each group. In groups, a card begins with four digits, or is
 * told in groups of one length; other groups are other numbers.
 */
function endsOf(groups: readonly DigitGroup[]): Uint32Array {
  const ends = new Uint32Array(groups.length);
  let joinedTo = groups.length - 1;
  for (let at = groups.length - 1; at >= 0; at -= 1) {
    const length = groups[at]?.digits.length;
    const next = groups[at + 1];
    const isJoined = next?.isJoined === true;
    joinedTo = isJoined ? joinedTo : at;
    const equalTo = isJoined && next.digits.length === length ? (ends[at + 1] ?? at) : at;
    ends[at] = length === 4 ? joinedTo : equalTo;
  }
  return ends;
}

// The last group of the longest card that begins with group `first`, whose first digit is the run's digit `from`; or -1.
function cardFrom(run: Digits, first: number, from: number, text: string): number {
  const { groups, digits, sums, ends } = run;
  const length = groups[first]?.digits.length ?? 0;
  // In groups of one length, those that are too few for a card are passed over.
  const least = length === 4 ? 1 : Math.ceil(DIGITS_MIN / Math.max(1, length));
  const last = Math.min(ends[first] ?? first, first + DIGITS_MAX);
  let found = -1;
  let to = from + (least - 1) * length;
  for (let at = first + least - 1; at <= last; at += 1) {
    to += groups[at]?.digits.length ?? 0;
    if (isOfLength(to - from) && isLuhnWithin(sums, from, to)) {
      found = isCard(digits.slice(from, to), text, groups[first]?.start ?? 0) ? at : found;
    }
  }
  return found;
}

function isOfLength(count: number): boolean {
  return count >= DIGITS_MIN && count <= DIGITS_MAX;
}

function isCard(digits: string, text: string, at: number): boolean {
  if (!NETWORK.test(digits)) {
    return false;
  }
  const isGlued = /\p{L}/u.test(text.charAt(at - 1));
  const mayBeParcel = digits.length === DIGITS_MIN || isGlued;
  return !(isGlued && digits.length < GLUED_MIN) && !(mayBeParcel && PARCEL.test(before(text, at)));
}

/** Sums of digits up to each place, once with those at even places doubled, once at odd: any stretch costs one step. */
function luhnSums(digits: string): readonly Uint32Array[] {
  return [0, 1].map((doubled) => {
    const sums = new Uint32Array(digits.length + 1);
    for (let at = 0; at < digits.length; at += 1) {
      const digit = digits.charCodeAt(at) - 48;
      const weighed = at % 2 === doubled ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
      sums[at + 1] = (sums[at] ?? 0) + weighed;
    }
    return sums;
  });
}

// Luhn doubles every second digit from the right, beginning with the last but one.
function isLuhnWithin(sums: readonly Uint32Array[], from: number, to: number): boolean {
  const held = sums[to % 2];
  return ((held?.[to] ?? 0) - (held?.[from] ?? 0)) % 10 === 0;
}
