import { type DigitGroup, type DigitRun, digitRuns, groupsOf } from "./digits";
import { before, type Detector, type Span } from "./span";

const DIGITS_MIN = 12;
const DIGITS_MAX = 19;
// First digits and lengths that card networks use: most numbers with a right check digit are no cards.
const NETWORK =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0|6|8|9)\d{12,17}|35\d{14,17}|(?:5[0678]|6)\d{10,17}|(?:1800|2131)\d{11})$/;
const BEGINNING = /^(?:[2-6]|1800)/;
/** A phone number in international form has at most this many digits. */
const PHONE_DIGITS_MAX = 15;
const PARCEL = /(?:track|parcel|shipment|order|invoice|reference)[^.!?]{0,40}$/;

/** Luhn's check digit over ASCII digits. */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

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
  const spans: Span[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    const last = cardFrom(groups, first, text);
    const start = groups[first]?.start;
    const end = groups[last]?.end;
    if (start !== undefined && end !== undefined) {
      spans.push({ kind: "CARD", start, end });
      first = last;
    }
  }
  return spans;
}

// The last group of the longest card that begins with group `first`, or -1.
function cardFrom(groups: readonly DigitGroup[], first: number, text: string): number {
  let digits = "";
  let found = -1;
  for (let last = first; last < groups.length && digits.length < DIGITS_MAX; last += 1) {
    const group = groups[last];
    if (!group || (last > first && !group.isJoined)) {
      break;
    }
    digits += group.digits;
    if (digits.length >= 4 && !BEGINNING.test(digits)) {
      break;
    }
    found = isCard(digits, text, group.start) ? last : found;
  }
  return found;
}

function isCard(digits: string, text: string, at: number): boolean {
  const isOne = digits.length >= DIGITS_MIN && NETWORK.test(digits) && isLuhn(digits);
  return isOne && !(digits.length === DIGITS_MIN && PARCEL.test(before(text, at)));
}
