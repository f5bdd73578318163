import { OFFER, UNSURE } from "./offline-plan";
import { nameIn } from "./offline-recall";
import { orderNumbersIn, understand } from "./offline-understand";

// What a later turn could not do without: exact values, names, wishes, promises.
const DENSE: [weight: number, pattern: RegExp][] = [
  [3, /\[(?:EMAIL|PHONE|IBAN|SSN|IP)_\d+\]/u],
  [2, /(?:[€$£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:€|euros?|EUR|USD|dollars?))/iu],
  [
    2,
    /\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b\d{4}-\d\d-\d\d\b|\b(?:today|tomorrow|yesterday)\b/u,
  ],
  // What people tell about themselves: "my manager is John Davis", "I work at TechCorp".
  [
    3,
    /\b[Mm]y \p{L}+(?: \p{L}+)? (?:is|are|was) (?!\p{L}+ing\b)|\bI (?:work|live|study|am an?)\b/u,
  ],
  [1.5, /\p{Ll}\s\p{Lu}\p{L}+\s\p{Lu}\p{L}+/u],
  [1.5, /\d/u],
  [
    1.5,
    /\b(?:need|want|looking for|budget|prefer|must|require|plan|trip|because|problem|broken|late|delayed|missing|refund|return|cancel)\b/iu,
  ],
  [1, /\b(?:delivered|expected|delayed|overdue|on its way|will answer here|tracking number)\b/iu],
];

/** How much a sentence is worth keeping when room is short: by the exact things in it, not by its length. */
export function weighSentence(speaker: string, sentence: string): number {
  if (sentence.includes(OFFER) || sentence.includes(UNSURE)) {
    return 0;
  }
  const dense = DENSE.reduce(
    (sum, [weight, pattern]) => (pattern.test(sentence) ? sum + weight : sum),
    0,
  );
  const named = nameIn(sentence) ? 4 : 0;
  const orders = orderNumbersIn(sentence).length * 3;
  const own = speaker === "Customer" ? 1.5 : 0.6;
  const asks = speaker === "Customer" && sentence.endsWith("?") ? 0.8 : 0;
  const empty = isSmallTalk(sentence) ? 0 : 0.2;
  return (dense + named + orders + asks + empty) * own;
}

function isSmallTalk(sentence: string): boolean {
  const { intents } = understand(sentence);
  const polite = ["greeting", "thanks", "goodbye"];
  return intents.length > 0 && intents.every((intent) => polite.includes(intent));
}
