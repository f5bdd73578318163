import { coreAt, type Stretch } from "./address-core";
import { states, units } from "./address-streets";
import { isGiven, isOrdinary } from "./person-lists";
import { placeWords } from "./person-other-words";
import type { Span } from "./span";
import type { Word } from "./words";

const STEPS_MAX = 10;
const CHARS_MAX = 200;
const TOWN_WORDS_MAX = 4;
// Frankfurt am Main, Stratford upon Avon, Saint-Rémy de Provence
const IN_TOWN = /^(?:am|an|der|im|ob|bei|de|del|di|la|le|les|sur|sous|en|upon|on|nad|pod)$/;
const CLOSED = /^(?:$|[,.;:)\n\r"?!]|\\n| \(| \p{Lu}{1,2}\d)/u;
const GAP = /^(?:[ ,.;>*|-]|\?{3}|\r?\n|\\n){0,8}$/;
const PLAIN_GAP = /^(?:[ ,]|\r?\n|\\n){0,4}$/;

// Boxes, field post, and postcodes that have the shape of nothing else.
const BOX =
  /(?<![\p{L}\p{N}])(?:p\.? ?o\.? ?box|post office box|postfach|postbus|postboks|apartado(?: de correos)?|casella postale|bo[îi]te postale|skrytka pocztowa|locked bag)(?: n[or]\.?)? {0,2}\d{1,6}(?: \d{2,3}(?!\d))?|(?<![\p{L}\p{N}])(?:psc|cmr|unit) \d{1,5},? box \d{1,6}|(?<![\p{L}\p{N}])[afd]po a[aep] \d{5}|(?<![\p{L}\p{N}])us[nc]?[sg]s? \p{L}{2,20}(?=,?(?: |\n|\\n){1,3}[afd]po )/giu;
const POSTCODE =
  /(?<![\p{L}\p{N}-])(?:[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}|[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d)(?![\p{L}\p{N}-])/gu;

/**
 * Postal addresses: a street with its number as countries write it, a box, or a town with its postcode; with what belongs
 * to it before and behind, over lines.
 */
export function addresses(text: string, words: readonly Word[]): Span[] {
  const spans: Span[] = [];
  let free = 0;
  for (let at = 0; at < words.length; at += 1) {
    const core = coreAt(text, words, at);
    if (!core || core.first < free) {
      continue;
    }
    const { first, last } = grown(text, words, core, free);
    spans.push({ kind: "ADDRESS", start: startOf(words, first), end: endOf(words, last) });
    free = last + 1;
    at = Math.max(at, last);
  }
  return joined(text, [...spans, ...shaped(text, BOX), ...shaped(text, POSTCODE)]);
}

/** Parts with nothing but a comma or a break between them are one address. */
function joined(text: string, spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = whole.at(-1);
    if (last && (span.start <= last.end || PLAIN_GAP.test(text.slice(last.end, span.start)))) {
      last.end = Math.max(last.end, span.end);
    } else {
      whole.push({ ...span });
    }
  }
  return whole;
}

function shaped(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    kind: "ADDRESS",
    start: index,
    end: index + found.length,
  }));
}

/** The core with what stands around it. */
function grown(text: string, words: readonly Word[], core: Stretch, free: number): Stretch {
  const { first } = core;
  let { last } = core;
  for (let steps = 0; steps < STEPS_MAX; steps += 1) {
    const next = stepOn(text, words, last);
    if (next === last || endOf(words, next) - startOf(words, first) > CHARS_MAX) {
      break;
    }
    last = next;
  }
  return { first: before(text, words, first, free), last };
}

// A house or unit number before the street: "Apt. 12, 6750 Koskikatu 25".
function before(text: string, words: readonly Word[], first: number, free: number): number {
  let from = first;
  for (let at = first - 1; at >= Math.max(free, first - 3); at -= 1) {
    const word = words[at];
    const isPart = word?.form === "number" || (word && units.has(word.folded));
    if (!(isPart && word && PLAIN_GAP.test(text.slice(word.end, words[at + 1]?.start)))) {
      break;
    }
    from = at;
  }
  return from;
}

/** The last word of one more part: a unit, a postcode, a state, a town, a country. */
function stepOn(text: string, words: readonly Word[], last: number): number {
  const next = words[last + 1];
  const gap = text.slice(endOf(words, last), next?.start);
  if (!(next && GAP.test(gap))) {
    return last;
  }
  if (units.has(next.folded) || next.folded === "no" || next.folded === "nr") {
    return isUnitNumber(words[last + 2]) ? last + 2 : last;
  }
  if (gap.includes(".")) {
    return last;
  }
  if (next.form === "number") {
    return lastOfPostcode(words, last + 1) ?? last;
  }
  return isState(next) ? last + 1 : townFrom(text, words, last);
}

// 62704, 05401-1234, 00-238, 111 22
function lastOfPostcode(words: readonly Word[], at: number): number | null {
  const code = words[at]?.text ?? "";
  if (/^(?:\d{4,6}(?:-\d{3,4})?|\d{2}-\d{3})$/.test(code)) {
    return at;
  }
  const next = words[at + 1];
  return /^\d{3}$/.test(code) && next?.joined && /^\d{2}$/.test(next.text) ? at + 1 : null;
}

function isUnitNumber(word: Word | undefined): boolean {
  return word?.form === "number" || word?.form === "initial";
}

// One to four words with capitals, up to the end of a line or clause, or to a postcode or state.
function townFrom(text: string, words: readonly Word[], last: number): number {
  let to = last;
  for (let at = last + 1; at <= last + TOWN_WORDS_MAX && isTownWord(words, at, last); at += 1) {
    const word = words[at];
    if (word?.form !== "lower" && (endsTown(text, words, at) || isPlace(word))) {
      to = at;
    }
  }
  return to;
}

function endsTown(text: string, words: readonly Word[], at: number): boolean {
  const end = endOf(words, at);
  const after = words[at + 1];
  return CLOSED.test(text.slice(end, end + 4)) || after?.form === "number" || isState(after);
}

function isTownWord(words: readonly Word[], at: number, last: number): boolean {
  const word = words[at];
  const isInside = at > last + 1;
  if (!word || (isInside && !word.joined)) {
    return false;
  }
  const isLink = (other: Word | undefined) =>
    isInside && other?.form === "lower" && IN_TOWN.test(other.folded);
  const isCapital = word.form === "capital" || word.form === "upper";
  const mayBe = !(isGiven(word.folded) || isOrdinary(word.folded)) || isLink(words[at - 1]);
  return isPlace(word) || isLink(word) || (isCapital && mayBe);
}

function isPlace(word: Word | undefined): boolean {
  return word !== undefined && placeWords.has(word.folded);
}

function isState(word: Word | undefined): boolean {
  return word?.form === "upper" && states.has(word.folded);
}

function startOf(words: readonly Word[], at: number): number {
  return words[at]?.start ?? 0;
}

function endOf(words: readonly Word[], at: number): number {
  return words[at]?.end ?? 0;
}
