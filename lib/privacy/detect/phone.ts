import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { type DigitRun, digitRuns } from "./digits";
import { after, before, type Detector, lastIndexOfPattern, type Span } from "./span";

const DIGITS_MIN = 7;
const DIGITS_MAX = 15;
const CHARS_MAX = 28;
/** libphonenumber is asked this often per text; past it, what looks like a number is taken for one. */
const ASKED_MAX = 200;

const COUNTRIES: readonly CountryCode[] = ["US", "GB", "DE", "FR", "ES", "IT", "NL", "AU"];
// Written so, it is a phone number wherever it stands: 555-123-4567, (555) 123 4567, +49 30 901820.
const NORTH_AMERICAN =
  /(?<![\p{L}\p{N}_#€$£@=&/+-]|\d[.,:])(?:1[ .-])?(?:\(\d{3}\) ?-?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d\p{L}_%]|[-/,:.]\d)/gu;
const INTERNATIONAL =
  /(?<![\p{L}\p{N}_#€$£@=&/-])(?:\(?\+ ?|00(?=[1-9]))\d(?:[ ()./-]{0,2}\d){7,14}(?![\p{L}_%])/gu;
const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])[./-]?(?: ?(?:19|20)\d\d)?`;
const HOUR = String.raw`(?:[01]\d|2[0-3])[0-5]\d`;
const DATE = /\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\b/;
// Days, ranges of days or hours, American postal codes.
const NO_PHONE = new RegExp(`^(?:${DAY}(?:[ -]+${DAY})?|${HOUR} ?- ?${HOUR}|\\d{5}-\\d{4})$`);
const PHONE_WORD =
  /\b(?:tele)?phone|\bcall\b|\bcell|mobile|\btel\b|\btel[.:]|telefon|téléphone|teléfono|móvil|handy|whatsapp|\bfax\b|\bdial|\btext me|\breach me|\bring me|hotline|contact number|sms|answering at|message[sd]?\b|\boffice\b|\bdesk\b/g;
const OTHER_WORD =
  /order|item|product|track|invoice|ticket|reference|\bref\b|account|parcel|shipment|article|serial|sku|bestell|sendung|rechnung|commande|pedido|[#€$£]/g;
const NAMED_OTHERWISE =
  /(?:order|item|product|tracking|invoice|ticket|reference|ref|account|parcel|article|serial)(?: (?:no|nr|number|id|code))?[ .:#]{1,3}(?:is )?$/;

/**
 * Phone numbers. What is written like one (+49…, 555-123-4567) is taken; bare digits only where the nearest word speaks
 * of a phone, so that order numbers, item ids, prices and dates stay.
 */
export const phones: Detector = (text) => [...written(text), ...spoken(text)];

function written(text: string): Span[] {
  const national = [...text.matchAll(NORTH_AMERICAN)].filter(
    ({ index }) => !NAMED_OTHERWISE.test(before(text, index)),
  );
  return [...national, ...text.matchAll(INTERNATIONAL)].map(({ 0: found, index }) =>
    spanOf(text, index, index + found.length),
  );
}

function spoken(text: string): Span[] {
  const ask = { left: ASKED_MAX };
  return digitRuns(text)
    .filter((run) => isOfPhoneSize(run) && standsAlone(text, run) && isPhone(text, run, ask))
    .map(({ start, end }) => spanOf(text, start, end));
}

function spanOf(text: string, start: number, end: number): Span {
  return { kind: "PHONE", start, end: end + extensionAfter(text, end) };
}

function extensionAfter(text: string, end: number): number {
  return /^(?: ?x| ?ext\.? ?)\d{1,6}\b/i.exec(text.slice(end, end + 12))?.[0].length ?? 0;
}

function isOfPhoneSize({ digits, text }: DigitRun): boolean {
  return digits.length >= DIGITS_MIN && digits.length <= DIGITS_MAX && text.length <= CHARS_MAX;
}

// A number that is part of a word, an id, a price or a decimal is none.
function standsAlone(text: string, { start, end }: DigitRun): boolean {
  const left = text.charAt(start - 1);
  const right = text.slice(end, end + 2);
  return (
    !/[\p{L}\p{N}_#€$£@=&/-]/u.test(left) &&
    !/^(?:(?!x\d)[\p{L}_€$£@%]|[,:.]\d)/u.test(right) &&
    !/\d[,.:]$/.test(text.slice(Math.max(0, start - 2), start))
  );
}

function isPhone(text: string, run: DigitRun, ask: { left: number }): boolean {
  if (DATE.test(run.text) || NO_PHONE.test(run.text) || looksLikeMoneyOrList(run.text)) {
    return false;
  }
  const context = contextOf(text, run);
  const grouped = /^\(?0\d*\)?(?:[ ()./-]+\d{2,})+$/.test(run.text);
  return context === "phone" || (context === "none" && grouped && isPossible(run.text, ask));
}

// "1.234.567" and "0.2927246", "12 34" of sums, "1-2-3-4-5-6-7" of lists.
function looksLikeMoneyOrList(text: string): boolean {
  return /^\d{1,3}(?:\.\d{3})+$|^\d\.\d+$/.test(text) || /^\d(?:[ ,./-]+\d)+$/.test(text);
}

function isPossible(text: string, ask: { left: number }): boolean {
  return COUNTRIES.some((country) => {
    ask.left -= 1;
    return ask.left < 0 || parsePhoneNumberFromString(text, country)?.isPossible() === true;
  });
}

/** What the nearest word before (or else right after) says the number is. */
function contextOf(text: string, { start, end }: DigitRun): "phone" | "other" | "none" {
  const words = before(text, start);
  const phone = lastIndexOfPattern(words, PHONE_WORD);
  const other = lastIndexOfPattern(words, OTHER_WORD);
  if (phone >= 0 || other >= 0) {
    return phone > other ? "phone" : "other";
  }
  return lastIndexOfPattern(after(text, end), PHONE_WORD) >= 0 ? "phone" : "none";
}
