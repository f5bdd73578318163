import { type DigitRun, digitRuns, groupsOf } from "./digits";
import type { Detector, Span } from "./span";

const DIGITS_MIN = 12;
const DIGITS_MAX = 19;
// First digits that card networks use; a tracking number seldom has one of them and a right check digit.
const NETWORK = /^(?:4|5[0-8]|2[2-7]|3[0-9]|6|1800|2131)/;

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

/** Payment card numbers: 12 to 19 digits of a network with a right check digit, in one piece or in groups. */
export const cards: Detector = (text) =>
  digitRuns(text).flatMap((run) => (run.digits.length < DIGITS_MIN ? [] : cardsIn(run)));

function cardsIn(run: DigitRun): Span[] {
  const groups = groupsOf(run);
  const spans: Span[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    const last = cardFrom(groups, first);
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
function cardFrom(groups: { digits: string }[], first: number): number {
  let digits = "";
  let found = -1;
  for (let last = first; last < groups.length; last += 1) {
    digits += groups[last]?.digits ?? "";
    if (digits.length > DIGITS_MAX) {
      break;
    }
    if (digits.length >= DIGITS_MIN && NETWORK.test(digits) && isLuhn(digits)) {
      found = last;
    }
  }
  return found;
}
