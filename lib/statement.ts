/** Who, what relation, to what. `ends` takes it back: it held, and does no longer. */
export type Statement = { subject: string; predicate: string; object: string; ends?: boolean };

/** One spelling of a part of a statement, whatever its case, spaces, article and last mark. */
export function sameWords(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[.,;:!?]+$/, "")
    .replace(/^(?:an?|the|my|our)\s/, "");
}

/** Relations of which one holds at a time, and the names that they have in common. */
const ONE_AT_A_TIME: [RegExp, string][] = [
  [/^(?:is|am) (?:named|called)$|^name is$/, "name"],
  [/^works? (?:at|for)$|^is employed (?:at|by)$|^(?:employer|company) is$/, "works at"],
  [/^works? as$|^job is$|^profession is$/, "works as"],
  [/^works? (?:in|on)$/, "works in"],
  [/^lives? in$|^(?:home )?(?:city|town|country) is$/, "lives in"],
  [/^lives? at$|^(?:(?:new|home|postal|delivery|shipping) )?address is$/, "address"],
  [/^(?:new )?(?:e-?mail|mail)(?: address)? is$/, "e-mail"],
  [/^(?:new )?(?:phone|telephone|mobile|cell)(?: number)? is$/, "phone"],
  [/^(?:weighs|costs)$/, "measure"],
];

/** "My sister is Ann. My sister is Beth.": of these people have several. */
const SEVERAL =
  /^(?:sister|brother|son|daughter|child|children|kid|kids|friend|colleague|cousin|uncle|aunt|pet|dog|cat|hobby|interest)s? (?:is|are|was)$/;

/** What a preference is about: another one about the same ends it. */
const ASPECTS: [RegExp, string][] = [
  [/\b(?:e-?mails?|mail|phone|calls?|called|sms|text messages?|chat|letters?|post)\b/, "contact"],
  [
    /\b(?:red|green|blue|yellow|black|white|grey|gray|brown|orange|purple|pink|colou?rs?)\b/,
    "colour",
  ],
  [/\b(?:deliver\w*|parcels?|pick ?up|collect\w*|mornings?|afternoons?|evenings?)\b/, "delivery"],
];

/**
 * What a statement is an answer to, where that has one answer at a time; null where several may hold side by side, such
 * as what somebody owns or likes.
 */
export function questionOf({ subject, predicate, object }: Statement): string | null {
  const said = sameWords(predicate);
  const one = ONE_AT_A_TIME.find(([pattern]) => pattern.test(said))?.[1];
  if (one) {
    return one;
  }
  if (/^prefers?$/.test(said)) {
    const about = sameWords(object);
    return `prefers ${ASPECTS.find(([pattern]) => pattern.test(about))?.[1] ?? ""}`.trim();
  }
  if (/\b(?:order|parcel|package)\b/i.test(subject)) {
    return "state";
  }
  const [, noun] = /^(\S.*) (?:is|are|was)$/.exec(said) ?? [];
  return noun && !SEVERAL.test(said) ? noun : null;
}

const LIKES = /^(?:likes?|loves?|prefers?)$/;
const DISLIKES = /^(?:hates?|dislikes?)$/;

/** Whether what is said now ends what was said before. Both hold side by side otherwise. */
export function ends(said: Statement, before: Statement): boolean {
  if (sameWords(said.subject) !== sameWords(before.subject)) {
    return false;
  }
  const sameObject = sameWords(said.object) === sameWords(before.object);
  if (said.ends) {
    return sameObject && isSameRelation(said, before);
  }
  const question = questionOf(said);
  if (question !== null && question === questionOf(before)) {
    return !sameObject;
  }
  return sameObject && isOpposite(sameWords(said.predicate), sameWords(before.predicate));
}

function isSameRelation(said: Statement, before: Statement): boolean {
  const question = questionOf(said);
  return question === null
    ? stemOf(said.predicate) === stemOf(before.predicate)
    : question === questionOf(before);
}

function isOpposite(one: string, other: string): boolean {
  return (LIKES.test(one) && DISLIKES.test(other)) || (DISLIKES.test(one) && LIKES.test(other));
}

/** "has", "have", "owns" and "own" say the same; otherwise a relation is its words. */
function stemOf(predicate: string): string {
  const said = sameWords(predicate);
  return /^(?:has|have|owns?|bought|got)$/.test(said) ? "owns" : said.replace(/s$/, "");
}
